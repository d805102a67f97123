/**
 * An incident's story as Markdown, for the post-mortem.
 *
 * It ends up in wikis and issue trackers, where strangers' text could mention people, link, or bring
 * in HTML. So whatever is not ours stands in a code span, in which Markdown knows no markup
 * (CommonMark 0.31, 6.1).
 */

import type { Alert } from "../../alerts/alert.ts";
import { type AlertLinkKind, alertLinks } from "../../alerts/alert-links.ts";
import { count, line, listed } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import { ASKED } from "../../incidents/change.ts";
import type { Incident } from "../../incidents/incident.ts";
import { severityOf } from "../../incidents/severity.ts";
import { namesWithCounts, type Story, type StoryEntry } from "../../incidents/story.ts";
import { namesOf } from "../incidents/render-incident.ts";

/** A person's name by their id, as far as it is known. */
type NameOf = (id: string) => string;

export interface MarkdownOptions {
  readonly nameOf: NameOf;
  /** Why what was said in the thread is missing, if it is. */
  readonly unread?: string;
  /** The address of its message in Slack, where it is known. */
  readonly message?: string;
}

/** Entries of one story; a storm of thousands of changes is cut in the middle. */
const MOST_ENTRIES = 1_000;
const MOST_ALERTS = 50;

export function timelineMarkdown(story: Story, options: MarkdownOptions): string {
  const { incident, entries } = story;
  const { head, left, tail } = cutInMiddle(entries);
  return [
    `# Incident: ${inCode(namesOf(incident))}`,
    "",
    ...factsOf(story, options.nameOf),
    "",
    "## Timeline (UTC, when the bot learned of it)",
    "",
    ...head.map((entry) => `- ${timeText(entry.at)} ${entryText(entry, options)}`),
    ...(left > 0 ? [`- … ${count(left, "entry", "entries")} left out …`] : []),
    ...tail.map((entry) => `- ${timeText(entry.at)} ${entryText(entry, options)}`),
    ...(entries.length === 0 ? ["- No entries."] : []),
    "",
    ...(options.unread === undefined
      ? []
      : [`The thread's messages could not be read: ${inCode(options.unread)}`, ""]),
    "## Alerts",
    "",
    ...alertLines(incident),
    "",
    ...linksPart(incident, options.message),
  ].join("\n");
}

function factsOf({ incident, episodes, entries }: Story, nameOf: NameOf): string[] {
  const { target, resolvedAt } = incident;
  const fired = Math.min(
    incident.openedAt,
    ...incident.firedAt,
    ...episodes.map((each) => each.startedAt),
  );
  return [
    `- Incident: ${inCode(incident.id)}`,
    `- Severity: ${inCode(severityOf(incident))}`,
    ...(target === undefined ? [] : [`- Target: ${inCode(target)}`]),
    `- Fired: ${timeText(fired)}`,
    ...(resolvedAt === undefined
      ? ["- Resolved: not yet"]
      : [`- Resolved: ${timeText(resolvedAt)}`]),
    ...timesOf(
      "acknowledge",
      episodes.flatMap((each) => each.acknowledgedAfter ?? []),
      episodes.length,
    ),
    ...timesOf(
      "resolve",
      episodes.flatMap((each) => each.resolvedAfter ?? []),
      episodes.length,
    ),
    ...(episodes.length < 2 ? [] : episodeLines(episodes)),
    ...causeLines(entries),
    ...endLines(entries, nameOf),
  ];
}

const MOST_CAUSES = 5;

/** What a reader looks for first: why it happened, as far as the bot found it, and what ended it. */
function causeLines(entries: readonly StoryEntry[]): string[] {
  const causes = entries.filter((entry) => entry.kind === "diagnosed");
  return causes
    .slice(0, MOST_CAUSES)
    .map(
      ({ title, at }) =>
        `- Cause, by the bot's diagnosis: ${inCode(title)}, from ${timeText(at)} on`,
    );
}

const ENDS: ReadonlySet<unknown> = new Set(["cleared", "other", "itself"]);

