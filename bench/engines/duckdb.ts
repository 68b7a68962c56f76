import { DuckDBInstance } from '@duckdb/node-api';
import { HEADER } from '../files/orders';
import type { Engine, Task, WorkResult } from '../work';

/** Why a row is rejected: the schema's rules in SQL. Cells are read as text, so that each rule can say what is wrong. */
const REASON = `CASE
  WHEN try_cast(order_id AS BIGINT) IS NULL THEN 'order_id: an integer'
  WHEN customer_id IS NULL OR length(customer_id) <> 6 THEN 'customer_id: 6 characters'
  WHEN email IS NULL OR NOT regexp_full_match(email, '[^@\\s]+@[^@\\s]+') THEN 'email: an e-mail address'
  WHEN product IS NULL OR length(product) > 40 THEN 'product: 1 to 40 characters'
  WHEN try_cast(quantity AS BIGINT) IS NULL OR try_cast(quantity AS BIGINT) NOT BETWEEN 1 AND 1000 THEN 'quantity: 1 to 1000'
  WHEN try_cast(unit_price AS DECIMAL(18,2)) IS NULL OR try_cast(unit_price AS DECIMAL(18,2)) < 0 THEN 'unit_price: a number'
  WHEN currency NOT IN ('EUR', 'USD', 'GBP', 'JPY') THEN 'currency: one of EUR, USD, GBP, JPY'
  WHEN try_strptime(ordered_at, '%Y-%m-%dT%H:%M:%SZ') IS NULL THEN 'ordered_at: a date and time'
  WHEN paid NOT IN ('true', 'false', 'True', 'False', 'TRUE', 'FALSE', '1', '0') THEN 'paid: a boolean'
  WHEN length(note) > 200 THEN 'note: at most 200 characters'
END`;

function source(file: string): string {
  const columns = HEADER.map((name) => `'${name}': 'VARCHAR'`).join(', ');
  return `read_csv('${file}', header=true, auto_detect=false, delim=',', quote='"', escape='"', new_line='\\n',
    columns={${columns}}, store_rejects=true, rejects_limit=0)`;
}

/** A narrow table of all rows with their reason, then the duplicates among the keys. */
function validate({ file }: Task): string[] {
  return [
    `CREATE TEMP TABLE judged AS SELECT try_cast(order_id AS BIGINT) AS id, ${REASON} AS reason FROM ${source(file!)}`,
    `CREATE TEMP TABLE duplicates AS SELECT id, count(*) - 1 AS times FROM judged WHERE id IS NOT NULL
      GROUP BY id HAVING count(*) > 1`,
    `SELECT (SELECT count(*) FROM judged) AS rows, (SELECT count(*) FROM judged WHERE reason IS NULL)
      - (SELECT coalesce(sum(times), 0) FROM duplicates) AS written`,
  ];
}

function pipeline({ file, customers, output, kind }: Task): string[] {
  const format = kind === 'pipeline-parquet' ? 'FORMAT parquet, COMPRESSION snappy' : 'FORMAT csv, HEADER';
  return [
    `CREATE TEMP TABLE customers AS FROM read_csv('${customers}')`,
    `COPY (
      SELECT try_cast(order_id AS BIGINT) AS order_id, o.customer_id, email, trim(product) AS product,
        try_cast(quantity AS BIGINT) AS quantity, try_cast(unit_price AS DECIMAL(18,2)) AS unit_price, currency,
        strftime(try_strptime(ordered_at, '%Y-%m-%dT%H:%M:%SZ'), '%Y-%m-%d') AS ordered_at, note AS comment,
        (try_cast(quantity AS BIGINT) * try_cast(unit_price AS DECIMAL(18,2)))::DECIMAL(18,2) AS total,
        c.name AS customer_name, c.tier AS customer_tier, 'web' AS channel, 'v1' AS version
      FROM (SELECT * FROM ${source(file!)} WHERE (${REASON}) IS NULL) o
      JOIN customers c ON o.customer_id = c.customer_id
    ) TO '${output}' (${format})`,
  ];
}

/** DuckDB with a number of threads, or with all of them. */
const duckdb =
  (threads: number | undefined): Engine =>
  async (task): Promise<WorkResult> => {
    const instance = await DuckDBInstance.create(
      ':memory:',
      threads === undefined ? {} : { threads: String(threads) },
    );
    const connection = await instance.connect();
    const statements = task.kind === 'validate' ? validate(task) : pipeline(task);
    let rows: Record<string, unknown>[] = [];
    for (const sql of statements) rows = (await connection.runAndReadAll(sql)).getRowObjects();
    const [{ faulty }] = (
      await connection.runAndReadAll('SELECT count(DISTINCT line) AS faulty FROM reject_errors')
    ).getRowObjects();
    if (task.kind !== 'validate') return { rowsRead: null, rowsWritten: Number(rows[0].Count) };
    return { rowsRead: Number(rows[0].rows) + Number(faulty), rowsWritten: Number(rows[0].written) };
  };

export const duckdb1 = duckdb(1);
export const duckdbAll = duckdb(undefined);
