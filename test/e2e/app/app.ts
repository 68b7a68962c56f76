import { App } from 'aws-cdk-lib';
import { ForeignStack } from './foreign-stack';
import { FormatsStack } from './formats-stack';
import { OrdersStack } from './orders-stack';
import { OutcomesStack } from './outcomes-stack';
import { PrivacyStack } from './privacy-stack';
import { StepsStack } from './steps-stack';

/**
 * The app under test. Locally the tests synthesise it by themselves; to test an account, deploy it with
 * `npx cdk deploy --all --app "npx tsx --tsconfig tsconfig.dev.json test/e2e/app/app.ts" --outputs-file FILE`.
 */
const app = new App({ analyticsReporting: false });
const suffix: string = app.node.tryGetContext('environmentSuffix') ?? 'dev';
/** Deployed with another release, the stack of steps is updated: rows then carry its name. */
const release: string | undefined = app.node.tryGetContext('release');

new OrdersStack(app, `EtlE2eOrders-${suffix}`, suffix);
new OutcomesStack(app, `EtlE2eOutcomes-${suffix}`, suffix);
new StepsStack(app, `EtlE2eSteps-${suffix}`, suffix, release);
new ForeignStack(app, `EtlE2eForeign-${suffix}`, suffix);
new PrivacyStack(app, `EtlE2ePrivacy-${suffix}`, suffix);
new FormatsStack(app, `EtlE2eFormats-${suffix}`, suffix);

app.synth();
