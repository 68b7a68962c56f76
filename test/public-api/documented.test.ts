import { publicNames } from './sources';
import * as api from '../../src';

const NAMES = publicNames();

it('reads every class and enum that the package exports', () => {
  const read = new Set(NAMES.map(({ name }) => name));
  expect(Object.keys(api).filter((name) => !read.has(name))).toEqual([]);
  expect(NAMES.length).toBeGreaterThan(400);
});

it('says of every public name what it is', () => {
  expect(NAMES.filter(({ summary }) => summary === '').map(({ name }) => name)).toEqual([]);
});

it('says of every optional prop what happens without it', () => {
  const optional = NAMES.filter(({ optionalProp }) => optionalProp);
  expect(optional.length).toBeGreaterThan(150);
  expect(optional.filter((prop) => !prop.default).map(({ name }) => name)).toEqual([]);
});
