import { nearName } from '../../src/spec/near-name';

const COLUMNS = ['quantity', 'quality', 'unit_price', 'id'];

it.each([
  ['Quantity', 'quantity'],
  ['unitprice', 'unit_price'],
  ['quantty', 'quantity'],
  ['ids', 'id'],
])('takes %s for %s', (name, meant) => {
  expect(nearName(name, COLUMNS)).toBe(meant);
});

it('takes the nearest where several are near', () => {
  expect(nearName('qualty', COLUMNS)).toBe('quality');
  expect(nearName('price', ['prize', 'prices', 'spice'])).toBe('prize');
  expect(nearName('pric', ['prince', 'price'])).toBe('price');
});

it('takes nothing where none is near, nor a short name for another', () => {
  expect(nearName('colour', COLUMNS)).toBeUndefined();
  expect(nearName('by', COLUMNS)).toBeUndefined();
});