function endLines(entries: readonly StoryEntry[], nameOf: NameOf): string[] {
  return entries
    .filter((entry) => entry.kind === "did")
    .filter(({ action, detail }) => action === "feedback" && ENDS.has(detail["verdict"]))
    .map((entry) => `- What ended it: ${feedbackText(entry, nameOf).replaceAll("**", "")}`);
}

/** The time of the only episode, or the mean over all that have one. */
function timesOf(what: "acknowledge" | "resolve", times: readonly number[], of: number): string[] {
  const mean = times.reduce((sum, each) => sum + each, 0) / times.length;
  if (times.length === 0) {
    return what === "acknowledge" ? ["- Time to acknowledge: nobody acknowledged it"] : [];
  }
  return of === 1
    ? [`- Time to ${what}: ${duration(mean)}`]
    : [`- Mean time to ${what}: ${duration(mean)} (${times.length} of ${of} episodes)`];
}

function episodeLines(episodes: Story["episodes"]): string[] {
  return [
    `- Fired again: ${count(episodes.length - 1, "time")}`,
    ...episodes.map(({ startedAt, acknowledgedAfter, resolvedAfter }) => {
      const acknowledged =
        acknowledgedAfter === undefined
          ? "not acknowledged"
          : `acknowledged after ${duration(acknowledgedAfter)}`;
      const over =
        resolvedAfter === undefined ? "still firing" : `resolved after ${duration(resolvedAfter)}`;
      return `  - ${timeText(startedAt)}: ${acknowledged}, ${over}`;
    }),
  ];
}

const MOST_LINKS = 20;

/** Where to read on: in Slack, in Alertmanager, and where the alerts say. Anybody may have chosen them. */
function linksPart({ alerts, externalUrl }: Incident, message: string | undefined): string[] {
  const ofAlerts = alerts.flatMap((alert) =>
    alertLinks(alert).map(({ kind, url }) => [LINKED[kind], url] as const),
  );
  const all = [["Slack", message ?? ""], ["Source", externalUrl], ...ofAlerts] as const;
  const links = new Map(all.flatMap(([title, url]) => (url === "" ? [] : [[url, title] as const])));
  if (links.size === 0) return [];
  const shown = [...links].slice(0, MOST_LINKS);
  return ["## Links", "", ...shown.map(([url, title]) => `- ${title}: ${inCode(url, 2_000)}`), ""];
}

const LINKED: Readonly<Record<AlertLinkKind, string>> = {
  runbook: "Runbook",
  dashboard: "Dashboard",
  query: "Query",
  panel: "Panel",
  silence: "Silence",
  image: "Image",
};

function cutInMiddle(entries: readonly StoryEntry[]): {
  head: readonly StoryEntry[];
  left: number;
  tail: readonly StoryEntry[];
} {
  const left = entries.length - MOST_ENTRIES;
  if (left <= 0) return { head: entries, left: 0, tail: [] };
  const half = MOST_ENTRIES / 2;
  return { head: entries.slice(0, half), left, tail: entries.slice(-half) };
}

/** Beyond the year 275760 a time is none, and a silence may be made until any. */
const LATEST_MS = 8.64e15;

