/** Whether what an alert says is so, in words: confirmed, refuted, over, or not to be seen from here. */

import type { RichTextElement } from "@slack/types";
import { bold, clockTime, plain } from "../../block-kit/blocks.ts";
import { line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import type { AlertAnswer, UnseenReason } from "../../diagnosis/checks/answer-alert.ts";
import type { Recovered } from "../../diagnosis/checks/finding.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import { missingEvidenceWords } from "./missing-evidence-words.ts";

const NAME = 80;
const CONCLUSION = 300;

/** One line: "StreamlineDown is confirmed: I see it, too." */
export function alertElements(
  alert: string,
  answer: AlertAnswer,
  { nowMs, cause }: { readonly nowMs: number; readonly cause: Ranked | undefined },
): RichTextElement[] {
  const name = bold(line(alert, NAME));
  switch (answer.kind) {
    case "confirmed":
      return answer.by.check.id === cause?.check.id
        ? [name, plain(" is confirmed by this.")]
        : [name, plain(` is confirmed: ${line(answer.by.check.title, NAME)}.`)];
    case "rule-holds":
      return [name, plain(` is confirmed: ${ruleWords(answer.isPending)}.`)];
    case "over":
      return [name, plain(" is over, as far as I can see: "), ...overElements(answer.by)];
    case "refuted":
      return [name, plain(` is not confirmed: ${conclusionWords(answer)}.`)];
    case "unseen":
      return [
        name,
        plain(` cannot be checked from here, because ${unseenWords(answer.because, nowMs)}.`),
      ];
  }
}

/** Of a rule whose condition holds; `isPending` before its `for` is over. */
export function ruleWords(isPending: boolean): string {
  return isPending
    ? "its condition is true in my own samples, but not for long enough yet"
    : "its condition is true in my own samples too";
}

/** "it lasted 2 min, until 14:10. It was: …" */
export function overElements({ sentences, check, since, untilMs }: Recovered): RichTextElement[] {
  const atLeast = since.orEarlier ? " or longer" : "";
  const lasted = duration(Math.max(1_000, untilMs - since.ms));
  return [
    plain(`it lasted ${lasted}${atLeast}, until `),
    clockTime(untilMs),
    plain(`. It was: ${line(sentences[0] ?? check.title, CONCLUSION)}.`),
  ];
}

/** What follows from an alert that is not so here; without a conclusion of its page, just that. */
export function conclusionWords({ conclusion }: Extract<AlertAnswer, { kind: "refuted" }>): string {
  return line(conclusion ?? "I poll the same server and do not find it", CONCLUSION);
}

/** The end of a sentence: "because …". */
export function unseenWords(because: UnseenReason, nowMs: number): string {
  switch (because.kind) {
    case "words":
      return line(because.words, CONCLUSION);
    case "missing":
      return line(missingEvidenceWords(because.missing, nowMs), CONCLUSION);
    case "too-early":
      return "I do not have enough samples yet";
    case "no-check":
      return "none of my checks covers it";
  }
}
