/**
 * An incident's story as Markdown, for the post-mortem.
 *
 * It ends up in wikis and issue trackers, where strangers' text could mention people, link, or bring
 * in HTML. So whatever is not ours stands in a code span, in which Markdown knows no markup
 * (CommonMark 0.31, 6.1).
 */

import { type AlertLinkKind, alertLinks } from "../../alerts/alert-links.ts";
import { count } from "../../block-kit/text.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Story, StoryEntry } from "../../incidents/story.ts";
import { namesOf } from "../incidents/incident-title.ts";
import { entryText } from "./timeline-entries.ts";
import { factLines } from "./timeline-facts.ts";
import { inCode, type NameOf, timeText } from "./timeline-text.ts";

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

/** The whole file. A long story loses its middle, and says how much. */
export function timelineMarkdown(story: Story, options: MarkdownOptions): string {
  const { incident, entries } = story;
  const { head, left, tail } = cutInMiddle(entries);
  return [
    `# Incident: ${inCode(namesOf(incident))}`,
    "",
    ...factLines(story, options.nameOf),
    "",
    "## Timeline (UTC, when the bot learned of it)",
    "",
    ...head.map((entry) => `- ${timeText(entry.at)} ${entryText(entry, options.nameOf)}`),
    ...(left > 0 ? [`- … ${count(left, "entry", "entries")} left out …`] : []),
    ...tail.map((entry) => `- ${timeText(entry.at)} ${entryText(entry, options.nameOf)}`),
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
