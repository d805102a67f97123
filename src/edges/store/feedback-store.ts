/** What people said of sections, what cleared incidents, and notes for the runbooks' maintainers. */

import { type Compilable, type Kysely, sql } from "kysely";
import type { Feedback, FeedbackStore, FixNote } from "../../features/search/learning-ports.ts";
import type { SectionVerdicts } from "../../search/weigh-sections.ts";
import { auditStatement } from "./audit.ts";
import type { Database } from "./database.ts";
import { hashOf } from "./hash-of.ts";
import { keptText } from "./kept-text.ts";
import type { Schema } from "./schema.ts";

/** Verdicts that answer "What fixed it?": a person gives one answer per incident. */
const CLEARING = ["cleared", "other", "itself"] as const;

/** Over one database; a person's later verdict takes the place of the earlier one. */
export function createFeedbackStore(database: Database): FeedbackStore {
  const db = database.sql;
  return {
    record: (feedback) =>
      database.together([
        ...replaceVerdict(db, feedback),
        ...replaceNote(db, feedback),
        ...auditVerdict(db, feedback),
      ]),
    verdicts: (alert) => sectionVerdicts(db, alert),
    isPageOrder: async (alert) => {
      const query = db.selectFrom("page_orders").select("alert");
      return (await query.where("alert", "=", hashOf(alert)).executeTakeFirst()) !== undefined;
    },
    setPageOrder: (alert, { who, at, on }) => {
      const hash = hashOf(alert);
      const action = on ? "page-order" : "learned-order";
      return database.together([
        db.deleteFrom("page_orders").where("alert", "=", hash),
        ...(on ? [db.insertInto("page_orders").values({ alert: hash, at, who })] : []),
        auditStatement(db, { at, who, action, detail: { alert: keptText(alert) } }),
      ]);
    },
    note: async ({ who, at, text }) => {
      await db
        .insertInto("notes")
        .values({ who, at, text: keptText(text) })
        .execute();
    },
    notes: (limit) =>
      db
        .selectFrom("notes")
        .select(["who", "at", "text"])
        .where("incident_id", "=", "")
        .orderBy("id", "desc")
        .limit(limit)
        .execute(),
    fixes: (alert, limit) => fixNotes(db, alert, limit),
  };
}

function replaceVerdict(db: Kysely<Schema>, feedback: Feedback): Compilable[] {
  const { who, at, incidentId = "", alert, sectionId, verdict } = feedback;
  const isClearing = CLEARING.some((each) => each === verdict);
  const change = { at, verdict, alert: alert === undefined ? "" : hashOf(alert) };
  // What stands on no page is no verdict on the page as a whole, which has the empty id, too.
  const section = hashOf(sectionId === "" && isClearing ? `(${verdict})` : sectionId);
  const earlier = db
    .deleteFrom("feedback")
    .where("incident_id", "=", incidentId)
    .where("who", "=", who)
    .where("verdict", "in", CLEARING);
  const saved = db
    .insertInto("feedback")
    .values({ who, incident_id: incidentId, section, section_id: sectionId, ...change })
    .onConflict((conflict) =>
      conflict.columns(["incident_id", "who", "section"]).doUpdateSet(change),
    );
  return isClearing ? [earlier, saved] : [saved];
}

/** A person's note on an incident counts as long as it is their last answer. */
function replaceNote(db: Kysely<Schema>, feedback: Feedback): Compilable[] {
  const { who, at, incidentId, alert = "", verdict, note } = feedback;
  if (incidentId === undefined || !CLEARING.some((each) => each === verdict)) return [];
  const earlier = db
    .deleteFrom("notes")
    .where("incident_id", "=", incidentId)
    .where("who", "=", who);
  if (note === undefined) return [earlier];
  const values = { who, at, text: keptText(note), incident_id: incidentId, alert: hashOf(alert) };
  return [earlier, db.insertInto("notes").values(values)];
}

/** The answer of a search is of nobody else's concern; an incident's changes an order for all. */
function auditVerdict(
  db: Kysely<Schema>,
  { who, at, incidentId, alert = "", sectionId, verdict, step, note }: Feedback,
): Compilable[] {
  if (incidentId === undefined) return [];
  const detail = {
    verdict,
    alert: keptText(alert),
    section: sectionId,
    ...(step === undefined ? {} : { step: keptText(step) }),
    ...(note === undefined ? {} : { note: keptText(note) }),
  };
  return [auditStatement(db, { at, who, action: "feedback", incidentId, detail })];
}

/** What people wrote of how they ended incidents of an alert, the last first. */
export function fixNotes(db: Kysely<Schema>, alert: string, limit: number): Promise<FixNote[]> {
  return db
    .selectFrom("notes")
    .select(["who", "at", "text", "incident_id as incidentId"])
    .where("alert", "=", hashOf(alert))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** By section, in the order of their ids. */
export async function sectionVerdicts(
  db: Kysely<Schema>,
  alertName: string,
): Promise<SectionVerdicts[]> {
  const alert = hashOf(alertName);
  const rows = await db
    .selectFrom("feedback")
    .select(({ fn }) => [
      fn.max("section_id").as("sectionId"),
      "verdict",
      fn.count("who").distinct().as("people"),
      fn.count("incident_id").distinct().as("incidents"),
    ])
    .where("alert", "=", alert)
    .groupBy(["section", "verdict"])
    .execute();
  const { incidents } = await db
    .selectFrom("feedback")
    .select(sql<number>`count(distinct incident_id)`.as("incidents"))
    .where("alert", "=", alert)
    .where("verdict", "in", CLEARING)
    .executeTakeFirstOrThrow();
  const sections = new Map<string, SectionVerdicts>();
  for (const { sectionId, verdict, ...counts } of rows) {
    if (verdict === "other" || verdict === "itself") continue;
    const before = sections.get(sectionId) ?? nothingSaid(sectionId, Number(incidents));
    sections.set(sectionId, { ...before, ...counted(verdict, counts) });
  }
  return [...sections.values()].toSorted((a, b) => (a.sectionId < b.sectionId ? -1 : 1));
}

function nothingSaid(sectionId: string, incidents: number): SectionVerdicts {
  return { sectionId, useful: 0, notUseful: 0, cleared: 0, incidents };
}

interface Counts {
  readonly people: number | string | bigint;
  readonly incidents: number | string | bigint;
}

function counted(verdict: string, { people, incidents }: Counts): Partial<SectionVerdicts> {
  if (verdict === "useful") return { useful: Number(people) };
  if (verdict === "not-useful") return { notUseful: Number(people) };
  return { cleared: Number(incidents) };
}
