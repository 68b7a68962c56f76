// Prints the cases of CSV on the Web that rdf-parser-csvw is tested with, as JSON: a CSV and its metadata, and the cells
// that the triples made of them have. Usage: csvw-cases.js <test/support of the package>
const { existsSync, readdirSync, readFileSync } = require('node:fs');
const path = require('node:path');

const CSVW = 'http://www.w3.org/ns/csvw#';
// Prefixes that metadata may use without saying so (https://www.w3.org/2011/rdfa-context/rdfa-1.1), as far as it does.
const PREFIXES = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
};

const TRIPLE = /^(<[^>]*>|_:\S+) <([^>]*)> (?:(<[^>]*>|_:\S+)|("(?:[^"\\]|\\.)*")\S*) \.$/;

function triplesOf(text) {
  return text.split('\n').flatMap((line) => {
    const [, subject, predicate, thing, literal] = TRIPLE.exec(line) ?? [];
    return subject ? [{ subject, predicate, object: thing, text: literal && JSON.parse(literal) }] : [];
  });
}

/** What the triples say of each row, in the order of the rows: pairs of predicate and text, sorted. */
function rowsOf(triples, predicates) {
  const rows = triples
    .filter(({ predicate }) => predicate === `${CSVW}rownum`)
    .sort((one, other) => Number(one.text) - Number(other.text));
  return rows.map(({ subject }) => {
    const described = triples.filter(
      (each) => each.subject === subject && each.predicate === `${CSVW}describes`,
    );
    const things = new Set(described.map(({ object }) => object));
    return triples
      .filter((each) => things.has(each.subject) && predicates.has(each.predicate) && each.text !== undefined)
      .map(({ predicate, text }) => [predicate, text])
      .sort();
  });
}

/** The predicate of a column; undefined where it depends on the row, or the cell is no text of what the row describes. */
function predicateOf(column, name, { propertyUrl: common }) {
  const { propertyUrl = common ?? `#${name}`, valueUrl, aboutUrl, virtual, suppressOutput } = column;
  const iri = propertyUrl.replace('{_name}', encodeURIComponent(name));
  if (valueUrl !== undefined || aboutUrl !== undefined || virtual || suppressOutput || iri.includes('{'))
    return undefined;
  const [prefix, rest] = iri.split(/:(?!\/\/)/);
  return rest !== undefined && PREFIXES[prefix] ? PREFIXES[prefix] + rest : iri;
}

/** The text in a property's value, which may stand in an object of its own. */
const plain = (value) => (typeof value === 'object' && value !== null ? value['@value'] : value);

function columnOf(column, schema) {
  const { titles, default: filling, null: missing, datatype = 'string' } = column;
  const name = plain(Array.isArray(titles) ? titles[0] : titles) ?? column.name;
  const { base, format } = typeof datatype === 'string' ? { base: datatype } : datatype;
  return { name, predicate: predicateOf(column, name, schema), filling, missing, base, format };
}

function caseOf(folder, name) {
  const { tableSchema, dialect = {} } = JSON.parse(
    readFileSync(path.join(folder, `${name}.csv-metadata.json`), 'utf8'),
  );
  const bytes = readFileSync(path.join(folder, `${name}.csv`));
  const { columns: described = titlesOf(bytes) } = tableSchema;
  const columns = described
    .filter(({ titles, name: own }) => titles !== undefined || own !== undefined)
    .map((column) => columnOf(column, tableSchema));
  const predicates = new Set(columns.map(({ predicate }) => predicate));
  const results = path.join(folder, `${name}.nt`);
  return {
    set: 'CSV on the Web',
    name,
    bytes: bytes.toString('base64'),
    dialect: Object.fromEntries(Object.entries(dialect).map(([key, value]) => [key, plain(value)])),
    columns,
    ...(existsSync(results) && { rows: rowsOf(triplesOf(readFileSync(results, 'utf8')), predicates) }),
  };
}

/** The columns of a table that is not described. */
function titlesOf(bytes) {
  const [header] = bytes.toString('utf8').split(/\r?\n/);
  return header.split(',').map((titles) => ({ titles }));
}

const [folder] = process.argv.slice(2);
const names = readdirSync(folder).filter((name) => name.endsWith('.csv'));
process.stdout.write(JSON.stringify(names.sort().map((name) => caseOf(folder, path.basename(name, '.csv')))));
