/** What only Grafana sends (its documentation, "Alerting", "Configure webhook notifications"). */

import type { Alert, Notification } from "./alert.ts";
import { isJsonObject, type JsonObject, textOf } from "./read-labels.ts";

/** Fields of its alerts that no Alertmanager writes; a payload of a team's own may have nothing else. */
const OWN_FIELDS = ["silenceURL", "valueString", "panelURL", "dashboardURL"];

/** Its bodies have a state beside the status, and an organisation or a title. */
export function isGrafana(body: JsonObject, alerts: readonly unknown[]): boolean {
  if ("state" in body && ("orgId" in body || "title" in body)) return true;
  const [first] = alerts;
  return isJsonObject(first) && OWN_FIELDS.filter((name) => name in first).length > 1;
}

/** Organisations of one Grafana have rules, policies and so group keys of their own; 1 is the first one's. */
export function organisationOf(body: JsonObject, alerts: readonly unknown[]): string {
  const [first] = alerts;
  const given = body["orgId"] ?? (isJsonObject(first) ? first["orgId"] : undefined);
  const id = textOf(given);
  return /^\d{1,15}$/.test(id) && Number(id) > 1 ? id : "";
}

/**
 * The keys of notifications that the Test button of a contact point sends, each with the moment at
 * which it was pressed: "webhook-57c6d9296de2ad39-1782478380", and before version 10
 * `{alertname="TestAlert", instance="Grafana"}2022-08-31 05:54:04 …`.
 */
const TEST_KEY = /-[0-9a-f]{16}-\d{9,11}$|\}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/;

/** Whether somebody tries whether notifications arrive: no rule fires, and nobody reports an end. */
export function isTest({ groupKey, alerts }: Pick<Notification, "groupKey" | "alerts">): boolean {
  return (
    TEST_KEY.test(groupKey) ||
    alerts.every(
      ({ labels }) => labels["alertname"] === "TestAlert" && labels["instance"] === "Grafana",
    )
  );
}

/** Values kept of one alert. */
const MOST_VALUES = 10;
/** Characters read of the older form. */
const LONGEST_STRING = 10_000;

/** `values`, or the same in the older `valueString`: "[ var='A' metric='m' labels={} value=0 ]". */
export function measuredValues(raw: JsonObject): Pick<Alert, "values"> {
  if (raw["values"] === undefined && raw["valueString"] === undefined) return {};
  const given = isJsonObject(raw["values"])
    ? Object.entries(raw["values"]).map(([name, value]) => [name, textOf(value)] as const)
    : [];
  const pairs = given.length > 0 ? given : writtenValues(textOf(raw["valueString"]));
  const named = pairs.filter(([name, value]) => name !== "__proto__" && !NO_VALUE.has(value));
  return named.length === 0 ? {} : { values: Object.fromEntries(named.slice(0, MOST_VALUES)) };
}

const NO_VALUE: ReadonlySet<string> = new Set(["", "null", "<nil>"]);

/** A query without a name is known by its metric, or is the only one. */
function writtenValues(text: string): (readonly [string, string])[] {
  return text
    .slice(0, LONGEST_STRING)
    .split("], [")
    .map((part) => {
      const name = /var='([^']+)'/.exec(part)?.[1] ?? /metric='([^']+)'/.exec(part)?.[1] ?? "value";
      // It comes last, after labels that may hold anything.
      const value = part.slice(Math.max(0, part.lastIndexOf(" value=")));
      return [name, /^ value=(\S+)/.exec(value)?.[1] ?? ""] as const;
    });
}
