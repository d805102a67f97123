/**
 * What is done to the outbox, set by set.
 *
 * A lane's rows are delivered in order, so only its oldest, the head, may be taken. Which rows those
 * are is kept in `state`, that a claim reads the few rows it takes however many wait.
 */

import { ALL_CHANNELS, type HeldBack } from "../../features/delivery/delivery-ports.ts";
import { joinDifferences, type Notice } from "../../incidents/apply-notification.ts";
import { PRIORITY, PRIORITY_SPANS } from "../../incidents/notice-priority.ts";
import { forUpdate, rowsOf, type StoreConnection, valuesOf } from "./connection.ts";

/** Where a row stands. `due_at` is when a postponed row may be taken, or a taken row's lease ends. */
export const STATE = { behind: 0, ready: 1, postponed: 2, taken: 3 } as const;

/**
 * No row waits longer than this, in milliseconds. A row that would have to has met a clock that was
 * set back, and is due.
 */
const LONGEST_WAIT_MS = 15 * 60_000;

/** A notice as it is added. */
export interface NoticeDraft {
  readonly key: string;
  readonly incidentId: string;
  readonly lane: string;
  readonly channel: string;
  readonly kind: Notice["kind"];
  /** JSON. */
  readonly notice: string;
  /** Less is delivered earlier, among the heads of a channel. */
  readonly priority: number;
  /** It may be taken after so many milliseconds. */
  readonly delayMs: number;
  /** When what it is about happened, as people are shown it. */
  readonly createdAt: number;
}

export interface StoredNotice {
  readonly id: number;
  readonly key: string;
  readonly incident_id: string;
  readonly channel: string;
  readonly notice: string;
  readonly priority: number;
  readonly attempts: number;
  readonly settled: number;
  readonly created_at: number;
}

const DRAFT = {
  n: "integer",
  key: "text",
  incident_id: "text",
  lane: "text",
  channel: "text",
  kind: "text",
  notice: "text",
  priority: "integer",
  due_at: "bigint",
  created_at: "bigint",
} as const;

/**
 * Adds notices, in order. Call it with the incidents' rows locked: a lane's order is the order in
 * which its incident changed.
 */
export async function addNotices(
  connection: StoreConnection,
  drafts: readonly NoticeDraft[],
  nowMs: number,
): Promise<void> {
  if (drafts.length === 0) return;
  const own = await withoutDigested(connection, drafts, nowMs);
  const added = await withoutCoalesced(connection, own);
  if (added.length === 0) return;
  const rows = added.map((draft, n) => ({
    n,
    key: draft.key,
    incident_id: draft.incidentId,
    lane: draft.lane,
    channel: draft.channel,
    kind: draft.kind,
    notice: draft.notice,
    priority: draft.priority,
    due_at: nowMs + draft.delayMs,
    created_at: draft.createdAt,
  }));
  await connection.query(
    `insert into outbox
       (key, incident_id, lane, channel, kind, notice, priority, state, due_at, created_at)
     select key, incident_id, lane, channel, kind, notice, priority, ${STATE.behind}, due_at, created_at
     from ${rowsOf(connection, "?1", DRAFT)} order by n`,
    JSON.stringify(rows),
  );
  await promoteHeads(
    connection,
    added.map(({ lane }) => lane),
    nowMs,
  );
}

interface DigestMember {
  readonly incident_id: string;
  readonly digest_id: string;
  readonly alone: number;
}

/**
 * What a digest names is told by the digest, which is shown again; only what people are told
 * themselves, and incidents that somebody had explained, speak for themselves.
 */
async function withoutDigested(
  connection: StoreConnection,
  drafts: readonly NoticeDraft[],
  nowMs: number,
): Promise<readonly NoticeDraft[]> {
  const rows = await connection.query<DigestMember>(
    `select incident_id, digest_id, alone from digest_members
     where incident_id in (select value from ${valuesOf(connection, "?1")})`,
    JSON.stringify([...new Set(drafts.map(({ incidentId }) => incidentId))]),
  );
  if (rows.length === 0) return drafts;
  const members = new Map(rows.map((row) => [row.incident_id, row]));
  const shown = drafts.flatMap(({ incidentId, key }) => {
    const member = members.get(incidentId);
    return member === undefined ? [] : [{ digestId: member.digest_id, key: `${key}.digest` }];
  });
  await addDigestNotices(connection, shown, nowMs);
  return drafts.filter(({ incidentId, kind }) => {
    const member = members.get(incidentId);
    return member === undefined || member.alone === 1 || kind === "subscribed";
  });
}

export interface DigestNotice {
  readonly digestId: string;
  readonly key: string;
}

