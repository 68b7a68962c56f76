import fc from 'fast-check';
import { JSONPath } from 'jsonpath-plus';
import { compilePath, queryPath } from '../../../src/local/json/json-path';
import { isEqualJson, type Json } from '../../../src/local/json/json-value';

// The store of Goessner's article, on which JsonPath is always shown.
const STORE: Json = {
  store: {
    book: [
      { category: 'reference', author: 'Nigel Rees', title: 'Sayings of the Century', price: 8.95 },
      { category: 'fiction', author: 'Evelyn Waugh', title: 'Sword of Honour', price: 12.99 },
      {
        category: 'fiction',
        author: 'Herman Melville',
        title: 'Moby Dick',
        isbn: '0-553-21311-3',
        price: 8.99,
      },
      {
        category: 'fiction',
        author: 'J. R. R. Tolkien',
        title: 'The Lord of the Rings',
        isbn: '0-395-19395-8',
        price: 22.99,
      },
    ],
    bicycle: { color: 'red', price: 19.95, 'gear count': 7 },
  },
  limit: 10,
};
const query = (path: string, root: Json = STORE) => queryPath(compilePath(path), root);

describe('a definite path', () => {
  it.each([
    ['$', STORE],
    ['$.limit', 10],
    ['$.store.bicycle.color', 'red'],
    ["$['store']['bicycle']['gear count']", 7],
    ['$["store"].bicycle.price', 19.95],
    ['$.store.book[0].author', 'Nigel Rees'],
    ['$.store.book[-1].title', 'The Lord of the Rings'],
    ['$.store.book[ 1 ].price', 12.99],
  ])('%s finds its value', (path, expected) => {
    expect(query(path)).toEqual(expected);
  });

  it.each([
    '$.absent',
    '$.limit.deeper',
    '$.store.book[4]',
    '$.store.bicycle[0]',
    '$.store.book.length',
    '$.toString',
  ])('%s finds nothing', (path) => {
    expect(query(path)).toBeUndefined();
  });

  it('finds an own member that is called like a part of every object', () => {
    expect(query('$.__proto__.x', JSON.parse('{"__proto__":{"x":1}}') as Json)).toBe(1);
  });

  it('takes the character behind a backslash as it is', () => {
    expect(query("$['it\\'s']", { "it's": 1 })).toBe(1);
  });
});

describe('any other path', () => {
  it.each([
    '$.store.book[*].author',
    '$.store.*',
    '$..price',
    '$..book[2]',
    '$.store.book[0,1].title',
    '$.store.book[0:2].title',
    '$.store.book[1:].title',
    '$.store.book[-2:].title',
    '$.store.book[:3:2].title',
    '$.store.book[?(@.isbn)].title',
    '$.store.book[?(@.price < 10)].title',
    "$.store.book[?(@.category == 'fiction' && @.price > 20)].title",
  ])('%s gives the list that an independent implementation gives', (path) => {
    const expected = JSONPath({ path, json: STORE, wrap: true, eval: 'safe' });
    expect(query(path)).toEqual(expected);
  });

  it.each([
    ['$.store.book[?(@.price <= 8.95 || @.price >= 22.99)].price', [8.95, 22.99]],
    ['$.store.book[?(@.price < $.limit)].price', [8.95, 8.99]],
    ["$.store.book[?(!(@.category == 'fiction'))].price", [8.95]],
    ["$.store.book[?(@.category != 'fiction')].price", [8.95]],
    ['$.store.book[?(@[\'author\'] == "Herman Melville")].price', [8.99]],
    ['$.store.book[?(@.price > "8")].price', []],
    ["$.store.bicycle['color','price']", ['red', 19.95]],
    ['$.store.book[7:].price', []],
    ['$.limit[*]', []],
    ['$.limit[0:1]', []],
  ])('%s gives %j', (path, expected) => {
    expect(query(path)).toEqual(expected);
  });
});

describe('a path that cannot be read', () => {
  it.each([
    ['store', "'store' lacks '$' (at character 1)"],
    ['$.', "'$.' has no name after its dot (at character 3)"],
    ['$.a b', "'$.a b' is not JsonPath (at character 4)"],
    [
      '$.a.length()',
      "'$.a.length()' calls the function length(), which Step Functions does not have (at character 11)",
    ],
    ['$[', "'$[' has neither a name in quotes nor a number in its brackets (at character 3)"],
    ['$[a]', "'$[a]' has neither a name in quotes nor a number in its brackets (at character 3)"],
    ["$['a]", "'$['a]' has a quote that is never closed (at character 6)"],
    ['$[1', "'$[1' lacks ']' (at character 4)"],
    ['$[1-2]', "'$[1-2]' has '1-2' where a whole number belongs (at character 6)"],
    ['$[0:5:0]', "'$[0:5:0]' has a slice whose step is not positive (at character 8)"],
    [
      '$[?(@.a == process)]',
      "'$[?(@.a == process)]' has 'process' in its filter, which is neither a path nor a literal (at character 19)",
    ],
    ['$[?@.a]', "'$[?@.a]' lacks '(' (at character 4)"],
  ])('%s is refused', (path, message) => {
    expect(() => compilePath(path)).toThrow(message);
  });
});

it('finds every member of any object by its quoted name', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (object) => {
      for (const [name, value] of Object.entries(object)) {
        const quoted = name.replace(/[\\']/g, '\\$&');
        expect(query(`$['${quoted}']`, object as Json)).toEqual(value);
      }
    }),
  );
});

it('takes two values as equal when their JSON says the same', () => {
  expect(isEqualJson({ a: 1, b: [null] }, { b: [null], a: 1 })).toBe(true);
  expect(isEqualJson({ a: 1 }, { b: 1 })).toBe(false);
  expect(isEqualJson({ a: 1 }, { a: 1, b: 1 })).toBe(false);
  expect(isEqualJson([1, 2], [1])).toBe(false);
  expect(isEqualJson([1], { 0: 1 })).toBe(false);
});
