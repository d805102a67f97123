/**
 * Which series of a Prometheus are a target's.
 *
 * The server's own carry the labels that its configuration names; one Prometheus may hold many servers.
 * The bot's own, from /metrics/targets, carry the target's name. Both get labels from the scrape, which the
 * checks know nothing of: they are found out on a series that has no other.
 */

import type { Labels } from "../../exposition/sample.ts";
import { createMatcher, type Matcher } from "../../history/matcher.ts";
import { NAME } from "../../history/metric.ts";
import { promqlString } from "../../promql/literals.ts";
import { scrapeLabels } from "../checks/own-series.ts";
import type { LineOverTime } from "../checks/picture.ts";
import { EXPORTED_PREFIX } from "../exported-series.ts";
import type { Target } from "../target.ts";

/** Where series lie, and what the scrape added to them. */
export interface SeriesPlace {
  readonly matchers: readonly Matcher[];
  readonly added: readonly string[];
}

export interface PrometheusPlace {
  /** What the server exports. */
  readonly server: SeriesPlace;
  /** What the bot exports of it. */
  readonly bot: SeriesPlace;
}

/** A series of each without labels of its own. */
const OF_SERVER = "streamline_uptime_seconds";
const OF_BOT = `${EXPORTED_PREFIX}last_poll_timestamp_seconds`;

/** What is asked to find the place. */
export function placeQueries(target: Target): { readonly server: string; readonly bot: string } {
  return {
    server: selector(OF_SERVER, serverMatchers(target)),
    bot: selector(OF_BOT, botMatchers(target)),
  };
}

interface Found {
  readonly server: readonly LineOverTime[];
  readonly bot: readonly LineOverTime[];
}

export type FoundPlace =
  | { readonly kind: "place"; readonly place: PrometheusPlace; readonly notes: readonly string[] }
  /** Several servers have these labels at once, and none is at the target's address. */
  | { readonly kind: "several"; readonly instances: readonly string[] };

/** The place, from what Prometheus answers to these queries. */
export function placeOf(target: Target, { server, bot }: Found): FoundPlace {
  const own = serverMatchers(target);
  const at = (matchers: readonly Matcher[], notes: readonly string[]): FoundPlace => ({
    kind: "place",
    place: {
      server: { matchers, added: addedBy(server, ["job", "instance", ...namesOf(target)]) },
      bot: { matchers: botMatchers(target), added: addedBy(bot, ["job", "instance"]) },
    },
    notes,
  });
  const instances = instancesAtOnce(server);
  if (instances.length <= 1) return at(own, []);
  const { instance = "" } = scrapeLabels(target);
  if (!instances.includes(instance)) return { kind: "several", instances };
  const note = `Prometheus has ${instances.length} servers with this target's labels: this is of ${instance}.`;
  return at([...own, createMatcher("instance", "=", instance)], [note]);
}

function serverMatchers({ labels }: Target): Matcher[] {
  return Object.entries(labels).map(([name, value]) => createMatcher(name, "=", value));
}

/** Bots of two places may call their targets alike; whoever typed an address knows no name. */
function botMatchers(target: Target): Matcher[] {
  const { instance = "" } = scrapeLabels(target);
  const server = createMatcher("server", "=", instance);
  const isNamed = target.name !== new URL(target.http).host;
  return isNamed ? [createMatcher("target", "=", target.name), server] : [server];
}

/** Matchers as PromQL has them: which of the server's own series are a target's, and which of the bot's. */
export function placeMatchers(
  target: Target,
): Readonly<Record<"server" | "bot", readonly string[]>> {
  return {
    server: serverMatchers(target).map(matcherText),
    bot: botMatchers(target).map(matcherText),
  };
}

function matcherText({ label, operator, value }: Matcher): string {
  return `${label}${operator}${promqlString(value)}`;
}

function namesOf({ labels }: Target): string[] {
  return Object.keys(labels);
}

function addedBy(lines: readonly LineOverTime[], usual: readonly string[]): string[] {
  const names = new Set([...usual, ...lines.flatMap(({ labels }) => Object.keys(labels))]);
  names.delete(NAME);
  return [...names].toSorted();
}

/** A server that came back under another address is one: what counts is how many there were at once. */
function instancesAtOnce(lines: readonly LineOverTime[]): string[] {
  const seen = new Map<number, Set<string>>();
  for (const { labels, points } of lines) {
    for (const { timeMs } of points) {
      const at = seen.get(timeMs) ?? new Set();
      seen.set(timeMs, at.add(instanceOf(labels)));
    }
  }
  const most = [...seen.values()].toSorted((a, b) => b.size - a.size)[0];
  return [...(most ?? [])].toSorted();
}

function instanceOf({ instance = "" }: Labels): string {
  return instance;
}

function selector(name: string, matchers: readonly Matcher[]): string {
  const conditions = matchers.map(matcherText);
  return conditions.length === 0 ? name : `${name}{${conditions.join(",")}}`;
}
