/** What people asked the runbooks: the searches of a person, and the gaps of all. */

import { type Compilable, type Kysely, sql } from "kysely";
import type {
  AskedGap,
  AskedIn,
  Gap,
  KeptQuestion,
  QuestionStore,
} from "../../features/search/learning-ports.ts";
import { auditStatement } from "./audit.ts";
import type { Database } from "./database.ts";
import { hashOf } from "./hash-of.ts";
import { keptText, normalText } from "./kept-text.ts";
import type { Schema } from "./schema.ts";

const GAP = 0;
const ANSWERED = 1;
const NO_GAP = 2;

/** Over one database; texts are kept without secrets (`keptText`). */
export function createQuestionStore(database: Database): QuestionStore {
  const db = database.sql;
  return {
    asked: async ({ who, channel, at, text, answered }) => {
      const question = keptText(text);
      const normal = hashOf(normalText(question));
      const state = answered ? ANSWERED : await stateOfGap(db, normal);
      const row = { who, channel, at, question, normal, answered: state };
      const { id } = await db
        .insertInto("questions")
        .values(row)
        .returning("id")
        .executeTakeFirstOrThrow();
      return id;
    },
    question: async (id) => {
      const found = await questions(db).where("id", "=", id).executeTakeFirst();
      return found === undefined ? undefined : found;
    },
    recent: (who, limit) => recentOf(db, who, limit),
    gaps: (limit) => gapsOf(db, limit),
    gapsSince: (sinceMs, limit) => openGaps(db, sinceMs, limit),
    answered: (id) => database.together([mark(db, id, ANSWERED)]),
    notAGap: (id, who, at) =>
      database.together([
        mark(db, id, NO_GAP),
        auditStatement(db, { at, who, action: "not-a-gap", detail: { question: id } }),
      ]),
  };
}

function questions(db: Kysely<Schema>) {
  return db.selectFrom("questions").select(["id", "who", "at", "question as text"]);
}

/** What somebody said of a question holds when it is asked again. */
async function stateOfGap(db: Kysely<Schema>, normal: string): Promise<number> {
  const known = await db
    .selectFrom("questions")
    .select("id")
    .where("normal", "=", normal)
    .where("answered", "=", NO_GAP)
    .executeTakeFirst();
  return known === undefined ? GAP : NO_GAP;
}

async function recentOf(db: Kysely<Schema>, who: string, limit: number): Promise<KeptQuestion[]> {
  const last = db
    .selectFrom("questions")
    .select(({ fn }) => fn.max("id").as("id"))
    .where("who", "=", who)
    .groupBy("normal");
  return questions(db).where("id", "in", last).orderBy("id", "desc").limit(limit).execute();
}

async function gapsOf(db: Kysely<Schema>, limit: number): Promise<Gap[]> {
  const groups = await db
    .selectFrom("questions")
    .select(({ fn }) => [
      "normal",
      fn.max("id").as("id"),
      fn.max("at").as("lastAt"),
      fn.count("id").as("times"),
      sql<number>`count(distinct who)`.as("people"),
    ])
    .where("answered", "=", GAP)
    .groupBy("normal")
    .orderBy("people", "desc")
    .orderBy("times", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  if (groups.length === 0) return [];
  const ids = groups.map(({ id }) => id);
  const texts = new Map(
    (await questions(db).where("id", "in", ids).execute()).map(({ id, text }) => [id, text]),
  );
  const normals = groups.map(({ normal }) => normal);
  const askings = await askingsOf(db, normals);
  return groups.map(({ id, normal, lastAt, times, people }) => ({
    id,
    text: texts.get(id) ?? "",
    times: Number(times),
    people: Number(people),
    lastAt,
    askings: askings.get(normal) ?? [],
  }));
}

async function askingsOf(
  db: Kysely<Schema>,
  normals: readonly string[],
): Promise<ReadonlyMap<string, AskedIn[]>> {
  const rows = await db
    .selectFrom("questions")
    .select(["normal", "who", "channel"])
    .distinct()
    .where("normal", "in", normals)
    .where("answered", "=", GAP)
    .execute();
  const askings = new Map<string, AskedIn[]>();
  for (const { normal, who, channel } of rows) {
    askings.set(normal, [...(askings.get(normal) ?? []), { who, channel }]);
  }
  return askings;
}

/** Questions without an answer since then, each once for each asking, the latest first. */
export async function openGaps(
  db: Kysely<Schema>,
  sinceMs: number,
  limit: number,
): Promise<AskedGap[]> {
  const last = db
    .selectFrom("questions")
    .select(({ fn }) => fn.max("id").as("id"))
    .where("answered", "=", GAP)
    .where("at", ">=", sinceMs)
    .groupBy(["normal", "who", "channel"]);
  return db
    .selectFrom("questions")
    .select(["question as text", "normal as gap", "who", "channel"])
    .where("id", "in", last)
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

function mark(db: Kysely<Schema>, id: number, answered: number): Compilable {
  const normal = db.selectFrom("questions").select("normal").where("id", "=", id);
  return db
    .updateTable("questions")
    .set({ answered })
    .where("normal", "in", normal)
    .where("answered", "=", GAP);
}
