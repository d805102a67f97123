/** What tells an alert from the others of its incident: the labels in which they differ. */

import { type Alert, alertName } from "../alerts/alert.ts";

/** Labels named of one alert. */
const NAMED_LABELS = 3;
/** Told where nothing differs: what people know an alert by. */
const KNOWN_BY = ["instance", "topic", "group"];

/** Values that say by themselves of what label they are. */
const BARE = new Set(["instance", "severity"]);

/** Alerts compared; in a storm of thousands the first ones show what differs. */
const COMPARED = 500;

export interface NamedAlert {
  readonly name: string;
  /** "group=b", or a severity alone: "critical". */
  readonly details: readonly string[];
}

/** A namer for the alerts of one incident, firing or over. */
export function alertNamer(
  alerts: readonly Pick<Alert, "labels">[],
): (alert: Pick<Alert, "labels">) => NamedAlert {
  const differing = new Map<string, readonly string[]>();
  return (alert) => {
    const name = alertName(alert);
    const labels = differing.get(name) ?? differingLabels(alerts, name);
    differing.set(name, labels);
    return { name, details: detailsOf(alert, labels) };
  };
}

/** The severity last: it says how bad, and not which. */
function differingLabels(alerts: readonly Pick<Alert, "labels">[], name: string): string[] {
  const same = alerts.filter((alert) => alertName(alert) === name).slice(0, COMPARED);
  const all = new Set(same.flatMap(({ labels }) => Object.keys(labels)));
  return [...all]
    .filter((label) => new Set(same.map(({ labels }) => labels[label])).size > 1)
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(label: string): number {
  if (label === "severity") return KNOWN_BY.length + 1;
  const index = KNOWN_BY.indexOf(label);
  return index === -1 ? KNOWN_BY.length : index;
}

function detailsOf({ labels }: Pick<Alert, "labels">, differing: readonly string[]): string[] {
  const telling = differing.filter((label) => labels[label] !== undefined);
  if (telling.length > 0) {
    return telling
      .slice(0, NAMED_LABELS)
      .map((label) => (BARE.has(label) ? (labels[label] ?? "") : `${label}=${labels[label]}`));
  }
  const known = KNOWN_BY.find((label) => labels[label] !== undefined);
  return known === undefined ? [] : [labels[known] ?? ""];
}
