/** The one connection that writes a SQLite file, with its transactions. */

import type { DatabaseSync } from "node:sqlite";
import type { Statement, StatementResult, StoreConnection } from "./connection.ts";
import { type GroupedCalls, groupCalls, type Transact } from "./grouped-calls.ts";
import { statementRunner } from "./sqlite-file.ts";

/**
 * The clock of the process that has the file. It goes on evenly however the computer's is set, so
 * that an hour that it is set back is not an hour in which nothing falls due.
 */
function steadyNow(): number {
  return Math.round(performance.timeOrigin + performance.now());
}

/** Groups the calls on a database that nobody else writes. */
export function groupOnSqlite(database: DatabaseSync): GroupedCalls {
  return groupCalls({ transact: transactOn(database), laneOf: () => "all", parallel: 1 });
}

/** A connection over what runs statements on a SQLite file. */
export function connectionOver(run: (statement: Statement) => StatementResult): StoreConnection {
  return {
    engine: "sqlite",
    query: async <Row>(text: string, ...parameters: readonly unknown[]) =>
      run({ text, parameters }).rows as Row[],
    run: async (statement) => run(statement),
    now: async () => steadyNow(),
  };
}

function transactOn(database: DatabaseSync): Transact {
  const run = statementRunner(database);
  const connection = connectionOver((statement) => {
    // A full disk ends a transaction by itself: what was to follow would be written without the rest.
    if (!database.isTransaction) throw new Error("the transaction has ended");
    return run(statement);
  });
  const plain = (text: string): void => {
    run({ text, parameters: [] });
  };
  return async (work) => {
    plain("begin immediate");
    try {
      const result = await work(connection);
      plain("commit");
      return result;
    } catch (error) {
      // A full disk has ended the transaction already; what matters is why.
      if (database.isTransaction) plain("rollback");
      throw error;
    }
  };
}
