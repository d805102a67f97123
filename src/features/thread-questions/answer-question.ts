/**
 * A question in an alert's thread -> its answer, with the alert as context: its labels fill in the
 * commands, its runbook is preferred, its target is the one that is asked.
 */

import { alertName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { Incident } from "../../incidents/incident.ts";
import { isCourtesy } from "../../search/kind-of-text.ts";
import type { Commands } from "../commands/dispatch.ts";
import { renderSearch } from "../commands/render-answers.ts";
import { COURTESY, guessesOf, inEnglish, outcomeOf, sectionsOf } from "../search/found-sections.ts";
import { renderGuesses } from "../search/render-guesses.ts";
import type { AskedQuestion, Progress } from "../shared/interactions.ts";
import { parseThreadQuestion } from "./parse-thread-question.ts";
import {
  renderHistory,
  renderHowBad,
  renderNoTarget,
  renderNothingHere,
  renderOwner,
  renderSince,
} from "./render-thread-answers.ts";
import type { QuestionPorts, ThreadContext } from "./thread-context.ts";
import { partOfRunbook, wholeRunbook } from "./thread-runbook.ts";
import { isItStill, whatHappened } from "./thread-state.ts";
import type { ThreadKind } from "./thread-words.ts";

const RESULTS = 5;
/** How far back "before" goes. */
const EARLIER = 100;

export function answerQuestions(ports: QuestionPorts): Commands["question"] {
  return async (asked, progress) => {
    const { threadTs, person } = asked;
    const incident =
      threadTs === undefined
        ? undefined
        : await ports.incidents.incidentAt(person.channel, threadTs);
    const context = incident === undefined ? undefined : contextOf(ports, incident);
    if (context === undefined) return ports.commands.question(asked, progress);
    const refused = await ports.permission.refusal(person, "read");
    if (refused !== undefined) return renderWords(refused);
    const startedAt = context.nowMs;
    const message = await answer(ports, { asked, context, progress });
    ports.meter.answered("thread_question", (ports.clock.now() - startedAt) / 1000);
    return message;
  };
}

function contextOf(ports: QuestionPorts, incident: Incident): ThreadContext | undefined {
  const alert = incident.alerts.find(({ status }) => status === "firing") ?? incident.alerts[0];
  if (alert === undefined) return undefined;
  const target = ports.targets.find(({ name }) => name === incident.target);
  return { incident, alert, target, nowMs: ports.clock.now() };
}

interface InThread {
  readonly asked: AskedQuestion;
  readonly context: ThreadContext;
  readonly progress: Progress | undefined;
}

async function answer(ports: QuestionPorts, thread: InThread): Promise<Message> {
  const { asked, context } = thread;
  const { incident, alert } = context;
  const names = [alertName(alert), ...Object.values(alert.labels), incident.target ?? ""];
  const question = parseThreadQuestion(asked.text, names);
  // These run a command, which counts by itself.
  const isCommand = question.kind === "cause" || question.kind === "health";
  if (question.kind !== "search") {
    const tooMany = isCommand ? undefined : ports.commands.tooMany(asked.person);
    return tooMany ?? answerKind(ports, question.kind, thread);
  }
  const reading = ports.commands.read(asked.text);
  const words = reading.kind === "command" ? reading.row.questionOf?.(reading.options) : undefined;
  if (words !== undefined) {
    return ports.commands.tooMany(asked.person) ?? search(ports, words, context);
  }
  return runCommand(ports, asked.text, thread);
}

/** A command in a thread means the incident's target, where it names none. */
function runCommand(
  { commands, asked: kept }: QuestionPorts,
  text: string,
  { asked, context, progress }: InThread,
): Promise<Message> {
  const { incident } = context;
  const { person, ts } = asked;
  const reading = commands.read(text);
  if (reading.kind === "command") {
    kept.note({ incident, person, ts, command: reading.text });
  }
  const { target } = incident;
  const about = target === undefined ? {} : { about: target };
  return commands.question({ ...asked, text, ...about }, progress);
}

async function answerKind(
  ports: QuestionPorts,
  kind: ThreadKind,
  thread: InThread,
): Promise<Message> {
  const { asked, context, progress } = thread;
  const { incident, alert, nowMs } = context;
  switch (kind) {
    case "first-step":
      return partOfRunbook(ports, context, "Diagnosis");
    case "fix":
      return partOfRunbook(ports, context, "Mitigation");
    case "prevent":
      return partOfRunbook(ports, context, "Prevention");
    case "meaning":
      return partOfRunbook(ports, context, "Meaning");
    case "runbook":
      return wholeRunbook(ports, context);
    case "bad":
      return withImpact(ports, context);
    case "still":
      return isItStill(ports, { person: asked.person, context, progress });
    case "owner":
      return renderOwner(incident, nowMs);
    case "since":
      return renderSince(incident, nowMs);
    case "history": {
      const name = alertName(alert);
      const all = await ports.incidents.incidentsOf(name, EARLIER);
      // The answer stands in the thread: what only the person sees elsewhere is nothing for it.
      const forChannel = { ...asked.person, isForChannel: true } as const;
      const seen = await ports.permission.visible(forChannel, all);
      const earlier = seen.filter(({ id, openedAt }) => id !== incident.id && openedAt <= nowMs);
      return renderHistory(name, incident, earlier);
    }
    case "changes":
      return whatHappened(ports, context);
    case "cause":
      return ofTarget(ports, "why-slow", thread);
    case "health":
      return ofTarget(ports, "health", thread);
  }
}

async function withImpact(ports: QuestionPorts, context: ThreadContext): Promise<Message> {
  const facts = renderHowBad(context.incident, context.nowMs);
  const impact = await partOfRunbook(ports, context, "Impact");
  return {
    text: `${facts.text}\n${impact.text}`,
    blocks: [...facts.blocks, ...impact.blocks],
  };
}

/** Asks the alert's target. */
async function ofTarget(ports: QuestionPorts, command: string, thread: InThread): Promise<Message> {
  if (thread.context.target !== undefined) return runCommand(ports, command, thread);
  return renderNoTarget(ports.targets.map(({ name }) => name));
}

/** The alert's own runbook goes before others that answer as well. */
async function search(
  ports: QuestionPorts,
  question: string,
  { alert, target }: ThreadContext,
): Promise<Message> {
  if (isCourtesy(question)) return renderWords(COURTESY);
  const library = ports.knowledge.library();
  const found = await ports.knowledge.ask(question, {
    limit: RESULTS,
    labels: alert.labels,
    findings: library.runbookSections(alertName(alert)).map(({ id }) => id),
  });
  const sections = sectionsOf(library, found);
  ports.meter.searched(outcomeOf(found));
  if (found.kind === "nothing" && found.language !== undefined) {
    return renderWords(inEnglish(found.language));
  }
  if (sections.length === 0) return renderNothingHere(question);
  if (found.kind === "unsure") return renderGuesses(guessesOf(question, sections, found.meant));
  return renderSearch(
    { question, sections },
    { labels: alert.labels, ...(target === undefined ? {} : { target }) },
  );
}
