/** What a person reads when an incident's story was exported, or could not be. */

import type { RichTextBlock } from "@slack/types";
import { plain } from "../../block-kit/blocks.ts";
import { chartBlock, chartWords, type Drawing } from "../../block-kit/chart-block.ts";
import { figureText } from "../../block-kit/figure.ts";
import { LIMITS } from "../../block-kit/limits.ts";
import type { Message } from "../../block-kit/message.ts";
import {
  buttonRow,
  commandButton,
  footnote,
  headline,
  messageOf,
  type Part,
  paragraphOf,
  sentence,
} from "../../block-kit/parts.ts";
import { clean, count, escaped, line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Story } from "../../incidents/story.ts";
import { type StatedFix, storyFacts } from "../../incidents/story-facts.ts";
import { type JumpTo, linkOf } from "../incidents/incident-lines.ts";
import { namesOf } from "../incidents/incident-title.ts";
import { renderUnknownName } from "../runbooks/render-absent.ts";

/** A story as data, and as the Markdown that people get. */
export interface ExportedStory extends Story {
  readonly markdown: string;
  /** How its first cause went. */
  readonly chart?: Drawing;
}

export type TimelineAnswer =
  /** The file stands in the incident's thread, or where it was asked for in private. */
  | ({ readonly kind: "exported" } & ExportedStory)
  | ({ readonly kind: "not-exported"; readonly why: string } & ExportedStory)
  | { readonly kind: "which"; readonly incidents: readonly Incident[]; readonly nowMs: number }
  | {
      readonly kind: "no-such-incident";
      readonly incident: string;
      /** Alerts with a name like it. */
      readonly nearest: readonly string[];
    };

/** One sentence for each way in which it can end. */
export function renderTimelineAnswer(answer: TimelineAnswer, jumpTo: JumpTo): Message {
  switch (answer.kind) {
    case "exported":
      return renderExported(answer, jumpTo);
    case "not-exported":
      return renderTimeline(answer.incident, answer.markdown, answer.why);
    case "which":
      return renderWhichIncident(answer.incidents, answer.nowMs);
    case "no-such-incident":
      return renderUnknownName({
        what: "incident",
        name: answer.incident,
        where: "by that id or alert",
        nearest: answer.nearest,
        command: (near) => `timeline ${near}`,
        words: `timeline ${answer.incident}`,
      });
  }
}

/** The file stands in the thread; what was seen is drawn below, since a file in Slack holds no chart. */
export function renderExported(
  { chart, ...story }: Omit<ExportedStory, "markdown">,
  jumpTo: JumpTo,
): Message {
  const { incident } = story;
  const url = linkOf(incident, jumpTo);
  const why = causeWords(story);
  return messageOf([
    paragraphOf([
      plain(`📄 The timeline of ${namesOf(incident)} is in its thread, as a Markdown file.`),
      ...(url === undefined ? [] : [plain("  "), { type: "link" as const, url, text: "open" }]),
    ]),
    ...(why === "" ? [] : [sentence(why)]),
    ...(chart === undefined ? [] : [chartPart(chart)]),
  ]);
}

const MOST_CAUSES = 3;

/** What the file begins with, for who does not open it: what was found, and the last word on what fixed it. */
function causeWords(story: Story): string {
  const { causes, endings } = storyFacts(story);
  const titles = causes.slice(0, MOST_CAUSES).map(({ title }) => line(title, 60));
  const last = endings.at(-1);
  return [
    ...(titles.length === 0 ? [] : [`Cause, by the bot's diagnosis: ${titles.join(", ")}.`]),
    ...(last === undefined ? [] : [`What fixed it: ${line(last.text ?? HOW[last.how], 150)}`]),
  ].join(" ");
}

/** Where nobody wrote more. */
const HOW: Readonly<Record<StatedFix["how"], string>> = {
  "shown-step": "a step of the runbook",
  other: "something else",
  "no-action": "nothing, it ended without action",
};

/** Of at most as many lines as a chart may have. */
function chartPart(chart: Drawing): Part {
  const { check, series } = chart;
  const write = (value: number): string => figureText(value, check.chartUnit);
  const words = chartWords(chart, write);
  return {
    blocks: [chartBlock({ ...chart, series: series.slice(0, LIMITS.chartSeries) })],
    words: words === "" ? "" : escaped(line(`${check.title}: ${words}`)),
  };
}

/** What the Markdown may take as JSON, and in the plain form. */
const MOST_JSON = 9_000;
const MOST_PLAIN = 3_000;

/** Slack took no file, so the Markdown itself is shown. */
export function renderTimeline(incident: Incident, markdown: string, why: string): Message {
  const shown = leading(markdown, MOST_JSON);
  const left = markdown.split("\n").length - shown.split("\n").length;
  return messageOf([
    headline(`📄 Timeline of ${namesOf(incident)}`),
    preformatted(shown),
    ...(left > 0 ? [footnote(`${count(left, "more line")} did not fit here.`)] : []),
    footnote(`I could not post it as a file: ${line(why, 200)}.`),
  ]);
}

function preformatted(text: string): Part {
  const block: RichTextBlock = {
    type: "rich_text",
    elements: [{ type: "rich_text_preformatted", elements: [{ type: "text", text }] }],
  };
  const words = leading(text, MOST_PLAIN);
  return { blocks: [block], words: `\`\`\`\n${escaped(words, MOST_PLAIN)}\n\`\`\`` };
}

/** Whole lines, as many as take so much room as JSON; one always has. */
function leading(text: string, most: number): string {
  const lines: string[] = [];
  let room = most;
  // A tab is as wide as whoever shows it likes.
  for (const each of clean(text).replaceAll("\t", "  ").split("\n")) {
    room -= JSON.stringify(each).length + 1;
    if (room < 0) break;
    lines.push(each);
  }
  return lines.join("\n");
}

/** No incident was named: the latest ones to choose from. */
export function renderWhichIncident(incidents: readonly Incident[], nowMs: number): Message {
  if (incidents.length === 0) return messageOf([sentence("No incident yet.")]);
  return messageOf([
    sentence("Which incident? Name its alert or its id, ask in its thread, or choose one:"),
    buttonRow(
      incidents.flatMap((incident, index) => {
        // A button's label knows no reader's zone.
        const label = `${namesOf(incident)}, ${duration(nowMs - incident.openedAt)} ago`;
        return commandButton(label, `timeline ${incident.id}`, `timeline${index}`);
      }),
    ),
  ]);
}
