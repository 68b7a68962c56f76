import { App } from 'aws-cdk-lib';
import { EverythingStack } from './everything-stack.mjs';
import { ExistingStack } from './existing-stack.mjs';
import { MinimalStack } from './minimal-stack.mjs';
import { PartsStack } from './parts-stack.mjs';

// Reports of use name the language, and would be the one thing that differs.
const app = new App({ analyticsReporting: false });
new MinimalStack(app, 'Minimal');
new EverythingStack(app, 'Everything');
new ExistingStack(app, 'Existing');
new PartsStack(app, 'Parts');
app.synth();
