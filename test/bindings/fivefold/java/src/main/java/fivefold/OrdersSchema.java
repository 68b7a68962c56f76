package fivefold;

import io.github.serverlesscsvetl.CsvSchema;
import io.github.serverlesscsvetl.CsvSchemaProps;
import io.github.serverlesscsvetl.FieldConstraints;
import io.github.serverlesscsvetl.FieldType;
import io.github.serverlesscsvetl.FieldsMatch;
import io.github.serverlesscsvetl.ForeignKey;
import io.github.serverlesscsvetl.LookupSource;
import io.github.serverlesscsvetl.SchemaField;
import java.util.List;

/** A schema with every property of fields and constraints. */
final class OrdersSchema {
  private OrdersSchema() {}

  static CsvSchema create() {
    return CsvSchema.of(
        CsvSchemaProps.builder()
            .fields(
                List.of(
                    field("id")
                        .type(FieldType.INTEGER)
                        .constraints(
                            FieldConstraints.builder()
                                .required(true)
                                .unique(true)
                                .minimum("1")
                                .build())
                        .build(),
                    field("product")
                        .title("Product")
                        .description("What was sold")
                        .constraints(
                            FieldConstraints.builder()
                                .minLength(2)
                                .maxLength(80)
                                .pattern("[A-Z].*")
                                .build())
                        .build(),
                    field("unit")
                        .constraints(
                            FieldConstraints.builder()
                                .allowedValues(List.of("piece", "kg", "l"))
                                .build())
                        .build(),
                    field("quantity")
                        .type(FieldType.INTEGER)
                        .groupChar(".")
                        .constraints(FieldConstraints.builder().maximum("100000").build())
                        .build(),
                    field("price")
                        .type(FieldType.NUMBER)
                        .decimalChar(",")
                        .groupChar(".")
                        .bareNumber(false)
                        .missingValues(List.of("", "n/a"))
                        .constraints(
                            FieldConstraints.builder()
                                .exclusiveMinimum("0")
                                .exclusiveMaximum("10000")
                                .build())
                        .build(),
                    field("paid")
                        .type(FieldType.BOOLEAN)
                        .trueValues(List.of("ja"))
                        .falseValues(List.of("nein"))
                        .build(),
                    field("ordered").type(FieldType.DATE).format("%d.%m.%Y").build(),
                    field("called").type(FieldType.DATETIME).build(),
                    field("tags")
                        .type(FieldType.LIST)
                        .delimiter("|")
                        .itemType(FieldType.STRING)
                        .build(),
                    field("country").build(),
                    field("replaces").type(FieldType.INTEGER).build(),
                    field("contact").build()))
            .missingValues(List.of("", "-"))
            .primaryKey(List.of("id"))
            .uniqueKeys(List.of(List.of("product", "ordered"), List.of("called")))
            .foreignKeys(
                List.of(
                    ForeignKey.builder()
                        .fields(List.of("country"))
                        .source(LookupSource.fromAsset("files/countries.csv"))
                        .sourceFields(List.of("code"))
                        .build(),
                    ForeignKey.builder()
                        .fields(List.of("replaces"))
                        .sourceFields(List.of("id"))
                        .build()))
            .fieldsMatch(FieldsMatch.EQUAL)
            .build());
  }

  private static SchemaField.Builder field(final String name) {
    return SchemaField.builder().name(name);
  }
}
