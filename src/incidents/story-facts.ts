/** What a post-mortem asks of a story first: why it happened, what ended it, how long people took. */

import { type MeanTimes, meanTimes } from "./mean-times.ts";
import type { Story, StoryEntry } from "./story.ts";

/** What a person said that ended it. */
export interface StatedFix {
  /** A step that the bot showed, something else, or nothing that anybody did. */
  readonly how: "shown-step" | "other" | "no-action";
  readonly by: string;
  readonly at: number;
  /** The step or the note; absent where nothing was done. */
  readonly text?: string;
}

export interface StoryFacts {
  readonly firstFiredAt: number;
  /** Causes that the diagnosis named, each title once, the first one first. */
  readonly causes: readonly { readonly title: string; readonly since: number }[];
  readonly endings: readonly StatedFix[];
  /** In milliseconds, over its firings (MTTA and MTTR). */
  readonly means: MeanTimes;
}

/** The facts of one story; times in milliseconds. */
export function storyFacts({ incident, entries, episodes }: Story): StoryFacts {
  return {
    firstFiredAt: Math.min(
      incident.openedAt,
      ...incident.firedAt,
      ...episodes.map(({ startedAt }) => startedAt),
    ),
    causes: causesIn(entries),
    endings: entries.flatMap((entry) => endingIn(entry) ?? []),
    means: meanTimes(
      episodes.map(({ startedAt, endedAt, acknowledgedAfter }) => ({
        startedAt,
        ...(endedAt === undefined ? {} : { endedAt }),
        ...(acknowledgedAfter === undefined
          ? {}
          : { acknowledgedAt: startedAt + acknowledgedAfter }),
      })),
    ),
  };
}

function causesIn(entries: readonly StoryEntry[]): StoryFacts["causes"] {
  const since = new Map<string, number>();
  for (const entry of entries) {
    if (entry.kind === "diagnosed" && !since.has(entry.title)) since.set(entry.title, entry.at);
  }
  return [...since].map(([title, at]) => ({ title, since: at }));
}

const HOW: ReadonlyMap<unknown, StatedFix["how"]> = new Map([
  ["cleared", "shown-step"],
  ["other", "other"],
  ["itself", "no-action"],
] as const);

function endingIn(entry: StoryEntry): StatedFix | undefined {
  if (entry.kind !== "did" || entry.action !== "feedback") return undefined;
  const { verdict, step, section, note } = entry.detail;
  const how = HOW.get(verdict);
  if (how === undefined) return undefined;
  const words = how === "shown-step" ? (step ?? section) : how === "other" ? note : undefined;
  const text = typeof words === "string" && words !== "" ? { text: words } : {};
  return { how, by: entry.who, at: entry.at, ...text };
}
