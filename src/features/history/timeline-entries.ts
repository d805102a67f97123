/** The entries of an incident's story, a line of Markdown each. */

import type { Alert } from "../../alerts/alert.ts";
import { listed } from "../../block-kit/text.ts";
import { ASKED } from "../../incidents/change.ts";
import { namesWithCounts, type StoryEntry } from "../../incidents/story.ts";
import { inCode, type NameOf, timeText } from "./timeline-text.ts";

/** What happened, by whose hand. */
export function entryText(entry: StoryEntry, nameOf: NameOf): string {
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
