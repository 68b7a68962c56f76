import { isInTextOrder } from '../../../src/spec/dates/text-order';

describe('the order of texts of a date format', () => {
  it.each(['%Y-%m-%d', '%Y%m%d', '%y/%m/%d', '%Y-%m-%dT%H:%M:%S.%f%z', '%H:%M', '%m-%d', '%Y', '%-m', '%j'])(
    'is the order of time for %s',
    (format) => expect(isInTextOrder(format)).toBe(true),
  );

  it.each(['%d/%m/%Y', '%m/%d/%Y', '%-Y-%-m', '%Y %d', '%I:%M %p', '%d %b %Y', '%b', '%A', 'any'])(
    'is another for %s',
    (format) => expect(isInTextOrder(format)).toBe(false),
  );
});
