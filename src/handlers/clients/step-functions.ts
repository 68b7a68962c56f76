import { SFNClient } from '@aws-sdk/client-sfn';

/** Made once per function. */
export const stepFunctions = new SFNClient({});
