/**
 * How far a consumer group is behind, and whether it catches up.
 *
 * Lag is asked of the server now; how fast offsets move is known from the history of the lag
 * endpoint. The lag gauges in /metrics freeze when a consumer stops (streamline-facts 2.2), so they
 * are not used.
 */

import { labelValue } from "../../exposition/sample.ts";
import { promqlString } from "../../promql/literals.ts";
import { PROCESS_START } from "../checks/check-needs.ts";
import type { Evidence } from "../checks/evidence.ts";
import type { GroupLag } from "../health/api-answers.ts";

/** Messages per second that a partition's consumer reads, and that arrive in it. */
export interface Rates {
  readonly read: number;
  readonly arrive: number;
}

export interface PartitionLag {
  readonly topic: string;
  readonly partition: number;
  readonly lag: number;
  /** Undefined as long as the history does not tell. */
  readonly rates?: Rates;
}

export type Outlook =
  | { readonly kind: "caught-up" }
  /** Behind by what arrives within seconds: how every working consumer looks. */
  | { readonly kind: "keeps-up" }
  | { readonly kind: "catches-up"; readonly inMs: number }
  | { readonly kind: "never"; readonly shortBy: number }
  /** It reads as fast as messages arrive, and so stays behind. */
  | { readonly kind: "stays"; readonly rate: number }
  | { readonly kind: "stopped"; readonly arrive: number }
  | { readonly kind: "unknown" };

export interface GroupReport {
  readonly group: string;
  readonly state: string;
  readonly members: number;
  readonly total: number;
  readonly outlook: Outlook;
  readonly rates?: Rates;
  /** What the lag was some time ago. */
  readonly before?: { readonly lag: number; readonly agoMs: number };
  /** Worst first. */
  readonly partitions: readonly PartitionLag[];
}

/** Rates over so long; groups that are asked rarely need the longer ones. */
const WINDOWS_MS = [2 * 60_000, 5 * 60_000, 15 * 60_000];
/** The oldest sample of a rate is at least so much older than now: three polls. */
const APART_MS = 45_000;
const BEFORE_MS = 10 * 60_000;
/** A group that is behind by less than arrives in so many seconds keeps up. */
const KEEPS_UP_SECONDS = 10;
/** Rates nearer to each other than this part count as equal. */
const EQUAL = 0.02;

export interface AskedGroup {
  readonly group: string;
  readonly state: string;
  readonly members: number;
  readonly lag: GroupLag;
  readonly evidence: Evidence;
  readonly nowMs: number;
}

/** Whether a group falls behind, keeps up or catches up, and when it would have caught up. */
export function judgeGroupLag({
  group,
  state,
  members,
  lag,
  evidence,
  nowMs,
}: AskedGroup): GroupReport {
  const rates = ratesOf(evidence, group, nowMs);
  const partitions = lag.partitions
    .map((each): PartitionLag => {
      const known = rates.get(keyOf(each.topic, String(each.partition)));
      const { topic, partition } = each;
      return { topic, partition, lag: each.lag, ...(known === undefined ? {} : { rates: known }) };
    })
    .toSorted((a, b) => b.lag - a.lag || order(a, b));
  const total = partitions.reduce((sum, each) => sum + each.lag, 0);
  const known = partitions.flatMap((each) => each.rates ?? []);
  const sum = known.length === 0 ? undefined : summed(known);
  const before = lagBefore(evidence, group, nowMs);
  return {
    group,
    state,
    members,
    total,
    outlook: outlookOf(total, sum),
    partitions,
    ...(sum === undefined ? {} : { rates: sum }),
    ...(before === undefined ? {} : { before: { lag: before, agoMs: BEFORE_MS } }),
  };
}

function order(a: PartitionLag, b: PartitionLag): number {
  if (a.topic !== b.topic) return a.topic < b.topic ? -1 : 1;
  return a.partition - b.partition;
}

function summed(rates: readonly Rates[]): Rates {
  return {
    read: rates.reduce((sum, { read }) => sum + read, 0),
    arrive: rates.reduce((sum, { arrive }) => sum + arrive, 0),
  };
}

