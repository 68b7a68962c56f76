import pl from 'nodejs-polars';
import { HEADER } from '../files/orders';
import type { Engine } from '../work';

const { col } = pl;

/** The schema's rules; cells are read as text. */
function isValid() {
  return [
    col('order_id').cast(pl.Int64, false).isNotNull(),
    col('customer_id').str.lengths().eq(6),
    col('email').str.contains('^[^@\\s]+@[^@\\s]+$'),
    col('product').str.lengths().gtEq(1).and(col('product').str.lengths().ltEq(40)),
    col('quantity').cast(pl.Int64, false).gtEq(1).and(col('quantity').cast(pl.Int64, false).ltEq(1000)),
    col('unit_price').cast(pl.Float64, false).gtEq(0),
    col('currency').isIn(['EUR', 'USD', 'GBP', 'JPY']),
    col('ordered_at').str.strptime(pl.Datetime('ms'), '%Y-%m-%dT%H:%M:%SZ').isNotNull(),
    col('paid').isIn(['true', 'false']),
    col('note').isNull().or(col('note').str.lengths().ltEq(200)),
    col('order_id').isFirstDistinct(),
  ].reduce((all, one) => all.and(one));
}

export const polars: Engine = async ({ kind, file, customers, output }) => {
  const orders = pl.readCSV(file!, {
    schema: Object.fromEntries(HEADER.map((name) => [name, pl.String])),
    truncateRaggedLines: true,
    missingIsNull: true,
  });
  const valid = orders.filter(isValid());
  if (kind === 'validate') return { rowsRead: orders.height, rowsWritten: valid.height };
  const joined = valid
    .withColumns(
      col('product').str.strip(),
      col('ordered_at').str.slice(0, 10),
      col('quantity').cast(pl.Int64).mul(col('unit_price').cast(pl.Float64)).round(2).alias('total'),
      pl.lit('web').alias('channel'),
      pl.lit('v1').alias('version'),
    )
    .drop('paid')
    .rename({ note: 'comment' })
    .join(pl.readCSV(customers), { on: 'customer_id', how: 'inner' });
  if (kind === 'pipeline-csv') joined.writeCSV(output);
  else joined.writeParquet(output, { compression: 'snappy' });
  return { rowsRead: orders.height, rowsWritten: joined.height };
};
