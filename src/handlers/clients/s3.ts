import { S3Client } from '@aws-sdk/client-s3';

/** Made once per function. In a file of its own, so that a function's bundle carries only the clients that it uses. */
export const s3 = new S3Client({});
