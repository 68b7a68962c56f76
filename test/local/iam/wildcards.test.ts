import { matchesArn, matchesWildcard } from '../../../src/local/iam/wildcards';

it.each([
  ['s3:GetObject', 's3:GetObject', true],
  ['s3:Get*', 's3:GetObjectVersion', true],
  ['s3:*', 's3:', true],
  ['s3:GetObjec?', 's3:GetObject', true],
  ['s3:GetObject?', 's3:GetObject', false],
  ['a.b', 'axb', false],
  ['a(b', 'a(b', true],
  ['a*', 'a\nb', true],
])("'%s' against '%s': %s", (pattern, text, fits) => {
  expect(matchesWildcard(pattern, text)).toBe(fits);
});

it.each([
  ['*', 'arn:aws:s3:::b/k', true],
  ['*', '*', true],
  ['arn:aws:s3:::b/raw/*', 'arn:aws:s3:::b/raw/x/y:z', true],
  ['arn:aws:s3:::b/raw/*', 'arn:aws:s3:::b/processed/x', false],
  ['arn:aws:s3:::b', 'arn:aws:s3:::b/raw/x', false],
  ['arn:aws:s3:::b*', 'arn:aws:s3:::b/raw/x', true],
  ['arn:*:s3:::b/*', 'arn:aws-cn:s3:::b/k', true],
  ['arn:aws:s3:*', 'arn:aws:s3:::b', false],
  ['arn:aws:lambda:*:*:function:f', 'arn:aws:lambda:us-east-1:1:function:f', true],
  ['arn:aws:lambda:*:*:function:f', 'arn:aws:lambda:us-east-1:1:function:f:live', false],
  ['arn:aws:lambda:*:*:function:f:*', 'arn:aws:lambda:us-east-1:1:function:f:live', true],
  ['arn:aws:s3:::b', '*', false],
  ['ARN:aws:s3:::b', 'arn:aws:s3:::b', false],
])('the ARN pattern %s against %s: %s', (pattern, arn, fits) => {
  expect(matchesArn(pattern, arn)).toBe(fits);
});
