/** Kysely over the store: statements that are built, one at a time; transactions are operations. */

import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Engine, Statement, StatementResult } from "./connection.ts";
import type { OpenStore } from "./sqlite-store.ts";

/** For the engine that the store has. */
export function queryDialect(engine: Engine, store: OpenStore): Dialect {
  const parts =
    engine === "postgres"
      ? {
          createAdapter: () => new PostgresAdapter(),
          createIntrospector: (db: never) => new PostgresIntrospector(db),
          createQueryCompiler: () => new PostgresQueryCompiler(),
        }
      : {
          createAdapter: () => new SqliteAdapter(),
          createIntrospector: (db: never) => new SqliteIntrospector(db),
          createQueryCompiler: () => new SqliteQueryCompiler(),
        };
  return { ...parts, createDriver: () => driverOver(store) };
}

function driverOver(store: OpenStore): Driver {
  const connection: DatabaseConnection = {
    executeQuery: async <Row>(query: CompiledQuery) => {
      const statement: Statement = { text: query.sql, parameters: query.parameters };
      return resultOf<Row>(await runOn(store, query, statement));
    },
    streamQuery: () => {
      throw new Error("the store gives whole results only");
    },
  };
  const none = (): Promise<never> => {
    throw new Error("transactions of the store are operations: see operations.ts");
  };
  return {
    init: async () => undefined,
    acquireConnection: async () => connection,
    beginTransaction: none,
    commitTransaction: none,
    rollbackTransaction: none,
    releaseConnection: async () => undefined,
    destroy: async () => undefined,
  };
}

async function runOn(
  store: OpenStore,
  query: CompiledQuery,
  statement: Statement,
): Promise<StatementResult | undefined> {
  const [result] =
    query.query.kind === "SelectQueryNode"
      ? await store.read([statement])
      : await store.call("runStatements", [statement]);
  return result;
}

function resultOf<Row>(result: StatementResult | undefined): QueryResult<Row> {
  const { rows = [], changes = 0 } = result ?? {};
  return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
}
