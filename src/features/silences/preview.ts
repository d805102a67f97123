/** What a silence would hide: now, by Alertmanager, and in the last days, by our notifications. */

import { alertName } from "../../alerts/alert.ts";
import {
  type HeldAlert,
  hiddenOf,
  hiding,
  type SilenceMatcher,
  unfitness,
} from "../../alerts/silence.ts";
import type { Labels } from "../../exposition/sample.ts";
import { DAY_MS } from "../../promql/duration.ts";
import type { Clock } from "../shared/ports.ts";
import { firstAnswer } from "./first-answer.ts";
import type { SilenceSubject } from "./form.ts";
import type { Alertmanagers, PastAlertReader, PastAlerts } from "./ports.ts";
import type { CountedName, HidesNow, HidPast, SilencePreview } from "./render-silence-preview.ts";

export interface PreviewPorts {
  readonly alertmanagers: Pick<Alertmanagers, "alerts">;
  readonly pastAlerts: PastAlertReader;
  readonly clock: Pick<Clock, "now">;
}

export interface PlannedSilence {
  readonly subject: SilenceSubject;
  readonly matchers: readonly SilenceMatcher[];
  /** Members of one cluster; none while it is to be chosen. */
  readonly addresses: readonly string[];
}

const DAYS = 7;
/** Every choice in the modal asks; the history of a week does not change so fast. */
const KEEP_MS = 60_000;

interface Previewed {
  readonly preview: SilencePreview;
  /** The Alertmanager that was asked. */
  readonly address?: string;
  /** Labels of what fires and is not what is to be silenced; unset when nobody could tell. */
  readonly others?: readonly Labels[];
}

export type Previews = (planned: PlannedSilence) => Promise<Previewed>;

/** Remembers the history for a moment, so that a choice in the modal reads it once only. */
export function createPreviews(ports: PreviewPorts): Previews {
  let known: { readonly at: number; readonly past: Promise<PastAlerts> } | undefined;
  const past = (): Promise<PastAlerts> => {
    const now = ports.clock.now();
    if (known !== undefined && now - known.at < KEEP_MS) return known.past;
    const read = ports.pastAlerts.since(now - DAYS * DAY_MS);
    known = { at: now, past: read };
    read.catch(() => {
      known = undefined;
    });
    return read;
  };
  return async ({ subject, matchers, addresses }) => {
    const unfit = unfitness(matchers);
    const [asked, history] = await Promise.all([
      addresses.length === 0
        ? UNASKED
        : hidesNow(ports.alertmanagers, { subject, matchers, addresses }),
      past(),
    ]);
    const { now, ...rest } = asked;
    return {
      preview: {
        ...(unfit === undefined ? {} : { unfit }),
        now,
        past: hidPast(history, matchers),
        subject: subject.id.kind,
      },
      ...rest,
    };
  };
}

const UNASKED = { now: { kind: "unasked" } } as const;

interface HiddenNow {
  readonly now: HidesNow;
  readonly address: string;
  readonly others?: readonly Labels[];
}

/** Asks for all that fires; where that is too much, for what would be hidden. */
export async function hidesNow(
  alertmanagers: Pick<Alertmanagers, "alerts">,
  { subject, matchers, addresses }: PlannedSilence,
): Promise<HiddenNow> {
  const { address, result: all } = await firstAnswer(addresses, (each) =>
    alertmanagers.alerts(each, []),
  );
  const failed = (problem: string) => ({ now: { kind: "failed", problem }, address }) as const;
  if (all.kind === "failed" && !all.isTooLarge) return failed(all.problem);
  const answer = all.kind === "answered" ? all : await alertmanagers.alerts(address, matchers);
  if (answer.kind === "failed") return failed(answer.problem);
  const judged = judge(answer.value, { subject, matchers });
  if (all.kind === "failed") return { now: { ...judged, isEverything: false }, address };
  const others = answer.value.filter((each) => !subject.includes(each)).map(({ labels }) => labels);
  return { now: { ...judged, total: answer.value.length }, address, others };
}

function judge(
  alerts: readonly HeldAlert[],
  { subject, matchers }: Pick<PlannedSilence, "subject" | "matchers">,
) {
  const { includes: isOfSubject } = subject;
  const { hidden, others } = hiddenOf(matchers, { alerts, isOfSubject });
  // What is silenced already is not seen anyway: it does not count as what would be left.
  const seen = alerts.filter(({ silencedBy }) => silencedBy.length === 0);
  const { isEverything } = hiddenOf(matchers, { alerts: seen, isOfSubject });
  return {
    kind: "answered",
    hidden: hidden.length,
    others: others.length,
    isEverything,
    names: countedNames(hidden),
  } as const;
}

function hidPast({ alerts, isComplete }: PastAlerts, matchers: readonly SilenceMatcher[]): HidPast {
  const hides = hiding(matchers);
  const hidden = alerts.filter(({ labels }) => hides(labels));
  return {
    days: DAYS,
    alerts: hidden.length,
    incidents: new Set(hidden.map(({ incidentId }) => incidentId)).size,
    names: countedNames(hidden),
    isComplete,
  };
}

/** The most frequent first. */
function countedNames(alerts: readonly { readonly labels: Labels }[]): CountedName[] {
  const counts = new Map<string, number>();
  for (const alert of alerts) {
    const name = alertName(alert);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, n]) => ({ name, count: n }))
    .toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
