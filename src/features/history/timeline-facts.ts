/** The head of an incident's Markdown: whether it is over, why it happened, what ended it, how long it took. */

import { duration } from "../../block-kit/times.ts";
import type { MeanTimes } from "../../incidents/mean-times.ts";
import { severityOf } from "../../incidents/severity.ts";
import type { Story } from "../../incidents/story.ts";
import { type StatedFix, type StoryFacts, storyFacts } from "../../incidents/story-facts.ts";
import { inCode, type NameOf, utc } from "./timeline-text.ts";

/** What a reader looks for first: whether it is over, why it happened, and what ended it. */
export function factLines(story: Story, nameOf: NameOf): string[] {
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
