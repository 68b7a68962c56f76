import * as engine from 'serverless-csv-etl/engine';

it('has every part under its own name', () => {
  for (const [name, part] of Object.entries(engine)) {
    expect({ [name]: part }).toEqual({ [name]: part ?? 'there' });
  }
});
