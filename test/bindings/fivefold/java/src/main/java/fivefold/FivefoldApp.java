package fivefold;

import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

public final class FivefoldApp {
  private FivefoldApp() {}

  public static void main(final String[] args) {
    // Reports of use name the language, and would be the one thing that differs.
    App app = new App(AppProps.builder().analyticsReporting(false).build());
    new MinimalStack(app, "Minimal");
    new EverythingStack(app, "Everything");
    new ExistingStack(app, "Existing");
    new PartsStack(app, "Parts");
    app.synth();
  }
}