/** A digest is shown as it is when its notice is delivered, so one that waits is enough. */
export async function addDigestNotices(
  connection: StoreConnection,
  notices: readonly DigestNotice[],
  nowMs: number,
): Promise<void> {
  const given = [
    ...new Map(notices.map(({ digestId, key }) => [digestId, { id: digestId, key }])).values(),
  ];
  if (given.length === 0) return;
  await connection.query(
    `insert into outbox
       (key, incident_id, lane, channel, kind, notice, priority, state, due_at, created_at)
     select given.key, digests.id, digests.id, digests.channel, 'digest', '{"kind":"digest"}',
       case when digests.message_ts is null then ${PRIORITY.first} else ${PRIORITY.edit} end,
       ${STATE.behind}, ?2, ?2
     from ${rowsOf(connection, "?1", { id: "text", key: "text" })}
     join digests on digests.id = given.id
     where not exists (
       select 1 from outbox waits where waits.lane = digests.id and waits.state <> ${STATE.taken})`,
    JSON.stringify(given),
    nowMs,
  );
  await promoteHeads(
    connection,
    given.map(({ id }) => id),
    nowMs,
  );
}

/** Lanes whose oldest row may be taken now, or as soon as it is due. */
async function promoteHeads(
  connection: StoreConnection,
  lanes: readonly string[],
  nowMs: number,
): Promise<void> {
  const head = "(select min(id) from outbox first where first.lane = given.value)";
  await connection.query(
    `update outbox
     set state = case when due_at > ?2 then ${STATE.postponed} else ${STATE.ready} end
     where state = ${STATE.behind}
       and id in (select ${head} from ${valuesOf(connection, "?1")})`,
    JSON.stringify([...new Set(lanes)]),
    nowMs,
  );
}

interface Waiting {
  readonly id: number;
  readonly incident_id: string;
  readonly kind: string;
  readonly notice: string;
  readonly priority: number;
}

/**
 * Edits coalesce: a row that nobody has begun will show the latest state anyway. So do differences,
 * which are joined. A row that is under way may have read the state before, so it does not count;
 * in PostgreSQL the row is locked, so that no replica begins it before this state can be read.
 */
async function withoutCoalesced(
  connection: StoreConnection,
  drafts: readonly NoticeDraft[],
): Promise<NoticeDraft[]> {
  const incidents = drafts.filter(isCoalescing).map(({ incidentId }) => incidentId);
  if (incidents.length === 0) return [...drafts];
  const rows = await connection.query<Waiting>(
    `select id, incident_id, kind, notice, priority from outbox
     where incident_id in (select value from ${valuesOf(connection, "?1")})
       and kind in ('incident', 'changed') and state <> ${STATE.taken}
     order by id${forUpdate(connection)}`,
    JSON.stringify([...new Set(incidents)]),
  );
  const waiting = new Map(rows.map((row) => [`${row.incident_id} ${row.kind}`, row]));
  const joined = new Map<number, { id: number; notice: string; priority: number }>();
  const added: NoticeDraft[] = [];
  for (const draft of drafts) {
    const row = waiting.get(`${draft.incidentId} ${draft.kind}`);
    if (row === undefined || !isCoalescing(draft)) {
      added.push(draft);
      continue;
    }
    const notice = joinedNotice(row.notice, draft.notice);
    const priority = Math.min(row.priority, draft.priority);
    if (notice !== row.notice || priority !== row.priority) {
      joined.set(row.id, { id: row.id, notice, priority });
    }
  }
  await rewrite(connection, [...joined.values()]);
  return added;
}

function isCoalescing({ kind }: NoticeDraft): boolean {
  return kind === "incident" || kind === "changed";
}

function joinedNotice(waiting: string, next: string): string {
  const first = JSON.parse(waiting) as Notice;
  const second = JSON.parse(next) as Notice;
  return first.kind === "changed" && second.kind === "changed"
    ? JSON.stringify(joinDifferences(first, second))
    : waiting;
}

async function rewrite(
  connection: StoreConnection,
  rows: readonly { id: number; notice: string; priority: number }[],
): Promise<void> {
  if (rows.length === 0) return;
  const columns = { id: "bigint", notice: "text", priority: "integer" } as const;
  await connection.query(
    `update outbox set notice = given.notice, priority = given.priority
     from ${rowsOf(connection, "?1", columns)} where outbox.id = given.id`,
    JSON.stringify(rows),
  );
}

export interface Claim {
  readonly limit: number;
  readonly leaseMs: number;
  /** Rows that are left. */
  readonly except: readonly HeldBack[];
  /** For tests; else the database's clock counts. */
  readonly nowMs: number | undefined;
}

