/**
 * The addresses that an alert carries -> links that say where they lead.
 *
 * Anybody who can write a rule chooses them, so only http(s) without credentials is shown, and the
 * text of a link names its host.
 */

import type { Alert } from "./alert.ts";

export type AlertLinkKind = "runbook" | "dashboard" | "query" | "panel" | "silence" | "image";

export interface AlertLink {
  readonly kind: AlertLinkKind;
  readonly url: string;
  /** Of the address, as the browser will ask for it: letters of other scripts in Punycode. */
  readonly host: string;
}

/** Longer ones Slack refuses. */
const LONGEST = 2_000;

type Linked = Pick<Alert, "annotations" | "addresses">;

/** The runbook first, each address once. */
export function alertLinks(alert: Linked): readonly AlertLink[] {
  const { annotations, addresses = {} } = alert;
  const candidates: readonly (readonly [AlertLinkKind, string])[] = [
    ...annotated(annotations, RUNBOOKS).map((url) => ["runbook", url] as const),
    ...annotated(annotations, DASHBOARDS).map((url) => ["dashboard", url] as const),
    ["dashboard", addresses.dashboard ?? ""],
    // Grafana sends one only of a panel, which it shows.
    ["image", addresses.image ?? ""],
    ["panel", addresses.panel ?? ""],
    ["query", addresses.generator ?? ""],
    ["silence", addresses.silence ?? ""],
  ];
  const links = candidates.flatMap(([kind, address]) => linkOfAddress(kind, address));
  return [...new Map(links.toReversed().map((link) => [link.url, link])).values()].toReversed();
}

/** Names of annotations, best first, without what teams write in different ways: `runbookURL`, `runbook-url`. */
const RUNBOOKS = ["runbookurl", "runbook", "runbooklink", "playbookurl", "playbook"];
const DASHBOARDS = ["dashboardurl", "dashboard", "dashboardlink", "grafanaurl"];

/** The values of annotations of these names. */
function annotated(annotations: Linked["annotations"], names: readonly string[]): string[] {
  const found = Object.entries(annotations).flatMap(([name, value]) => {
    const place = names.indexOf(name.toLowerCase().replace(/[_-]/g, ""));
    return place === -1 ? [] : [{ place, value }];
  });
  return found.toSorted((a, b) => a.place - b.place).map(({ value }) => value);
}

/** The runbook that the alert itself names. */
export function ownRunbook(alert: Linked): AlertLink | undefined {
  return alertLinks(alert).find(({ kind }) => kind === "runbook");
}

/**
 * The alerts with the addresses of dashboards that their rules name by a path alone, such as
 * `/d/streamline-bot`: where Grafana is, only the configuration knows.
 */
export function withDashboards<Each extends Linked>(
  alerts: readonly Each[],
  grafana: string | undefined,
): readonly Each[] {
  if (grafana === undefined) return alerts;
  return alerts.map((alert) => {
    const { annotations, addresses = {} } = alert;
    const path = annotated(annotations, DASHBOARDS).find((each) => /^\/(?!\/)/.test(each));
    if (path === undefined || addresses.dashboard !== undefined) return alert;
    return { ...alert, addresses: { ...addresses, dashboard: `${grafana}${path}` } };
  });
}

function linkOfAddress(kind: AlertLinkKind, address: string): AlertLink[] {
  const trimmed = address.trim();
  if (trimmed.length > LONGEST || !/^https?:\/\//i.test(trimmed) || !URL.canParse(trimmed)) {
    return [];
  }
  const url = new URL(trimmed);
  // "https://good.example@evil.example/" leads to the second.
  if (url.username !== "" || url.password !== "" || url.host === "") return [];
  return [{ kind, url: url.href, host: url.host }];
}
