/** What a silence would hide: now, by Alertmanager, and in the last days, by our notifications. */

import { alertName } from "../../alerts/alert.ts";
import { hiddenOf, hiding, type SilenceMatcher, unfitness } from "../../alerts/silence.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { Clock } from "../shared/ports.ts";
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
  /** Undefined while it is to be chosen. */
  readonly address: string | undefined;
}

const DAYS = 7;
const DAY_MS = 86_400_000;
/** Every choice in the modal asks; the history of a week does not change so fast. */
const KEEP_MS = 60_000;

export type Previews = (planned: PlannedSilence) => Promise<SilencePreview>;

/** Remembers the history for a moment, so that a choice in the modal costs one look at it only. */
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
  return async ({ subject, matchers, address }) => {
    const unfit = unfitness(matchers);
    const [now, history] = await Promise.all([
      address === undefined || unfit !== undefined
        ? ({ kind: "unasked" } as const)
        : hidesNow(ports.alertmanagers, { subject, matchers, address }),
      past(),
    ]);
    return {
      ...(unfit === undefined ? {} : { unfit }),
      now,
      past: hidPast(history, matchers),
      subject: subject.id.kind,
    };
  };
}

/** Asks for all that fires; where that is too much, for what would be hidden. */
export async function hidesNow(
  alertmanagers: Pick<Alertmanagers, "alerts">,
  { subject, matchers, address }: PlannedSilence & { readonly address: string },
): Promise<HidesNow> {
  const all = await alertmanagers.alerts(address, []);
  if (all.kind === "failed" && !all.isTooLarge) return { kind: "failed", problem: all.problem };
  const told = all.kind === "told" ? all : await alertmanagers.alerts(address, matchers);
  if (told.kind === "failed") return { kind: "failed", problem: told.problem };
  const { includes: isOfSubject } = subject;
  const { hidden, others } = hiddenOf(matchers, { alerts: told.value, isOfSubject });
  // What is silenced already is not seen anyway: it does not count as what would be left.
  const seen = told.value.filter(({ silencedBy }) => silencedBy.length === 0);
  const { isEverything } = hiddenOf(matchers, { alerts: seen, isOfSubject });
  return {
    kind: "told",
    hidden: hidden.length,
    others: others.length,
    ...(all.kind === "told" ? { total: told.value.length, isEverything } : { isEverything: false }),
    names: countedNames(hidden),
  };
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
