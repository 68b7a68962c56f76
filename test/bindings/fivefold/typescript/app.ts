import { App } from 'aws-cdk-lib';
import { EverythingStack } from './everything-stack';
import { ExistingStack } from './existing-stack';
import { MinimalStack } from './minimal-stack';
import { PartsStack } from './parts-stack';

// Reports of use name the language, and would be the one thing that differs.
const app = new App({ analyticsReporting: false });
new MinimalStack(app, 'Minimal');
new EverythingStack(app, 'Everything');
new ExistingStack(app, 'Existing');
new PartsStack(app, 'Parts');
app.synth();
