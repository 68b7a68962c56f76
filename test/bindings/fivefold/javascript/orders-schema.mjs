import { CsvSchema, FieldsMatch, FieldType, LookupSource } from 'serverless-csv-etl';

/** A schema with every property of fields and constraints. */
export function ordersSchema() {
  return CsvSchema.of({
    fields: [
      { name: 'id', type: FieldType.INTEGER, constraints: { required: true, unique: true, minimum: '1' } },
      {
        name: 'product',
        title: 'Product',
        description: 'What was sold',
        constraints: { minLength: 2, maxLength: 80, pattern: '[A-Z].*' },
      },
      { name: 'unit', constraints: { allowedValues: ['piece', 'kg', 'l'] } },
      { name: 'quantity', type: FieldType.INTEGER, groupChar: '.', constraints: { maximum: '100000' } },
      {
        name: 'price',
        type: FieldType.NUMBER,
        decimalChar: ',',
        groupChar: '.',
        bareNumber: false,
        missingValues: ['', 'n/a'],
        constraints: { exclusiveMinimum: '0', exclusiveMaximum: '10000' },
      },
      { name: 'paid', type: FieldType.BOOLEAN, trueValues: ['ja'], falseValues: ['nein'] },
      { name: 'ordered', type: FieldType.DATE, format: '%d.%m.%Y' },
      { name: 'called', type: FieldType.DATETIME },
      { name: 'tags', type: FieldType.LIST, delimiter: '|', itemType: FieldType.STRING },
      { name: 'country' },
      { name: 'replaces', type: FieldType.INTEGER },
      { name: 'contact' },
    ],
    missingValues: ['', '-'],
    primaryKey: ['id'],
    uniqueKeys: [['product', 'ordered'], ['called']],
    foreignKeys: [
      {
        fields: ['country'],
        source: LookupSource.fromAsset('files/countries.csv'),
        sourceFields: ['code'],
      },
      { fields: ['replaces'], sourceFields: ['id'] },
    ],
    fieldsMatch: FieldsMatch.EQUAL,
  });
}