function timeText(ms: number): string {
  if (!(Math.abs(ms) <= LATEST_MS)) return "(no date)";
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

function entryText(entry: StoryEntry, { nameOf }: MarkdownOptions): string {
  switch (entry.kind) {
    case "fired":
      return `**${entry.again ? "fired again" : "fired"}**: ${alertsText(entry.alerts)}`;
    case "changed":
      return `**changed**: ${changeText(entry)}`;
    case "resolved":
      return "**resolved**";
    case "did":
      if (entry.action === "feedback") return feedbackText(entry, nameOf);
      if (entry.action === ASKED) {
        return `**asked** by ${inCode(nameOf(entry.who))}: ${inCode(commandOf(entry), 300)}`;
      }
      return `**${doneText(entry.action)}** by ${inCode(nameOf(entry.who))}${detailText(entry)}`;
    case "diagnosed":
      return `**cause began**, by the bot's diagnosis: ${inCode(entry.title)}`;
    case "wrote":
      return `${inCode(nameOf(entry.by))} wrote: ${inCode(entry.text, 600)}`;
  }
}

function commandOf({ detail: { command } }: Did): string {
  return typeof command === "string" ? command : "";
}

/** What ended it is the part that a post-mortem is written for. */
function feedbackText({ who, detail }: Did, nameOf: NameOf): string {
  const { verdict, step, note, section } = detail;
  const by = inCode(nameOf(who));
  const said = (value: unknown): string =>
    typeof value === "string" && value !== "" ? `: ${inCode(value, 1_000)}` : "";
  switch (verdict) {
    case "cleared":
      return `**fixed** by a shown step, says ${by}${said(step ?? section)}`;
    case "other":
      return `**fixed** by something else, says ${by}${said(note)}`;
    case "itself":
      return `**ended without action**, says ${by}`;
    case "useful":
      return `**found useful** by ${by}${said(section)}`;
    default:
      return `**found not useful** by ${by}${said(section)}`;
  }
}

function changeText({ added, gone }: Extract<StoryEntry, { kind: "changed" }>): string {
  return [
    ...(added.length === 0 ? [] : [`${added.length} new: ${alertsText(added)}`]),
    ...(gone.length === 0 ? [] : [`${gone.length} resolved: ${alertsText(gone)}`]),
  ].join("; ");
}

const NAMED = 10;

function alertsText(alerts: readonly Alert[]): string {
  return listed(namesWithCounts(alerts), {
    most: NAMED,
    textOf: ([name, n]) => `${inCode(name, 120)}${n > 1 ? ` (${n} times)` : ""}`,
  });
}

type Did = Extract<StoryEntry, { kind: "did" }>;

const DONE: ReadonlyMap<string, string> = new Map([
  ["acknowledge", "acknowledged"],
  ["unacknowledge", "unacknowledged"],
  ["silence", "silenced"],
  ["unsilence", "silence ended"],
  ["noise", "marked as noise"],
  ["not-noise", "noise mark removed"],
  ["found-over", "ended: Alertmanager no longer holds it"],
  ["found-regrouped", "found in another group of Alertmanager"],
  ["found-firing", "found firing in Alertmanager"],
  ["found-silenced", "found silenced in Alertmanager"],
  ["found-inhibited", "found inhibited in Alertmanager"],
  ["found-muted", "found muted in Alertmanager"],
  ["found-loud", "found no longer silenced in Alertmanager"],
  ["rerouted", "moved to the channel of its changed route"],
  ["named-again", "reported as firing after its end"],
  ["test-over", "ended: it was a test"],
]);

function doneText(action: string): string {
  const own = action.replace(/[^A-Za-z-]/g, "").slice(0, 40);
  return DONE.get(action) ?? (own === "" ? "changed" : own);
}

/** Until when, and the comment: what an audit row says that a reader needs. */
function detailText({ detail }: Did): string {
  const { until, comment } = detail;
  return [
    typeof until === "number" && Number.isFinite(until) ? ` until ${timeText(until)}` : "",
    typeof comment === "string" && comment !== "" ? `: ${inCode(comment)}` : "",
  ].join("");
}

function alertLines({ alerts }: Incident): string[] {
  const left = alerts.length - MOST_ALERTS;
  return [
    ...alerts.slice(0, MOST_ALERTS).map((alert) => {
      const labels = Object.entries(alert.labels).map(([name, value]) => `${name}=${value}`);
      const summary = alert.annotations["summary"] ?? "";
      return `- ${inCode(labels.join(", "), 500)}${summary === "" ? "" : `: ${inCode(summary)}`}`;
    }),
    ...(left > 0 ? [`- and ${count(left, "more alert")}`] : []),
  ];
}

/** A code span around any text: its fence is longer than every run of backticks in it. */
export function inCode(text: string, most = 300): string {
  const shown = line(text, most);
  if (shown === "") return "(empty)";
  const runs = [...shown.matchAll(/`+/g)].map(([run]) => run.length);
  const fence = "`".repeat(Math.max(0, ...runs) + 1);
  const pad = /^`|`$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}
