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
import type { MeanTimes } from "../../incidents/mean-times.ts";
import { severityOf } from "../../incidents/severity.ts";
import { namesWithCounts, type Story, type StoryEntry } from "../../incidents/story.ts";
import { type StatedFix, type StoryFacts, storyFacts } from "../../incidents/story-facts.ts";
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

/** What a reader looks for first: whether it is over, why it happened, and what ended it. */
function factsOf(story: Story, nameOf: NameOf): string[] {
  const { incident, episodes } = story;
  const { target, resolvedAt } = incident;
  const { firstFiredAt, causes, endings, means } = storyFacts(story);
  const isAgain = episodes.length > 1;
  // The time of the only firing stands below.
  const sinceFirst = duration((resolvedAt ?? firstFiredAt) - firstFiredAt);
  return [
    ...(resolvedAt === undefined
      ? ["- Resolved: not yet"]
      : [`- Resolved: ${utc(resolvedAt)}${isAgain ? `, ${sinceFirst} after it first fired` : ""}`]),
    ...causes.slice(0, MOST_CAUSES).map(causeLine),
    ...endings.map((ending) => endingLine(ending, nameOf)),
    `- Fired: ${utc(firstFiredAt)}`,
    ...timesOf(means, episodes),
    ...(isAgain ? episodeLines(episodes) : []),
    `- Severity: ${inCode(severityOf(incident))}`,
    ...(target === undefined ? [] : [`- Target: ${inCode(target)}`]),
    `- Incident: ${inCode(incident.id)}`,
  ];
}

const MOST_CAUSES = 5;

function causeLine({ title, since }: StoryFacts["causes"][number]): string {
  return `- Cause, by the bot's diagnosis: ${inCode(title)}, since ${utc(since)}`;
}

/** By whose word, since nobody measured it. */
function endingLine({ how, by, text }: StatedFix, nameOf: NameOf): string {
  const who = inCode(nameOf(by));
  const what = text === undefined ? "" : `: ${inCode(text, 1_000)}`;
  switch (how) {
    case "shown-step":
      return `- What fixed it: a step of the runbook, says ${who}${what}`;
    case "other":
      return `- What fixed it: something else, says ${who}${what}`;
    case "no-action":
      return `- What fixed it: nothing, it ended without action, says ${who}`;
  }
}

/** The times of the only firing, or the means over all that have one. */
function timesOf({ toAcknowledge, toResolve }: MeanTimes, episodes: Story["episodes"]): string[] {
  const acknowledged = episodes.filter((each) => each.acknowledgedAfter !== undefined).length;
  const resolved = episodes.filter((each) => each.resolvedAfter !== undefined).length;
  return [
    toAcknowledge === undefined
      ? "- Time to acknowledge: nobody acknowledged it"
      : timeLine("acknowledge", toAcknowledge, { have: acknowledged, of: episodes.length }),
    ...(toResolve === undefined
      ? []
      : [timeLine("resolve", toResolve, { have: resolved, of: episodes.length })]),
  ];
}

function timeLine(
  what: "acknowledge" | "resolve",
  ms: number,
  { have, of }: { readonly have: number; readonly of: number },
): string {
  if (of === 1) return `- Time to ${what}: ${duration(ms)}`;
  const short = what === "acknowledge" ? "MTTA" : "MTTR";
  return `- Mean time to ${what} (${short}): ${duration(ms)}, over ${have} of ${of} firings`;
}

function episodeLines(episodes: Story["episodes"]): string[] {
  return [
    `- Firings: ${episodes.length}`,
    ...episodes.map(({ startedAt, acknowledgedAfter, resolvedAfter }) => {
      const acknowledged =
        acknowledgedAfter === undefined
          ? "not acknowledged"
          : `acknowledged after ${duration(acknowledgedAfter)}`;
      const over =
        resolvedAfter === undefined ? "still firing" : `resolved after ${duration(resolvedAfter)}`;
      return `  - ${utc(startedAt)}: ${acknowledged}, ${over}`;
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

/** Outside of the list, whose heading names the zone. */
function utc(ms: number): string {
  return `${timeText(ms)} UTC`;
}

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
      return `**fixed** by a step of the runbook, says ${by}${said(step ?? section)}`;
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
      const { alertname = "", ...others } = alert.labels;
      const labels = Object.entries({ alertname, ...others }).map(
        ([name, value]) => `${name}=${value}`,
      );
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
