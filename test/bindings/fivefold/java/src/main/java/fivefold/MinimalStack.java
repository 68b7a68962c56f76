package fivefold;

import io.github.serverlesscsvetl.ServerlessCsvEtl;
import software.amazon.awscdk.Stack;
import software.constructs.Construct;

/** No props at all. */
final class MinimalStack extends Stack {
  MinimalStack(final Construct scope, final String id) {
    super(scope, id);
    new ServerlessCsvEtl(this, "Csv");
  }
}
