/** The verdict and the first step in two lines, as an incident's message carries them. */

import type { RichTextElement } from "@slack/types";
import { bold, mono, plain } from "../../block-kit/blocks.ts";
import { SEVERITY_MARKS, STATE_MARKS } from "../../block-kit/state-marks.ts";
import { capitalized, line } from "../../block-kit/text.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import type { Target } from "../../diagnosis/target.ts";
import { fillPlaceholders } from "../../knowledge/placeholders.ts";
import { placeholderValues } from "../runbooks/placeholder-values.ts";
import type { AlertVerdict, FirstLine } from "./alert-verdict.ts";
import { conclusionWords, overElements, ruleWords, unseenWords } from "./alert-words.ts";
import { asOfWords, causeHead, causeSentence } from "./diagnosis-words.ts";
import { mainReason } from "./missing-evidence-words.ts";

export interface VerdictLines {
  /** The colour of what the verdict says. */
  readonly mark: string;
  readonly verdict: readonly RichTextElement[];
  readonly first?: readonly RichTextElement[];
  /** What is worse on the same server: one line, with its colour. */
  readonly graver?: readonly RichTextElement[];
  /** The verdict names what is wrong. */
  readonly namesCause?: true;
}

export interface LinesView {
  readonly target: Pick<Target, "name" | "http" | "kafka">;
  readonly nowMs: number;
}

/** The two lines of an alert whose target was polled. */
export function verdictLines(
  found: AlertVerdict,
  diagnosis: Diagnosis,
  view: LinesView,
): VerdictLines {
  const { first, graver } = found;
  return {
    ...headlineOf(found, diagnosis, view),
    ...(first === undefined ? {} : { first: firstElements(first, view.target) }),
    ...(graver === undefined ? {} : { graver: graverElements(graver) }),
  };
}

/** "🔴 Worse, on the same server: The disk is full (since 14:05)." */
export function graverElements(graver: Ranked): RichTextElement[] {
  return [
    bold(`${SEVERITY_MARKS[graver.check.shown]} Worse, on the same server: `),
    ...causeHead(graver),
    plain("."),
  ];
}

const STEP = 400;

/** "First: free space on that disk", what stands between backticks as code with its values filled in. */
export function firstElements(
  { text, fills, labels }: FirstLine,
  target?: Pick<Target, "http" | "kafka">,
): RichTextElement[] {
  const subject = { labels, ...(target === undefined ? {} : { target }) };
  const values = placeholderValues(subject, fills);
  const parts = line(text, STEP).split("`");
  const shown = parts.map((part, index) =>
    index % 2 === 1 ? mono(fillPlaceholders(part, values).text) : plain(part),
  );
  return [
    bold("First: "),
    ...shown.filter((element) => element.type !== "text" || element.text !== ""),
    ...(/[.?!]$/.test(text) ? [] : [plain(".")]),
  ];
}

function headlineOf(
  verdict: AlertVerdict,
  diagnosis: Diagnosis,
  view: LinesView,
): Omit<VerdictLines, "first"> {
  const { cause } = verdict;
  if (cause === undefined) return withoutCause(verdict.answer, diagnosis, view);
  return {
    mark: SEVERITY_MARKS[cause.check.shown],
    verdict: [...causeSentence(cause), plain(`${asOfWords(diagnosis, view.nowMs)}.`)],
    namesCause: true,
  };
}

/** What is known of the alert itself where nothing else is wrong, or nothing else can be told. */
function withoutCause(
  answer: AlertVerdict["answer"],
  diagnosis: Diagnosis,
  { target, nowMs }: LinesView,
): Omit<VerdictLines, "first"> {
  const asOf = asOfWords(diagnosis, nowMs);
  const nothing =
    diagnosis.verdict.kind === "cannot-tell"
      ? `I cannot tell what is wrong with ${line(target.name, 60)}, because ${line(mainReason(diagnosis.unknown, nowMs))}`
      : `nothing else is wrong that I can see${asOf}`;
  switch (answer.kind) {
    case "refuted": {
      const words = `${capitalized(conclusionWords(answer))}${asOf}.`;
      return { mark: STATE_MARKS.fine, verdict: [plain(words)] };
    }
    case "over": {
      const words = `It is over, as far as I can see${asOf}: `;
      return { mark: STATE_MARKS.fine, verdict: [plain(words), ...overElements(answer.by)] };
    }
    case "rule-holds": {
      const words = `Confirmed: ${ruleWords(answer.isPending)}. Its cause: ${nothing}.`;
      return { mark: STATE_MARKS.unknown, verdict: [plain(words)] };
    }
    case "unseen":
    case "confirmed": {
      const words = `${unseenSentence(answer, nowMs)}; ${nothing}.`;
      return { mark: STATE_MARKS.unknown, verdict: [plain(words)] };
    }
  }
}

function unseenSentence(answer: AlertVerdict["answer"], nowMs: number): string {
  if (answer.kind !== "unseen") return "Confirmed";
  return `I cannot check it from here, because ${unseenWords(answer.because, nowMs)}`;
}
