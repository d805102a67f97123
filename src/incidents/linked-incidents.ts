/**
 * An address that somebody wrote -> the incidents it speaks of: a rule's query in Prometheus, an alert's
 * runbook, or a list of Alertmanager with a filter.
 */

import { type AlertLinkKind, alertLinks } from "../alerts/alert-links.ts";
import { parseMatcher } from "../alerts/parse-matcher.ts";
import { hiding, type SilenceMatcher, unfitness } from "../alerts/silence.ts";
import type { Incident } from "./incident.ts";

/** Addresses that belong to one alert; a dashboard is many alerts' at once. */
const OF_ONE_ALERT: ReadonlySet<AlertLinkKind> = new Set(["runbook", "query", "panel", "silence"]);

/** Longer ones Slack does not post. */
const LONGEST = 3_000;
const MOST_MATCHERS = 20;

/** In the given order; none for an address that says nothing of any alert. */
export function incidentsOfLink(address: string, incidents: readonly Incident[]): Incident[] {
  if (address.length > LONGEST || !/^https?:\/\//i.test(address) || !URL.canParse(address)) {
    return [];
  }
  const url = new URL(address);
  const own = incidents.filter((incident) => isOfAlert(url, incident));
  return own.length > 0 ? own : ofAlertmanager(url, incidents);
}

function isOfAlert(url: URL, { alerts }: Incident): boolean {
  return alerts.some((alert) =>
    alertLinks(alert).some((link) => {
      if (!OF_ONE_ALERT.has(link.kind)) return false;
      return link.url === url.href || (link.kind === "runbook" && pageOf(link.url) === pageOf(url));
    }),
  );
}

/** A runbook is one page, to whichever of its headings a link leads. */
function pageOf(address: string | URL): string {
  const url = new URL(address);
  url.hash = "";
  return url.href;
}

/** What the filter of Alertmanager's page shows of what that Alertmanager reported. */
function ofAlertmanager(url: URL, incidents: readonly Incident[]): Incident[] {
  const matchers = filterOf(url);
  if (matchers === undefined) return [];
  const isShown = hiding(matchers);
  return incidents.filter(
    ({ alerts, externalUrl }) =>
      isBelow(url, externalUrl) && alerts.some(({ labels }) => isShown(labels)),
  );
}

/** The address of the page that it stands on, as its webhooks name it. */
function isBelow(url: URL, externalUrl: string): boolean {
  if (!URL.canParse(externalUrl)) return false;
  const page = new URL(externalUrl);
  const path = page.pathname.replace(/(?<!\/)\/+$/, "");
  return (
    url.origin === page.origin && (url.pathname === path || url.pathname.startsWith(`${path}/`))
  );
}

/**
 * `#/alerts?filter={alertname="DiskFull",job=~"a|b"}`, as Alertmanager writes it (ui/app, Views/AlertList);
 * undefined without one, and for one that takes everything.
 */
function filterOf({ hash }: URL): readonly SilenceMatcher[] | undefined {
  const question = hash.indexOf("?");
  if (question === -1) return undefined;
  const filter = new URLSearchParams(hash.slice(question + 1)).get("filter") ?? "";
  const inside = filter.trim().replace(/^\{|\}$/g, "");
  const parts = inside.match(/(?:"(?:[^"\\]|\\.)*"|[^",])+/g) ?? [];
  if (parts.length > MOST_MATCHERS) return undefined;
  const read = parts.filter((part) => part.trim() !== "").map(parseMatcher);
  const matchers = read.flatMap((each) => (each.kind === "matcher" ? [each.matcher] : []));
  return matchers.length < read.length || unfitness(matchers) !== undefined ? undefined : matchers;
}
