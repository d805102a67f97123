/** `/streamline gaps`: what people asked and nothing covers, and the page that would. */

import { renderWords } from "../../block-kit/words.ts";
import { gapPage } from "../../search/gap-page.ts";
import { type ProposedWords, proposeWords } from "../../search/propose-words.ts";
import type { CommandRow } from "../commands/command-row.ts";
import type { Click, GuardedInteractions, Person, Reaction } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { shownWords } from "../shared/shown-words.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import { sectionsOf } from "./found-sections.ts";
import type { Gap, QuestionStore } from "./learning-ports.ts";
import { GAPS, renderGapPage, renderGaps, renderProposedWords } from "./render-gaps.ts";
import { visibleGaps } from "./visible-gaps.ts";

export interface GapPorts {
  readonly knowledge: KnowledgeSource;
  readonly questions: Pick<QuestionStore, "gaps" | "answered" | "notAGap" | "question">;
  readonly permission: Pick<Permission, "visible">;
  readonly clock: Pick<Clock, "now">;
}

export interface GapsAnswer {
  readonly gaps: readonly Gap[];
  /** Gaps beyond those. */
  readonly more: number;
  /** Gaps that were asked where the person does not see them. */
  readonly hidden: number;
  /** For each of the gaps, in their order: lines that would lead to an answer that is there. */
  readonly words: readonly ProposedWords[];
}

/** Gaps looked up, and of those shown at once. */
const LOOKED_UP = 100;
const SHOWN = 8;
/** Sections that may answer a gap. */
const NEAREST = 3;

/** Concludes the open gaps, each with the words or the page that would close it. */
export function gapsCommand(ports: GapPorts): CommandRow<object, GapsAnswer> {
  return {
    name: "gaps",
    usage: "gaps",
    about: "questions that no runbook covers, with a page or words to add",
    group: "Runbooks",
    right: "acknowledge",
    reads: { kind: "names", names: [] },
    parse: () => ({ kind: "options", options: {} }),
    run: (_, { person }) => listGaps(ports, person),
    render: ({ gaps, more, hidden }) => renderGaps(gaps, { more, hidden }),
  };
}

/** The rows of the buttons below each gap. */
export function gapButtons(ports: GapPorts): Pick<GuardedInteractions, "clicks"> {
  return {
    clicks: {
      [GAPS.prepare]: { right: "acknowledge", run: (click) => prepare(ports, click) },
      [GAPS.words]: { right: "acknowledge", run: (click) => showWords(ports, click) },
      [GAPS.none]: { right: "acknowledge", run: (click) => noGap(ports, click) },
    },
  };
}

async function listGaps(ports: GapPorts, person: Person): Promise<GapsAnswer> {
  const all = await openGaps(ports);
  const open = await seenBy(ports, person, all);
  const gaps = open.slice(0, SHOWN);
  const others = open.map(({ text }) => text);
  const words: ProposedWords[] = [];
  for (const { text } of gaps) words.push(await wordsFor(ports, text, others));
  const hidden = all.length - open.length;
  return { gaps, more: Math.max(0, open.length - SHOWN), hidden, words };
}

/** What to add where, so that the nearest sections are found by this question. */
async function wordsFor(
  { knowledge }: GapPorts,
  question: string,
  others: readonly string[],
): Promise<ProposedWords> {
  const answer = await knowledge.ask(question, { limit: NEAREST, namesUnknown: true });
  const library = knowledge.library();
  const nearest = sectionsOf(library, answer).map((section) => ({
    ...section,
    isRunbook: library.pages.find(({ file }) => file === section.file)?.kind === "runbook",
  }));
  const unknown = answer.kind === "found" ? [] : (answer.unknown ?? []);
  return proposeWords({ question, others, nearest, unknown });
}

/**
 * Each is asked again: the runbooks may cover it by now. What was asked in another language than theirs is no
 * gap in them, and a page named after it would be found by nobody else.
 */
async function openGaps({ knowledge, questions }: GapPorts): Promise<Gap[]> {
  const open: Gap[] = [];
  for (const gap of await questions.gaps(LOOKED_UP)) {
    const answer = await knowledge.ask(gap.text, { limit: 1 });
    if (answer.kind === "found") await questions.answered(gap.id);
    else if (answer.language === undefined) open.push(gap);
  }
  return open;
}

function seenBy(
  { permission }: Pick<GapPorts, "permission">,
  person: Person,
  gaps: readonly Gap[],
): Promise<Gap[]> {
  return visibleGaps(
    permission,
    person,
    gaps.map((gap) => ({ gap, askings: gap.askings })),
  );
}

/** Texts of the other gaps that the person sees. */
async function othersFor(ports: GapPorts, person: Person): Promise<string[]> {
  const seen = await seenBy(ports, person, await ports.questions.gaps(LOOKED_UP));
  return seen.map(({ text }) => text);
}

const FORGOTTEN = "I no longer have this question.";

async function prepare(ports: GapPorts, { value, person }: Click): Promise<Reaction> {
  const question = await ports.questions.question(Number(value));
  if (question === undefined) return shownWords(FORGOTTEN);
  const others = await othersFor(ports, person);
  const page = gapPage(question.text, others);
  const instead = renderWords("Open the list with `/streamline gaps` to get the page.");
  return { kind: "modal", modal: { skeleton: renderGapPage(page), instead } };
}

async function showWords(ports: GapPorts, { value, person }: Click): Promise<Reaction> {
  const question = await ports.questions.question(Number(value));
  if (question === undefined) return shownWords(FORGOTTEN);
  const others = await othersFor(ports, person);
  const words = await wordsFor(ports, question.text, others);
  const instead = renderWords("Open the list with `/streamline gaps` to get the words.");
  const skeleton = renderProposedWords(question.text, words);
  return { kind: "modal", modal: { skeleton, instead } };
}

async function noGap(ports: GapPorts, click: Click): Promise<Reaction> {
  const { questions, clock } = ports;
  if ((await questions.question(Number(click.value))) === undefined) return shownWords(FORGOTTEN);
  await questions.notAGap(Number(click.value), click.person.user, clock.now());
  const { gaps, more, hidden } = await listGaps(ports, click.person);
  const message = renderGaps(gaps, { more, hidden });
  return { kind: click.isPrivate === true ? "replacement" : "message", message };
}
