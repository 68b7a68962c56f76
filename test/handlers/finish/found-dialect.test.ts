import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { dialectOf } from '../../../src/handlers/finish/found-dialect';
import type { FinishInput } from '../../../src/shared/execution-contract';

it('does not take a service that is busy for a file that cannot be read', async () => {
  const busy = createServer((_, response) => response.writeHead(503).end()).listen(0, '127.0.0.1');
  await once(busy, 'listening');
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${(busy.address() as AddressInfo).port}`,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
  const input = { spec: { bucket: 'b', key: 'k', sha256: 's' }, job: { bucket: 'b', key: 'raw/a.csv' } };
  try {
    await expect(dialectOf(s3, input as FinishInput)).rejects.toThrow();
  } finally {
    s3.destroy();
    busy.close();
    busy.closeAllConnections();
  }
});
