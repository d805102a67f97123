/** A diagnosis in words: the verdict, what is over, what could not be checked and why. */

import type { RichTextElement } from "@slack/types";
import { bold, clockTime, plain } from "../../block-kit/blocks.ts";
import { SEVERITY_MARKS, STATE_MARKS } from "../../block-kit/state-marks.ts";
import { count, line } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import { severityRank } from "../../diagnosis/checks/check.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { Recovered } from "../../diagnosis/checks/finding.ts";
import type { Ranked } from "../../diagnosis/checks/rank.ts";
import { mainReason } from "./missing-evidence-words.ts";
import { PRESENT_MS } from "./present.ts";

const SENTENCE = 500;

/** The verdict in one sentence that a person can act on, in bold type. */
export function verdictElements(diagnosis: Diagnosis, target: string): RichTextElement[] {
  const { verdict, healthy, unknown, nowMs } = diagnosis;
  const where = `${line(target, 80)}${scopeWords(diagnosis)}`;
  const unchecked = `${count(unknown.length, "check")} could not be run`;
  const asOf = asOfWords(diagnosis, nowMs);
  switch (verdict.kind) {
    case "active":
      return causeElements(verdict.cause, asOf);
    case "recovered": {
      const others = unknown.length === 0 ? "" : ` (${unchecked})`;
      return [
        bold(`${STATE_MARKS.fine} Nothing is wrong with ${where} now${asOf}${others}. `),
        ...recoveredElements(verdict.cause, nowMs),
      ];
    }
    case "clean":
      return [
        bold(
          unknown.length === 0
            ? `${STATE_MARKS.fine} Nothing is wrong with ${where} that I can see${asOf}: all ${healthy.length} checks are fine.`
            : `${STATE_MARKS.fine} Nothing is wrong with ${where} that I can see${asOf}, but ${unchecked}; ${healthy.length} are fine.`,
        ),
      ];
    case "cannot-tell": {
      const fine = healthy.length === 0 ? "" : `${count(healthy.length, "check")} found nothing, `;
      const why = line(mainReason(unknown, nowMs), SENTENCE);
      return [
        bold(
          `${STATE_MARKS.unknown} I cannot tell whether anything is wrong with ${where}: ${fine}${unchecked}, because ${why}.`,
        ),
      ];
    }
  }
}

/** A cause as a headline, with the colour that its item has. */
function causeElements(cause: Ranked, asOf = ""): RichTextElement[] {
  return [
    bold(`${SEVERITY_MARKS[cause.check.shown]} `),
    ...causeSentence(cause, { bold: true }),
    bold(`${asOf}.`),
  ];
}

/** The first clause alone: "The disk is full (since 14:05)". */
export function causeHead({
  sentences,
  check,
  since,
}: Pick<Ranked, "sentences" | "check" | "since">): RichTextElement[] {
  const [head] = firstClause(line(sentences[0] ?? check.title, SENTENCE));
  return causeSentence({ check, since, sentences: [head] });
}

/**
 * "Kafka answers, HTTP does not (since 14:02): clients keep working": the beginning stands behind the
 * first clause, where a long sentence would hide it.
 */
export function causeSentence(
  { sentences, check, since }: Pick<Ranked, "sentences" | "check" | "since">,
  style?: { readonly bold: true },
): RichTextElement[] {
  const text = (shown: string): RichTextElement =>
    style === undefined ? plain(shown) : bold(shown);
  const sentence = line(sentences[0] ?? check.title, SENTENCE);
  const [head, tail] = firstClause(sentence);
  const orEarlier = since.orEarlier ? " or earlier" : "";
  return [text(`${head} (since `), clockTime(since.ms, style), text(`${orEarlier})${tail}`)];
}

/** The sentence before and from its first colon; one in brackets divides nothing. */
function firstClause(sentence: string): [head: string, tail: string] {
  const bare = sentence.replace(/\([^()]*\)/g, (inner) => " ".repeat(inner.length));
  const colon = bare.indexOf(": ");
  return colon === -1 ? [sentence, ""] : [sentence.slice(0, colon), sentence.slice(colon)];
}

/** What is over, as past: "Recovered 3 min ago, lasted 2 min. It was: …". */
export function recoveredElements(
  { sentences, check, since, untilMs }: Recovered,
  nowMs: number,
): RichTextElement[] {
  const atLeast = since.orEarlier ? " or longer" : "";
  const lasted = `lasted ${duration(Math.max(1_000, untilMs - since.ms))}${atLeast}`;
  const ago = duration(Math.max(1_000, nowMs - untilMs));
  const was = line(sentences[0] ?? check.title, SENTENCE);
  return [plain(`Recovered ${ago} ago, ${lasted}. It was: ${was}.`)];
}

/** ", as of 40 s ago" when the last poll is too old for the present tense. */
export function asOfWords({ history: { lastMs } }: Diagnosis, nowMs: number): string {
  return lastMs === undefined || nowMs - lastMs <= PRESENT_MS
    ? ""
    : `, as of ${duration(nowMs - lastMs)} ago`;
}

/** "for 12 min (since 10:02)"; what began before the history has no beginning. */
export function sinceElements(
  { ms, orEarlier }: Ranked["since"],
  nowMs: number,
): RichTextElement[] {
  if (nowMs - ms < 1_000) return [plain("seen just now")];
  const span = duration(nowMs - ms);
  return [
    plain(`for ${span}${orEarlier ? " or longer" : ""} (since `),
    clockTime(ms),
    plain(orEarlier ? " at least)" : ")"),
  ];
}

/** The other causes and symptoms, separately; what was named already is left out. */
export function othersSentence(
  { active }: Diagnosis,
  cause: Ranked,
  named?: Ranked,
): string | undefined {
  const others = active.filter(
    ({ check }) => ![cause.check.id, named?.check.id].includes(check.id),
  );
  const symptoms = others.filter(({ isExplained }) => isExplained);
  const causes = others.filter(
    ({ isExplained, check }) => !isExplained && severityRank(check.severity) > severityRank("info"),
  );
  const parts = [
    ...(causes.length === 0 ? [] : [`Also wrong: ${titles(causes)}.`]),
    ...(symptoms.length === 0
      ? []
      : [`Symptoms of ${causes.length === 0 ? "it" : "these"}: ${titles(symptoms)}.`]),
  ];
  return parts.length === 0 ? undefined : parts.join(" ");
}

function titles(findings: readonly Ranked[]): string {
  return findings.map(({ check }) => check.title).join(", ");
}

function scopeWords({ scope }: Diagnosis): string {
  const { topic, group } = scope;
  const parts = [
    ...(topic === undefined ? [] : [`topic ${topic}`]),
    ...(group === undefined ? [] : [`group ${group}`]),
  ];
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