/** Where this goes if nothing changes. */
export function outlookOf(lag: number, rates: Rates | undefined): Outlook {
  if (lag <= 0) return { kind: "caught-up" };
  if (rates === undefined) return { kind: "unknown" };
  const { read, arrive } = rates;
  if (read <= 0) return { kind: "stopped", arrive };
  if (lag <= arrive * KEEPS_UP_SECONDS) return { kind: "keeps-up" };
  const gain = read - arrive;
  if (Math.abs(gain) <= EQUAL * Math.max(read, arrive)) return { kind: "stays", rate: arrive };
  return gain > 0
    ? { kind: "catches-up", inMs: (lag / gain) * 1_000 }
    : { kind: "never", shortBy: -gain };
}

/**
 * Slopes through the samples there are. PromQL's rate() divides by its whole range however much of it
 * is filled, so that in the first minutes it shows a fraction of the speed.
 */
function ratesOf(evidence: Evidence, group: string, nowMs: number): Map<string, Rates> {
  for (const windowMs of WINDOWS_MS) {
    // Offsets jump at a restart: what is stored is opened anew, and commits begin again.
    if (startMs(evidence, nowMs) > nowMs - windowMs) return new Map();
    const of = (name: string): Map<string, number> =>
      slopesOf(name, { evidence, group, nowMs, windowMs });
    const read = of("group_committed_offset");
    const arrive = of("group_end_offset");
    if (read.size > 0) {
      return new Map(
        [...read].map(([key, value]) => [key, { read: value, arrive: arrive.get(key) ?? 0 }]),
      );
    }
  }
  return new Map();
}

interface Slope {
  readonly evidence: Evidence;
  readonly group: string;
  readonly nowMs: number;
  readonly windowMs: number;
}

/** By partition; only where the samples are far enough apart to tell a speed. */
function slopesOf(name: string, { evidence, group, nowMs, windowMs }: Slope): Map<string, number> {
  const series = `${name}{group=${promqlString(group)}}`;
  const olderMs = windowMs - APART_MS;
  const rows = evidence.at(
    `clamp_min(deriv(${series}[${windowMs}ms]), 0)
    and last_over_time(${series}[${olderMs}ms] offset ${APART_MS}ms)`,
    nowMs,
  );
  return new Map(
    rows.map(({ labels, value }) => [
      keyOf(labelValue(labels, "topic"), labelValue(labels, "partition")),
      value,
    ]),
  );
}

function startMs(evidence: Evidence, nowMs: number): number {
  return (evidence.at(`max(${PROCESS_START})`, nowMs)[0]?.value ?? 0) * 1_000;
}

function lagBefore(evidence: Evidence, group: string, nowMs: number): number | undefined {
  return evidence.at(
    `sum(last_over_time(group_lag{group=${promqlString(group)}}[2m]))`,
    nowMs - BEFORE_MS,
  )[0]?.value;
}

function keyOf(topic: string, partition: string): string {
  return JSON.stringify([topic, partition]);
}

export interface GroupInList {
  readonly group: string;
  readonly state: string;
  readonly members: number;
  /** Undefined when its lag was not asked yet. */
  readonly lag?: number;
}

/** All groups, those with most lag first, by the lag that was last seen: each is asked in its turn. */
export function groupsByLag(
  groups: readonly { group_id: string; state: string; member_count: number }[],
  evidence: Evidence,
  nowMs: number,
): GroupInList[] {
  const lags = new Map(
    evidence
      .at("sum by (group) (last_over_time(group_lag[10m]))", nowMs)
      .map(({ labels, value }) => [labelValue(labels, "group"), value]),
  );
  return groups
    .map(({ group_id: group, state, member_count: members }): GroupInList => {
      const lag = lags.get(group);
      return { group, state, members, ...(lag === undefined ? {} : { lag }) };
    })
    .toSorted((a, b) => (b.lag ?? -1) - (a.lag ?? -1) || (a.group < b.group ? -1 : 1));
}
