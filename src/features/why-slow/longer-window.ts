/**
 * "Why was it slow?" over more than the hour that the bot keeps: the same checks, evaluated by the target's
 * Prometheus, bounded in queries, points and time.
 */

import { count } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Check } from "../../diagnosis/checks/check.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { Moments } from "../../diagnosis/checks/picture.ts";
import {
  type CheckOverTime,
  checkOverTime,
  diagnoseWindow,
  LEAST_MOMENTS,
  type WindowQuestion,
} from "../../diagnosis/long-window/diagnose-window.ts";
import { fetchedEvidence } from "../../diagnosis/long-window/fetched-evidence.ts";
import {
  type PrometheusPlace,
  placeOf,
  placeQueries,
} from "../../diagnosis/long-window/prometheus-place.ts";
import type { Target } from "../../diagnosis/target.ts";
import { DAY_MS, HOUR_MS } from "../../promql/duration.ts";
import type { PrometheusSource } from "../targets/chart-source.ts";
import {
  type LongerQuestion,
  type LongerWindowPorts,
  PATIENCE_MS,
  type PlacedQuestion,
  problemOf,
  startFetching,
} from "./window-fetching.ts";

/** Longer, and one moment would stand for hours: the checks watch minutes. */
export const LONGEST_WINDOW_MS = 7 * DAY_MS;

/** The shortest window of a check: evaluated so often, nothing that a check would see is missed. */
const SHORTEST_STEP_MS = 60_000;
/** A shorter one has too few moments to rule anything out. */
export const SHORTEST_WINDOW_MS = LEAST_MOMENTS * SHORTEST_STEP_MS;

/** Moments of a window that are checked: 12 hours are seen minute by minute, a week every 14 minutes. */
const MOST_MOMENTS = 720;
/** Checks compare with the hour before. */
const LEAD_MS = HOUR_MS;

export type LongerAnswer =
  | {
      readonly kind: "diagnosis";
      readonly diagnosis: Diagnosis;
      readonly notes: readonly string[];
      /** How many queries it took. */
      readonly queries: number;
    }
  /** Nothing of the target can be had from it; why is a sentence. */
  | { readonly kind: "no-evidence"; readonly why: string };

/** Never throws for what Prometheus does. */
export async function longerWindow(
  { prometheus, clock }: LongerWindowPorts,
  question: LongerQuestion,
): Promise<LongerAnswer> {
  const { target, windowMs } = question;
  const moments = momentsOf(clock.now(), windowMs);
  const found = await findPlace(prometheus, target, moments);
  if (found.kind !== "place") return { kind: "no-evidence", why: found.why };
  const asking = { ...question, place: found.place, moments };
  const { diagnosis, queries, lacksTime } = await diagnoseFetching({ prometheus, clock }, asking);
  const notes = [
    ...found.notes,
    ...(moments.stepMs > SHORTEST_STEP_MS ? [coarse(moments.stepMs)] : []),
    ...(lacksTime ? [SLOW] : []),
  ];
  return { kind: "diagnosis", diagnosis, notes, queries };
}

const SLOW = `Prometheus was too slow: what it did not answer within ${duration(PATIENCE_MS)} is not checked.`;

function coarse(stepMs: number): string {
  return `This window is long, so it was checked only every ${duration(stepMs)}: shorter problems may be missing. Ask for 12 hours or less to check every minute.`;
}

/** The window, and before it the time that the checks look back to. Whole seconds come back as sent. */
function momentsOf(nowMs: number, windowMs: number): Moments {
  const endMs = Math.floor(nowMs / 1_000) * 1_000;
  const evenMs = Math.ceil(windowMs / MOST_MOMENTS / 60_000) * 60_000;
  const stepMs = Math.max(SHORTEST_STEP_MS, evenMs);
  const moments = Math.ceil((windowMs + LEAD_MS) / stepMs);
  return { startMs: endMs - moments * stepMs, endMs, stepMs };
}

