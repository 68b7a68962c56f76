package fivefold;

import io.github.serverlesscsvetl.CsvSchema;
import io.github.serverlesscsvetl.CsvSchemaProps;
import io.github.serverlesscsvetl.Dialect;
import io.github.serverlesscsvetl.DialectOptions;
import io.github.serverlesscsvetl.SchemaField;
import io.github.serverlesscsvetl.ServerlessCsvEtl;
import io.github.serverlesscsvetl.Transform;
import java.util.List;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;

/** Prints what each mistake is told, as whoever made it in this language sees it. */
public final class Refused {
  private Refused() {}

  public static void main(final String[] args) {
    Stack stack = new Stack(new App(), "Refused");
    refused(pipeline(stack, "Suffix").environmentSuffix("Not Allowed"));
    refused(pipeline(stack, "Retention").jobRetention(Duration.days(1)));
    refused(
        pipeline(stack, "Dialect")
            .dialect(Dialect.of(DialectOptions.builder().delimiter("--").build())));
    refused(
        pipeline(stack, "Column")
            .schema(
                CsvSchema.of(
                    CsvSchemaProps.builder()
                        .fields(List.of(SchemaField.builder().name("id").build()))
                        .build()))
            .transforms(List.of(Transform.trim("nowhere"))));
  }

  private static ServerlessCsvEtl.Builder pipeline(final Stack stack, final String id) {
    return ServerlessCsvEtl.Builder.create(stack, id);
  }

  private static void refused(final ServerlessCsvEtl.Builder mistake) {
    try {
      mistake.build();
    } catch (RuntimeException error) {
      System.out.println(error.getMessage().lines().findFirst().orElse(""));
    }
  }
}