/** Takes rows for workers, the most urgent first; two that ask at the same time get different ones. */
export async function claimNotices(
  connection: StoreConnection,
  claims: readonly Claim[],
): Promise<StoredNotice[][]> {
  const taken: StoredNotice[][] = [];
  for (const claim of claims) {
    const nowMs = claim.nowMs ?? (await connection.now());
    await wakeDue(connection, nowMs);
    taken.push(await takeReady(connection, claim, nowMs));
  }
  return taken;
}

/** Rows whose wait is over, and those of workers that let their lease end. */
async function wakeDue(connection: StoreConnection, nowMs: number): Promise<void> {
  const waits = `state in (${STATE.postponed}, ${STATE.taken})`;
  const wake = (isOver: string, time: number) =>
    connection.query(
      `update outbox set state = ${STATE.ready} where id in (
         select id from outbox where ${waits} and ${isOver}${forUpdate(connection, "skip locked")})`,
      time,
    );
  await wake("due_at <= ?1", nowMs);
  // By a clock that was set back since.
  await wake("due_at > ?1", nowMs + LONGEST_WAIT_MS);
}

/** The channels with a head that is ready, found by as many steps in the index. */
const CHANNELS = `recursive channels(channel) as (
  select min(channel) from outbox where state = ${STATE.ready}
  union all
  select (select min(channel) from outbox
          where state = ${STATE.ready} and channel > channels.channel)
  from channels where channels.channel is not null)`;

const SPANS = PRIORITY_SPANS.map(([low, high]) => `select ${low} as low, ${high} as high`).join(
  " union all ",
);

/**
 * Each channel with the spans of priority that are not held back, as `open`: what is ready there is
 * found by the index, however much waits.
 */
function openSpans(connection: StoreConnection, parameter: string): string {
  const held = rowsOf(connection, parameter, { channel: "text", low: "bigint", high: "bigint" });
  return `with ${CHANNELS},
    open as (
      select channels.channel, spans.low, spans.high
      from channels cross join (${SPANS}) as spans
      where channels.channel is not null and not exists (
        select 1 from ${held}
        where (given.channel = channels.channel or given.channel = '${ALL_CHANNELS}')
          and given.low <= spans.low and given.high >= spans.high))`;
}

function heldParameter(except: readonly HeldBack[]): string {
  return JSON.stringify(except.map(({ channel, from, to }) => ({ channel, low: from, high: to })));
}

const READY_IN_OPEN = `ready.state = ${STATE.ready} and ready.channel = open.channel
  and ready.priority between open.low and open.high`;

async function takeReady(
  connection: StoreConnection,
  { limit, leaseMs, except }: Claim,
  nowMs: number,
): Promise<StoredNotice[]> {
  const best = `(select id from outbox ready
    where ${READY_IN_OPEN} order by priority, id limit ?1)`;
  // PostgreSQL would read the table for each channel, if it were not given the ids.
  const among = connection.engine === "postgres" ? `= any(array${best})` : `in ${best}`;
  const rows = await connection.query<StoredNotice>(
    `${openSpans(connection, "?3")}
     update outbox
     set state = ${STATE.taken}, attempts = attempts + 1, due_at = ?2
     where id in (
       select id from outbox where state = ${STATE.ready} and id in (
         select candidate.id from open join outbox candidate on candidate.id ${among}
         order by candidate.priority, candidate.id limit ?1)
       ${forUpdate(connection, "skip locked")})
     returning id, key, incident_id, channel, notice, priority, attempts, settled, created_at`,
    limit,
    nowMs + leaseMs,
    heldParameter(except),
  );
  return rows.toSorted((a, b) => a.priority - b.priority || a.id - b.id);
}

/** A row as it was taken: what is done in its name counts until another worker has taken it. */
interface Taken {
  readonly id: number;
  /** How often it was taken, this time included. */
  readonly attempt: number;
}

const TAKEN = { id: "bigint", attempt: "integer" } as const;

export interface Finished extends Taken {
  readonly nowMs: number | undefined;
}

/** Removes rows that are delivered, or dropped; false for those that another worker has. */
export async function finishNotices(
  connection: StoreConnection,
  rows: readonly Finished[],
): Promise<boolean[]> {
  const given = JSON.stringify(rows);
  const ids = `(select given.id from ${rowsOf(connection, "?1", TAKEN)})`;
  if (connection.engine === "postgres") {
    // Whoever adds to the lane meanwhile holds this lock, and would not see that its head is gone.
    await connection.query(
      `select id from incidents where id in
         (select incident_id from outbox where id in ${ids}) order by id for update`,
      given,
    );
  }
  const gone = await connection.query<{ id: number; lane: string }>(
    `delete from outbox where id in ${ids} and exists (
       select 1 from ${rowsOf(connection, "?1", TAKEN)}
       where given.id = outbox.id and given.attempt = outbox.attempts)
     returning id, lane`,
    given,
  );
  if (gone.length > 0) {
    await promoteHeads(
      connection,
      gone.map(({ lane }) => lane),
      rows[0]?.nowMs ?? (await connection.now()),
    );
  }
  const finished = new Set(gone.map(({ id }) => id));
  return rows.map(({ id }) => finished.has(id));
}

