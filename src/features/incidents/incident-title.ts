/** An incident in a few words, wherever it is named: how bad, what, where. */

import { type Alert, alertName, NO_ALERTNAME, ruleName } from "../../alerts/alert.ts";
import { line, listed } from "../../block-kit/text.ts";
import type { Incident } from "../../incidents/incident.ts";
import { quietOf } from "../../incidents/quiet.ts";
import { severityOf } from "../../incidents/severity.ts";
import { shownAlerts } from "./alert-lines.ts";
import { quietWord } from "./quiet-words.ts";
import { severityWordsOf } from "./severity-words.ts";

/** Characters of a name where several share a line. */
export const NAME_SHOWN = 60;

/** "🔴 CRITICAL StreamlineDown · orders-prod": colour and word, never colour alone. */
export function titleOf(incident: Incident, nowMs: number): string {
  const { target } = incident;
  const what = `${namesOf(incident)}${target === undefined ? "" : ` · ${line(target, NAME_SHOWN)}`}`;
  if (incident.status === "resolved") {
    return isRegrouped(incident) ? `➡️ MOVED ${what}` : `✅ RESOLVED ${what}`;
  }
  const { mark, word } = severityWords(incident);
  if (incident.testUntil !== undefined) return `🧪 TEST (${word}) ${what}`;
  const quiet = quietOf(incident, nowMs);
  if (quiet !== undefined) return `🔕 ${quietWord(quiet)} (${word}) ${what}`;
  return `${mark} ${word} ${what}${incident.acknowledged === undefined ? "" : ", acknowledged"}`;
}

/** It did not end: Alertmanager groups its alerts in another way, and they go on there. */
export function isRegrouped({ closing }: Incident): boolean {
  return closing?.kind === "regrouped";
}

/** Colour and word for how bad it is: never colour alone. */
export function severityWords(incident: Pick<Incident, "alerts">): { mark: string; word: string } {
  return severityWordsOf(severityOf(incident));
}

/** The alerts' names in a few words. */
export function namesOf(incident: Pick<Incident, "alerts">): string {
  const names = [...new Set(shownAlerts(incident).map(shownName))];
  return listed(names, { most: 3, textOf: (name) => line(name, NAME_SHOWN) });
}

/** Labels that stand for the name of an alert that has none. */
const NAMING_LABELS = 3;

/** What an alert without a name is known by; its severity stands beside it. */
function namingLabels({ labels }: Pick<Alert, "labels">): string {
  return Object.keys(labels)
    .filter((name) => name !== "severity" && name !== "alertname")
    .toSorted()
    .slice(0, NAMING_LABELS)
    .map((name) => `${name}=${labels[name]}`)
    .join(" ");
}

/** The name, and of what, where the sender fires another one in place of the rule. */
function shownName(alert: Pick<Alert, "labels">): string {
  const [name, rule] = [alertName(alert), ruleName(alert)];
  if (name === NO_ALERTNAME) return namingLabels(alert) || name;
  return name === rule ? name : `${name} of ${rule}`;
}
