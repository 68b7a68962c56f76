// A step of the user's own: keeps every row and writes its cells in capitals.
const { GetObjectCommand, PutObjectCommand, S3Client } = require('@aws-sdk/client-s3');

const s3 = new S3Client();

exports.handler = async ({ data, outputPrefix }) => {
  const source = await s3.send(new GetObjectCommand({ Bucket: data.bucket, Key: data.key }));
  const [header, ...rows] = (await source.Body.transformToString()).trimEnd().split('\n');
  const key = `${outputPrefix}data.csv`;
  const body = [header, ...rows.map((row) => row.toUpperCase())].join('\n') + '\n';
  await s3.send(new PutObjectCommand({ Bucket: data.bucket, Key: key, Body: body }));
  const counts = { rowsRead: rows.length, rowsWritten: rows.length, rowsRejected: 0, rowsFiltered: 0 };
  return { data: { bucket: data.bucket, key }, counts };
};
