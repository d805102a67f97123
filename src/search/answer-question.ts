/** A question and the index -> the answer, with what it rests on. */

import type { AskOptions, Indexed, SearchAnswer } from "./asking.ts";
import { type Attempt, askedIn, attempt, type OneQuestion, readAsked } from "./attempt.ts";
import { withoutCompanions } from "./foreign-words.ts";
import { asksOfMakers, asksOfThePast, asksToAct, isAboutBot } from "./kind-of-text.ts";
import { englishTerms, otherLanguage } from "./other-language.ts";
import { isLogLine } from "./pasted-lines.ts";
import { plainLetters } from "./plain-letters.ts";
import { questionsOf, statementsOf } from "./questions-of.ts";
import { CERTAINTY } from "./ranking.ts";
import { MOST_GUESSES, once, sideBySide } from "./side-by-side.ts";
import { stem } from "./stem.ts";

/** A question longer than this is cut: a whole pasted log says no more than its beginning. */
export const MAX_QUESTION_LENGTH = 2_000;

/**
 * Looks a question up and answers when the best match is sure enough, offers the nearest when it is
 * nearly so. Words that nothing has are taken for mistyped ones only when the words as typed find
 * nothing, and then the answer is a guess; where they find something, the mended reading is offered
 * beside it. Several questions in one text are answered side by side.
 */
export function answerQuestion(
  indexed: Indexed,
  question: string,
  options: AskOptions,
): SearchAnswer {
  const text = plainLetters(question.slice(0, MAX_QUESTION_LENGTH));
  const [first = { kind: "nothing" }, ...others] = questionsOf(text).map((each) =>
    answerStatements(indexed, each, options),
  );
  return others.length === 0 ? first : sideBySide([first, ...others], options.limit);
}

/** Two things that are the matter have a page each, where each is sure by itself; else they are one question. */
function answerStatements(indexed: Indexed, text: string, options: AskOptions): SearchAnswer {
  const sure: SearchAnswer[] = [];
  const statements = statementsOf(text);
  for (const statement of statements) {
    const answer = answerOne(indexed, statement, options);
    // One that is not sure makes them one question, whatever the others are.
    if (answer.kind !== "found") break;
    sure.push(answer);
  }
  return sure.length > 0 && sure.length === statements.length
    ? sideBySide(sure, options.limit)
    : answerOne(indexed, text, options);
}

type UnsureAnswer = Exclude<SearchAnswer, { kind: "found" }>;

function answerOne(indexed: Indexed, text: string, options: AskOptions): SearchAnswer {
  if (isAboutBot(text)) return { kind: "nothing" };
  const asked = askedIn(indexed, text, options);
  const typed = attempt(indexed, { ...asked, ...readAsked(indexed, asked, false) });
  if (typed.certainty >= 0) {
    if (!asksToAct(text) && !asksOfThePast(text) && !asksOfMakers(text))
      return { kind: "found", results: typed.results(options.limit) };
    return { kind: "unsure", results: typed.results(MOST_GUESSES) };
  }
  const unsure = unsureAnswer(indexed, asked, typed);
  return options.namesUnknown === true ? { ...unsure, unknown: typed.unknown } : unsure;
}

function unsureAnswer(indexed: Indexed, asked: OneQuestion, typed: Attempt): UnsureAnswer {
  const language = otherLanguage(asked.text);
  if (language !== undefined) return inLanguage(indexed, asked, language);
  const mended = mendedAttempt(indexed, asked, typed);
  // Two guesses are not compared: how sure each is rests on other things.
  const meant = mended.certainty >= CERTAINTY.unsure ? mended.showing : undefined;
  const best = typed.certainty < CERTAINTY.unsure && meant !== undefined ? mended : typed;
  if (best.certainty < CERTAINTY.unsure) return besideCompanion(indexed, asked);
  if (meant === undefined) return { kind: "unsure", results: best.results(MOST_GUESSES) };
  // What was typed keeps the first place, but for a whole name or log text that was only mistyped.
  const isWhole = mended.certainty === Number.POSITIVE_INFINITY;
  const kept = isWhole ? [] : best.results(1);
  const results = once([...kept, ...mended.results(MOST_GUESSES), ...best.results(MOST_GUESSES)]);
  return { kind: "unsure", results: results.slice(0, MOST_GUESSES), meant };
}

/** "Telegraf cannot connect to the broker": what is sure of any client is worth a guess of this one. */
function besideCompanion(indexed: Indexed, { text, options }: OneQuestion): UnsureAnswer {
  const rest = withoutCompanions(text);
  if (rest === undefined || isLogLine(text)) return { kind: "nothing" };
  const asked = askedIn(indexed, rest, options);
  const found = attempt(indexed, { ...asked, ...readAsked(indexed, asked, false) });
  if (found.certainty < 0) return { kind: "nothing" };
  return { kind: "unsure", results: found.results(MOST_GUESSES) };
}

/** "Почему consumer lag растёт": what its terms would be an answer to in English is worth a guess, and named. */
function inLanguage(
  indexed: Indexed,
  { text, options }: OneQuestion,
  language: string,
): UnsureAnswer {
  const isKnown = (word: string): boolean => indexed.words.posting(stem(word)) !== undefined;
  const english = englishTerms(text, isKnown);
  if (english === undefined) return { kind: "nothing", language };
  const asked = askedIn(indexed, english.terms, options);
  const found = attempt(indexed, { ...asked, ...readAsked(indexed, asked, false) });
  const least = english.isTranslated ? CERTAINTY.unsure : 0;
  if (found.certainty < least) return { kind: "nothing", language };
  return { kind: "unsure", results: found.results(MOST_GUESSES), meant: english.terms, language };
}

/**
 * Only a word that no section has can be a mistyped one; without any, the attempt as typed is the same. And a
 * line of a log was not typed: its "thrd" is no "third".
 */
function mendedAttempt(indexed: Indexed, asked: OneQuestion, typed: Attempt): Attempt {
  if (typed.unknown.length === 0 || isLogLine(asked.text)) return typed;
  const reading = readAsked(indexed, asked, true);
  return reading.mended.size === 0 ? typed : attempt(indexed, { ...asked, ...reading });
}
