/** What a silence would hide, now and in the last days, in words that make one look twice. */

import type { Unfit } from "../../alerts/silence.ts";
import { bullets, plain } from "../../block-kit/blocks.ts";
import type { KnownBlock } from "../../block-kit/message.ts";
import { count, line } from "../../block-kit/text.ts";

export interface CountedName {
  readonly name: string;
  readonly count: number;
}

export type HidesNow =
  | {
      readonly kind: "answered";
      readonly hidden: number;
      /** Hidden, but not of what is to be silenced. */
      readonly others: number;
      /** Everything that fires; unset when there is too much to be counted. */
      readonly total?: number;
      readonly isEverything: boolean;
      readonly names: readonly CountedName[];
    }
  | { readonly kind: "failed"; readonly problem: string }
  /** Nobody has said yet which Alertmanager is meant. */
  | { readonly kind: "unasked" };

export interface HidPast {
  readonly days: number;
  readonly alerts: number;
  readonly incidents: number;
  readonly names: readonly CountedName[];
  readonly isComplete: boolean;
}

export interface SilencePreview {
  readonly unfit?: Unfit;
  readonly now: HidesNow;
  readonly past: HidPast;
  /** Whether it is an incident that is silenced, or all alerts of a name. */
  readonly subject: "incident" | "alert";
}

/** One sentence per line; each may hold strangers' text as it is. */
export function previewLines(preview: SilencePreview): readonly string[] {
  if (preview.unfit !== undefined) return [UNFIT[preview.unfit]];
  return [...nowLines(preview), pastLine(preview.past)];
}

/** A list, a line for each thing that would be hidden. */
export function previewBlock(preview: SilencePreview): KnownBlock {
  return bullets(previewLines(preview).map((each) => [plain(each)]));
}

export const UNFIT: Readonly<Record<Unfit, string>> = {
  "no-matchers":
    "⛔ It would hide every alert there is: choose a value, or how it starts, for at least one label.",
  "matches-nothing-set":
    "⛔ It would hide every alert that has none of these labels, and Alertmanager refuses that: choose a value, or how it starts, for at least one label.",
};

function nowLines({ now, subject }: SilencePreview): string[] {
  switch (now.kind) {
    case "unasked":
      return ["Now: choose an Alertmanager above first."];
    case "failed":
      return [`⚠️ Now: I cannot tell. ${line(now.problem, PROBLEM)}`];
    case "answered":
      return [`Now: ${nowSentence(now)}`, ...warnings(now, subject)];
  }
}

const PROBLEM = 600;

type AnsweredNow = Extract<HidesNow, { kind: "answered" }>;

function nowSentence({ hidden, total, names }: AnsweredNow): string {
  if (hidden === 0) return "nothing that fires would be hidden.";
  const of = total === undefined ? "" : ` of ${total.toLocaleString("en-US")} that fire`;
  return `${count(hidden, "alert")}${of} would be hidden: ${namesText(names)}.`;
}

function warnings(
  { others, isEverything }: AnsweredNow,
  subject: SilencePreview["subject"],
): string[] {
  const own = subject === "incident" ? "this incident" : "this alert";
  if (isEverything) {
    return [`⛔ That is everything that fires now, more than ${own}: narrow it.`];
  }
  if (others === 0) return [];
  const are = others === 1 ? "is" : "are";
  return [`⚠️ ${count(others, "alert")} of them ${are} not part of ${own}.`];
}

function pastLine({ days, alerts, incidents, names, isComplete }: HidPast): string {
  const when = `In the last ${count(days, "day")}`;
  const least = isComplete ? "" : "at least ";
  if (alerts === 0) {
    const seen = isComplete ? "that I received" : "among the latest that I received";
    return `${when}: nothing ${seen} would have been hidden.`;
  }
  return `${when}: ${least}${count(alerts, "alert")} in ${count(incidents, "incident")} would have been hidden: ${namesText(names)}.`;
}

/** Names shownNames one by one, and characters of each. */
const NAMED = 6;
const NAME = 60;

function namesText(names: readonly CountedName[]): string {
  const shownNames = names.slice(0, NAMED).map(({ name, count: n }) => {
    const shown = line(name, NAME);
    return n === 1 ? shown : `${shown} (${n.toLocaleString("en-US")})`;
  });
  const left = names.length - shownNames.length;
  return left > 0
    ? `${shownNames.join(", ")} and ${count(left, "more name")}`
    : shownNames.join(", ");
}