/** Gives rows up, whoever has them; what waited behind them is next. */
export async function dropNotices(
  connection: StoreConnection,
  ids: readonly number[],
): Promise<void> {
  const gone = await connection.query<{ lane: string }>(
    `delete from outbox where id in
       (select given.id from ${rowsOf(connection, "?1", { id: "bigint" })}) returning lane`,
    JSON.stringify(ids.map((id) => ({ id }))),
  );
  await promoteHeads(
    connection,
    gone.map(({ lane }) => lane),
    await connection.now(),
  );
}

export interface Postponed extends Taken {
  readonly afterMs: number;
  /** Whether this attempt may have reached Slack. */
  readonly isAmbiguous: boolean;
  readonly nowMs: number | undefined;
}

/** To be tried again later; false for rows that another worker has. */
export async function postponeNotices(
  connection: StoreConnection,
  rows: readonly Postponed[],
): Promise<boolean[]> {
  const nowMs = rows[0]?.nowMs ?? (await connection.now());
  const columns = { ...TAKEN, due_at: "bigint", ambiguous: "integer" } as const;
  const given = rows.map(({ id, attempt, afterMs, isAmbiguous }) => ({
    id,
    attempt,
    due_at: nowMs + Math.min(LONGEST_WAIT_MS, Math.max(0, afterMs)),
    ambiguous: isAmbiguous ? 1 : 0,
  }));
  const done = await connection.query<{ id: number }>(
    `update outbox set state = ${STATE.postponed}, due_at = given.due_at,
       settled = case when given.ambiguous = 1 then settled else attempts end
     from ${rowsOf(connection, "?1", columns)}
     where outbox.id = given.id and outbox.attempts = given.attempt
     returning outbox.id`,
    JSON.stringify(given),
  );
  const postponed = new Set(done.map(({ id }) => id));
  return rows.map(({ id }) => postponed.has(id));
}

export interface Renewal extends Taken {
  readonly leaseMs: number;
  readonly nowMs: number | undefined;
}

/** Makes leases longer; false for rows that another worker has, whose message is no more ours to send. */
export async function renewLeases(
  connection: StoreConnection,
  rows: readonly Renewal[],
): Promise<boolean[]> {
  const nowMs = rows[0]?.nowMs ?? (await connection.now());
  const columns = { ...TAKEN, due_at: "bigint" } as const;
  const given = rows.map(({ id, attempt, leaseMs }) => ({ id, attempt, due_at: nowMs + leaseMs }));
  const done = await connection.query<{ id: number }>(
    `update outbox set state = ${STATE.taken}, due_at = given.due_at
     from ${rowsOf(connection, "?1", columns)}
     where outbox.id = given.id and outbox.attempts = given.attempt
     returning outbox.id`,
    JSON.stringify(given),
  );
  const renewed = new Set(done.map(({ id }) => id));
  return rows.map(({ id }) => renewed.has(id));
}

export interface Look {
  readonly except: readonly HeldBack[];
  readonly nowMs: number | undefined;
}

/** In how many milliseconds the next row may be taken; undefined when none waits. */
export async function nextDueIn(
  connection: StoreConnection,
  looks: readonly Look[],
): Promise<(number | undefined)[]> {
  const found: (number | undefined)[] = [];
  for (const { except, nowMs } of looks) {
    const ready = await connection.query(
      `${openSpans(connection, "?1")}
       select channel from open
       where exists (select 1 from outbox ready where ${READY_IN_OPEN}) limit 1`,
      heldParameter(except),
    );
    if (ready.length > 0) {
      found.push(0);
      continue;
    }
    const [next] = await connection.query<{ due: number | null }>(
      `select min(due_at) as due from (
         select min(due_at) as due_at from outbox where state = ${STATE.postponed}
         union all
         select min(due_at) as due_at from outbox where state = ${STATE.taken}) as waits`,
    );
    const due = next?.due ?? undefined;
    const now = nowMs ?? (await connection.now());
    found.push(due === undefined ? undefined : Math.max(0, due - now));
  }
  return found;
}

/**
 * Takes back what a process that died had begun, and what a clock that was set back since keeps
 * waiting. Only where nobody else can be at work.
 */
export async function takeBackLeases(
  connection: StoreConnection,
  calls: readonly undefined[],
): Promise<undefined[]> {
  await connection.query(
    `update outbox set state = ${STATE.ready}
     where state = ${STATE.taken} or (state = ${STATE.postponed} and due_at > ?1)`,
    await connection.now(),
  );
  return calls.map(() => undefined);
}
