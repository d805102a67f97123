/**
 * The store as another process may read it while the bot runs: nothing is written, migrated or locked.
 * For terminal commands about incidents.
 */

import { existsSync } from "node:fs";
import { Kysely, PostgresDialect } from "kysely";
import type { StoreAddress } from "../../config/config.ts";
import type { IncidentReader } from "../../features/incidents/incident-ports.ts";
import type { QuestionStore } from "../../features/search/learning-ports.ts";
import type { Engine } from "./connection.ts";
import { fixNotes, sectionVerdicts } from "./feedback-store.ts";
import { incidentQueries } from "./incident-queries.ts";
import { hostOf } from "./postgres-address.ts";
import { queryDialect } from "./query-dialect.ts";
import { openGaps } from "./question-store.ts";
import type { Schema } from "./schema.ts";
import { openForReading, statementRunner } from "./sqlite-file.ts";
import type { OpenStore } from "./sqlite-store.ts";

export interface ReadingStore {
  readonly engine: Engine;
  readonly incidents: IncidentReader;
  readonly verdicts: {
    ofAlert(alert: string): ReturnType<typeof sectionVerdicts>;
    fixes(alert: string, limit: number): ReturnType<typeof fixNotes>;
  };
  readonly gaps: { since: QuestionStore["gapsSince"] };
  /** Why this version cannot start with it, when another one made it. Fails when it is no store. */
  otherVersion(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Fails with the path when there is no such file: an empty new one would say that nothing fired. */
export async function openStoreForReading(address: StoreAddress): Promise<ReadingStore> {
  return address.engine === "sqlite" ? readSqlite(address.path) : readPostgres(address.url);
}

function readSqlite(path: string): ReadingStore {
  if (!existsSync(path)) {
    throw new Error(
      `there is no store ${path}: run this in the bot's folder, or name its file with --config`,
    );
  }
  const database = openForReading(path);
  const run = statementRunner(database);
  const store: OpenStore = {
    call: () => Promise.reject(new Error("this store is only read")),
    read: async (statements) => statements.map(run),
    close: async () => database.close(),
  };
  const sql = new Kysely<Schema>({ dialect: queryDialect("sqlite", store) });
  return readingOf("sqlite", sql, () => store.close());
}

/** The client is loaded for those who have one: that takes the event loop for some 100 ms. */
async function readPostgres(url: string): Promise<ReadingStore> {
  const { createPool } = await import("./postgres-store.ts");
  const pool = createPool(url);
  const sql = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return readingOf("postgres", sql, () => pool.end());
}

function readingOf(engine: Engine, sql: Kysely<Schema>, close: () => Promise<void>): ReadingStore {
  return {
    engine,
    incidents: incidentQueries(sql),
    verdicts: {
      ofAlert: (alert) => sectionVerdicts(sql, alert),
      fixes: (alert, limit) => fixNotes(sql, alert, limit),
    },
    gaps: { since: (sinceMs, limit) => openGaps(sql, sinceMs, limit) },
    async otherVersion() {
      const changes = sql.withTables<{ kysely_migration: { name: string } }>();
      const rows = await changes.selectFrom("kysely_migration").select("name").execute();
      const { unknownChange } = await import("./migrate.ts");
      return unknownChange(
        engine,
        rows.map(({ name }) => name),
      );
    },
    close,
  };
}

/** Where it is, for a person; never with a password. */
export function storePlace(address: StoreAddress): string {
  return address.engine === "sqlite" ? address.path : (hostOf(address.url) ?? "PostgreSQL");
}
