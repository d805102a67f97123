/** Statements as the query builder makes them: what is asked and written rarely. */

import type { Statement, StatementResult, StoreConnection } from "./connection.ts";

/** Each call is some statements that are written together; their results, in order. */
export async function runStatements(
  connection: StoreConnection,
  calls: readonly (readonly Statement[])[],
): Promise<StatementResult[][]> {
  const all: StatementResult[][] = [];
  for (const statements of calls) {
    const results: StatementResult[] = [];
    for (const each of statements) results.push(await connection.run(each));
    all.push(results);
  }
  return all;
}
