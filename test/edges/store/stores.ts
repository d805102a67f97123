/** Stores for tests, and what happens to them. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Notification } from "../../../src/alerts/alert.ts";
import type { StoreAddress } from "../../../src/config/config.ts";
import { createAuditLog } from "../../../src/edges/store/audit.ts";
import { type Database, openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createOutbox } from "../../../src/edges/store/outbox.ts";
import { createPastAlerts } from "../../../src/edges/store/past-alerts.ts";
import type { HeldBack, OutboxRow } from "../../../src/features/delivery/delivery-ports.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import type { Outcome } from "../../../src/incidents/change.ts";
import type { Notice } from "../../../src/incidents/notice.ts";
import { firing, notification, SECOND, T0 } from "../../incidents/notifications.ts";

/** All that is kept of incidents, in one hand: what one of them writes another reads. */
export type Store = ReturnType<typeof storeOver>;

function storeOver(database: Database, time: { now: number }) {
  return {
    /** The time by which rows fall due, for all that follows. */
    setTime: (at: number) => {
      time.now = at;
    },
    ...createIncidentStore(database),
    ...createOutbox(database),
    ...createAuditLog(database),
    pastAlerts: (sinceMs: number) => createPastAlerts(database).since(sinceMs),
  };
}

/** Gives a place where nothing was stored yet; it is gone after the test. */
export type FreshAddress = (t: TestContext) => StoreAddress | Promise<StoreAddress>;

export const LEASE_MS = 60 * SECOND;

export async function openStore(
  t: TestContext,
  address: StoreAddress,
): Promise<{ store: Store; database: Database; close: () => Promise<void> }> {
  const time = { now: T0 };
  const database = await openDatabase(address, { now: () => time.now });
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= database.close();
    return closing;
  };
  t.after(close);
  return { store: storeOver(database, time), database, close };
}

/** A group of alerts arrives; without sayings those that follow from it are said. */
export function watch(
  store: Pick<Store, "apply"> & Partial<Pick<Store, "setTime">>,
  id: string,
  { at = T0, body = notification([firing("a")], { groupKey: id }), ...rest }: ExternalOrigin = {},
): Promise<Outcome> {
  store.setTime?.(at);
  return store.apply(body, at, (latest) => {
    const channel = rest.channel ?? "C1";
    const outcome = applyNotification(latest, body, { id, channel, nowMs: at });
    return rest.notices === undefined ? outcome : { ...outcome, notices: rest.notices };
  });
}

export interface ExternalOrigin {
  readonly at?: number;
  readonly body?: Notification;
  readonly channel?: string;
  readonly notices?: readonly Notice[];
}

export const THREE: readonly Notice[] = [
  { kind: "incident" },
  { kind: "runbook", alert: "A", fingerprint: "a" },
  { kind: "diagnosis" },
];
export const ONE: readonly Notice[] = [{ kind: "incident" }];

export function claim(store: Store, at: number, { limit = 10, except = [] as string[] } = {}) {
  store.setTime(at);
  return store.claimDue({ limit, leaseMs: LEASE_MS, except: except.map(whole) });
}

function whole(channel: string): HeldBack {
  return { channel, from: 0, to: Number.MAX_SAFE_INTEGER };
}

/** When the next row falls due, seen from a moment. */
export async function dueFrom(
  store: Store,
  at: number,
  except: readonly string[] = [],
): Promise<number | undefined> {
  store.setTime(at);
  const inMs = await store.nextDueIn(except.map(whole));
  return inMs === undefined ? undefined : at + inMs;
}

/** Takes the only row that is due. */
export async function claimOne(store: Store, at: number): Promise<OutboxRow> {
  const [row, ...others] = await claim(store, at);
  assert.ok(row !== undefined, "nothing is due");
  assert.deepEqual(others, []);
  return row;
}

export function kindsOf(rows: readonly OutboxRow[]): string[] {
  return rows.map(({ incidentId, notice }) => `${incidentId} ${notice.kind}`);
}

/** Says everything that is due, and returns it in order. */
export async function drain(store: Store, at: number): Promise<string[]> {
  const said: string[] = [];
  for (let rows = await claim(store, at); rows.length > 0; rows = await claim(store, at)) {
    said.push(...kindsOf(rows));
    for (const row of rows) await store.finish(row);
  }
  return said;
}

export async function countOf(
  { sql }: Database,
  table: "notifications" | "incidents" | "outbox",
): Promise<number> {
  const { count } = await sql
    .selectFrom(table)
    .select((row) => row.fn.countAll().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}
