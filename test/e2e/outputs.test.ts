import { flatten } from './outputs';

it('reads outputs that the CDK CLI has written, an object a stack', () => {
  expect(flatten({ Shop: { OrdersBucketName: 'a' }, Other: { LinesBucketName: 'b' } })).toEqual({
    OrdersBucketName: 'a',
    LinesBucketName: 'b',
  });
});

it('reads flat outputs', () => {
  expect(flatten({ OrdersBucketName: 'a' })).toEqual({ OrdersBucketName: 'a' });
});

it('takes an output that two stacks agree on, and refuses one that they do not', () => {
  expect(flatten({ A: { Name: 'a' }, B: { Name: 'a' } })).toEqual({ Name: 'a' });
  expect(() => flatten({ A: { Name: 'a' }, B: { Name: 'b' } })).toThrow('output Name is there twice');
});

it('refuses what is no text', () => {
  expect(() => flatten({ Name: 7 })).toThrow('output Name: expected text, got number');
});
