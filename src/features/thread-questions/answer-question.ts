/**
 * A question in an alert's thread -> its answer, with the alert as context: its labels fill in the
 * commands, its runbook is preferred, its target is the one that is asked.
 */

import { alertName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import { healthOf } from "../commands/answer-command.ts";
import { parseCommand } from "../commands/parse-command.ts";
import { renderSearch, renderWords } from "../commands/render-answers.ts";
import { showProgress } from "../commands/show-progress.ts";
import { sectionsOf } from "../search/found-sections.ts";
import type { AskedQuestion } from "../shared/interactions.ts";
import { permitted } from "../shared/permission.ts";
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

export function answerQuestions(ports: QuestionPorts): QuestionPorts["otherwise"] {
  return async (asked, progress) => {
    const { threadTs, person } = asked;
    const incident =
      threadTs === undefined
        ? undefined
        : await ports.incidents.incidentAt(person.channel, threadTs);
    const context = incident === undefined ? undefined : contextOf(ports, incident);
    if (context === undefined) return ports.otherwise(asked, progress);
    const startedAt = context.nowMs;
    const message = await answer(showProgress(ports, progress), asked, context);
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

async function answer(
  ports: QuestionPorts,
  asked: AskedQuestion,
  context: ThreadContext,
): Promise<Message> {
  const { incident, alert } = context;
  const names = [alertName(alert), ...Object.values(alert.labels), incident.target ?? ""];
  const question = parseThreadQuestion(asked.text, names);
  if (question.kind !== "search") return answerKind(ports, question.kind, { asked, context });
  const command = parseCommand(asked.text, ports.names);
  if (command.kind === "search") return search(ports, command.question, context);
  const needsTarget =
    (command.kind === "health" || command.kind === "why-slow" || command.kind === "metrics") &&
    command.target === undefined &&
    incident.target !== undefined;
  const text = needsTarget ? `${asked.text} ${incident.target}` : asked.text;
  return ports.otherwise({ ...asked, text });
}

interface InThread {
  readonly asked: AskedQuestion;
  readonly context: ThreadContext;
}

async function answerKind(
  ports: QuestionPorts,
  kind: ThreadKind,
  { asked, context }: InThread,
): Promise<Message> {
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
      return isItStill(ports, asked.person, context);
    case "owner":
      return renderOwner(incident, nowMs);
    case "since":
      return renderSince(incident, nowMs);
    case "history": {
      const name = alertName(alert);
      const all = await ports.incidents.incidentsOf(name, EARLIER);
      const earlier = all.filter(({ id, openedAt }) => id !== incident.id && openedAt <= nowMs);
      return renderHistory(name, incident, earlier);
    }
    case "changes":
      return whatHappened(ports, context);
    case "cause":
      return asking(ports, { asked, context }, (target) => ports.whySlow.diagnose(target));
    case "health":
      return asking(ports, { asked, context }, (target) => healthOf(ports, target));
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

/** Asks the alert's target, if the person may. */
async function asking(
  ports: QuestionPorts,
  { asked, context }: InThread,
  ask: (target: Target) => Promise<Message>,
): Promise<Message> {
  const { target } = context;
  if (target === undefined) return renderNoTarget(ports.targets.map(({ name }) => name));
  const act = (): Promise<Message> => ask(target);
  const asker = { person: asked.person, right: "ask" } as const;
  return permitted(ports.permission, asker, { act, refuse: renderWords });
}

/** The alert's own runbook goes before others that answer as well. */
async function search(
  ports: QuestionPorts,
  question: string,
  { alert, target }: ThreadContext,
): Promise<Message> {
  const library = ports.knowledge.library();
  const found = await ports.knowledge.ask(question, {
    limit: RESULTS,
    labels: alert.labels,
    findings: library.runbookSections(alertName(alert)).map(({ id }) => id),
  });
  const sections = sectionsOf(library, found);
  ports.meter.searched(sections.length > 0);
  if (sections.length === 0) return renderNothingHere(question);
  const showing = found.kind === "found" ? found.showing : undefined;
  return renderSearch(
    { question, sections, ...(showing === undefined ? {} : { showing }) },
    { labels: alert.labels, ...(target === undefined ? {} : { target }) },
  );
}
