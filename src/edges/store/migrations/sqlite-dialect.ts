/** Kysely's SQLite dialect over Node's own SQLite, on the thread that calls: for migrations only. */

import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { type SqliteDatabase, SqliteDialect } from "kysely";

/** The caller keeps the database, and closes it. */
export function onThisThread(database: DatabaseSync): SqliteDialect {
  return new SqliteDialect({ database: forKysely(database) });
}

function forKysely(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => undefined,
    prepare(sql) {
      const statement = database.prepare(sql);
      const values = (parameters: readonly unknown[]) => [...parameters] as SQLInputValue[];
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...values(parameters)),
        run: (parameters) => {
          const { changes, lastInsertRowid } = statement.run(...values(parameters));
          return { changes, lastInsertRowid };
        },
        iterate: (parameters) => statement.iterate(...values(parameters)),
      };
    },
  };
}
