import { App } from 'aws-cdk-lib';
import { BirdstrikesStack } from './birdstrikes/birdstrikes-stack';
import { FlightsStack } from './flights/flights-stack';
import { ZipcodesStack } from './zipcodes/zipcodes-stack';

const app = new App();

// Three stacks, one pipeline each. The suffix `dev` is the default; `-c environmentSuffix=test` makes a second set.
const suffix: string = app.node.tryGetContext('environmentSuffix') ?? 'dev';
new FlightsStack(app, `Flights-${suffix}`);
new BirdstrikesStack(app, `Birdstrikes-${suffix}`);
new ZipcodesStack(app, `Zipcodes-${suffix}`);

app.synth();
