/** What an Alertmanager's effective configuration sends where: the route tree, read as Alertmanager does. */

import { parseMatcher } from "../../alerts/parse-matcher.ts";
import { hiding } from "../../alerts/silence.ts";
import type { Labels } from "../../exposition/sample.ts";
import { HOUR_MS, parseDuration } from "../../promql/duration.ts";

export interface WebhookSettings {
  /** Newer versions show `<secret>` in its place. */
  readonly url?: string | undefined;
  readonly send_resolved?: boolean | undefined;
  readonly max_alerts?: number | undefined;
}

export interface ReceiverSettings {
  readonly name: string;
  readonly webhook_configs?: readonly WebhookSettings[] | undefined;
}

interface RouteSettings {
  readonly receiver?: string | undefined;
  readonly matchers?: readonly string[] | undefined;
  readonly match?: Labels | undefined;
  readonly match_re?: Labels | undefined;
  readonly continue?: boolean | undefined;
  readonly repeat_interval?: string | undefined;
  readonly group_interval?: string | undefined;
  readonly routes?: readonly RouteSettings[] | undefined;
}

export interface AlertmanagerSettings {
  readonly route: RouteSettings;
  readonly receivers: readonly ReceiverSettings[];
}

/** Where a set of labels is sent, and how often it is repeated there. */
export interface Destination {
  readonly receiver: string;
  readonly repeatMs: number;
  readonly groupIntervalMs: number;
}

/** Alertmanager's own defaults. */
const REPEAT_MS = 4 * HOUR_MS;
const GROUP_INTERVAL_MS = 5 * 60_000;

/** The routes that take these labels: the deepest that match, and further ones after `continue`. */
export function destinationsOf({ route }: AlertmanagerSettings, labels: Labels): Destination[] {
  const root = { receiver: "", repeatMs: REPEAT_MS, groupIntervalMs: GROUP_INTERVAL_MS };
  return walk(route, labels, root);
}

/** Every receiver that some route leads to, whatever the alert. */
export function routedReceivers({ route }: AlertmanagerSettings): ReadonlySet<string> {
  const all = (each: RouteSettings, inherited: string): string[] => {
    const own = each.receiver ?? inherited;
    return [own, ...(each.routes ?? []).flatMap((child) => all(child, own))];
  };
  return new Set(all(route, ""));
}

function walk(route: RouteSettings, labels: Labels, inherited: Destination): Destination[] {
  const own = {
    receiver: route.receiver ?? inherited.receiver,
    repeatMs: durationOf(route.repeat_interval) ?? inherited.repeatMs,
    groupIntervalMs: durationOf(route.group_interval) ?? inherited.groupIntervalMs,
  };
  const found: Destination[] = [];
  for (const child of route.routes ?? []) {
    if (!takes(child, labels)) continue;
    found.push(...walk(child, labels, own));
    if (child.continue !== true) break;
  }
  return found.length === 0 ? [own] : found;
}

function durationOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : parseDuration(text);
}

function takes(
  { matchers = [], match = {}, match_re = {} }: RouteSettings,
  labels: Labels,
): boolean {
  const written = matchers.map(parseMatcher);
  // What we cannot read we cannot follow: such a route is taken for one of other alerts.
  if (written.some(({ kind }) => kind === "problem")) return false;
  const all = [
    ...written.flatMap((each) => (each.kind === "matcher" ? [each.matcher] : [])),
    ...Object.entries(match).map(([name, value]) => ({
      name,
      value,
      isRegex: false,
      isEqual: true,
    })),
    ...Object.entries(match_re).map(([name, value]) => ({
      name,
      value,
      isRegex: true,
      isEqual: true,
    })),
  ];
  return hiding(all)(labels);
}