type PlaceInPrometheus =
  | {
      readonly kind: "place";
      readonly place: PrometheusPlace;
      readonly notes: readonly string[];
    }
  | { readonly kind: "none"; readonly why: string };

async function findPlace(
  prometheus: PrometheusSource,
  target: Target,
  moments: Moments,
): Promise<PlaceInPrometheus> {
  const queries = placeQueries(target);
  const server = await prometheus.range(target, queries.server, moments);
  if (server.kind !== "lines") return none(`${target.prometheus} ${problemOf(server)}`);
  const bot = await prometheus.range(target, queries.bot, moments);
  if (bot.kind !== "lines") return none(`${target.prometheus} ${problemOf(bot)}`);
  if (server.lines.length === 0 && bot.lines.length === 0) return none(absent(target, queries));
  const found = placeOf(target, { server: server.lines, bot: bot.lines });
  if (found.kind === "several") return none(several(target, found.instances));
  const half = bot.lines.length === 0 ? [NO_BOT_SERIES] : [];
  return { ...found, notes: [...found.notes, ...half] };
}

const NO_BOT_SERIES =
  "Prometheus does not scrape the bot's own series of this target (/metrics/targets), so probes, lag and logs are not checked.";

function none(why: string): PlaceInPrometheus {
  return { kind: "none", why };
}

function absent({ prometheus }: Target, { server, bot }: { server: string; bot: string }): string {
  return `${prometheus} has no series of it in this time: neither ${server} nor ${bot}. Compare \`labels\` of this target with those in Prometheus (docs/configuration.md).`;
}

/** Names that a sentence can hold. */
const NAMED = 3;

function several({ http, prometheus }: Target, instances: readonly string[]): string {
  const names = instances.slice(0, NAMED).join(", ");
  const more = instances.length > NAMED ? ", …" : "";
  return `${prometheus} has ${instances.length} servers with this target's labels (${names}${more}), and none of them is ${new URL(http).host}. Set \`instance\` under \`labels\` of this target (in a terminal: --label instance=HOST:PORT).`;
}

interface DiagnosedWindow {
  readonly diagnosis: Diagnosis;
  readonly queries: number;
  readonly lacksTime: boolean;
}

/** Diagnoses, fetches what that lacked, and again, until nothing is lacking. */
async function diagnoseFetching(
  ports: LongerWindowPorts,
  asking: PlacedQuestion,
): Promise<DiagnosedWindow> {
  const { target, checks, scope, windowMs, moments } = asking;
  const atMoments = new Set(checks.flatMap(({ values }) => Object.values(values)));
  const evidence = fetchedEvidence({ moments, atMoments });
  const question = { evidence, scope, windowMs, source: target.prometheus ?? "" };
  const complete = new Map<Check, CheckOverTime>();
  const fetching = startFetching(ports, asking);
  try {
    for (;;) {
      const all = await judgeAll(ports, { checks, question, complete });
      const diagnosis = diagnoseWindow(all, question);
      const wanted = evidence.wanted();
      if (wanted.length === 0) return { diagnosis, ...fetching.state() };
      await fetching.into(evidence, wanted);
    }
  } finally {
    fetching.stop();
  }
}

interface Judging {
  readonly checks: readonly Check[];
  readonly question: WindowQuestion;
  /** What lacked nothing stays as it is. */
  readonly complete: Map<Check, CheckOverTime>;
}

/** Check by check, so that the event loop goes on in between. */
async function judgeAll(
  { clock }: Pick<LongerWindowPorts, "clock">,
  { checks, question, complete }: Judging,
): Promise<CheckOverTime[]> {
  const all: CheckOverTime[] = [];
  for (const check of checks) {
    const before = question.evidence.misses();
    const known = complete.get(check);
    const seen = known ?? checkOverTime(check, question);
    all.push(seen);
    if (known !== undefined) continue;
    if (question.evidence.misses() === before) complete.set(check, seen);
    await clock.sleep(0);
  }
  return all;
}

/** What was asked of it, for whoever waits. */
export function queriesText(queries: number): string {
  return count(queries, "query", "queries");
}
