/**
 * A question in an alert's thread -> its answer, with the alert as context: its labels fill in the
 * commands, its runbook is preferred, its target is the one that is asked.
 */

import { alertName } from "../../alerts/alert.ts";
import type { Message } from "../../block-kit/message.ts";
import { renderWords } from "../../block-kit/words.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Commands } from "../commands/dispatch.ts";
import type { AskedCommands } from "../incidents/asked-commands.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { AskedQuestion, Progress } from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { AnswerMeter, Clock } from "../shared/ports.ts";
import type { AnswerAboutAlert } from "./answer-about-alert.ts";
import { parseThreadQuestion } from "./parse-thread-question.ts";
import { renderNoTarget } from "./render-thread-answers.ts";
import type { SearchInThread } from "./search-in-thread.ts";
import type { ThreadContext } from "./thread-context.ts";
import type { ThreadKind } from "./thread-words.ts";

export interface QuestionPorts {
  readonly incidents: Pick<IncidentReader, "incidentAt">;
  readonly targets: readonly Target[];
  readonly permission: Pick<Permission, "refusal">;
  readonly aboutAlert: AnswerAboutAlert;
  readonly search: SearchInThread;
  readonly asked: AskedCommands;
  /** Answers commands, and what is no question about an alert. */
  readonly commands: Pick<Commands, "read" | "question" | "tooMany">;
  readonly clock: Pick<Clock, "now">;
  readonly meter: AnswerMeter;
}

/** A question outside of an alert's thread goes to the commands as it is. */
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
    return tooMany ?? ofKind(ports, question.kind, thread);
  }
  const reading = ports.commands.read(asked.text);
  const words = reading.kind === "command" ? reading.row.questionOf?.(reading.options) : undefined;
  if (words !== undefined) {
    return ports.commands.tooMany(asked.person) ?? ports.search(words, context);
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

function ofKind(ports: QuestionPorts, kind: ThreadKind, thread: InThread): Promise<Message> {
  if (kind === "cause") return ofTarget(ports, "why-slow", thread);
  if (kind === "health") return ofTarget(ports, kind, thread);
  const { asked, context, progress } = thread;
  return ports.aboutAlert(kind, { person: asked.person, context, progress });
}

/** Asks the alert's target. */
async function ofTarget(ports: QuestionPorts, command: string, thread: InThread): Promise<Message> {
  if (thread.context.target !== undefined) return runCommand(ports, command, thread);
  return renderNoTarget(ports.targets.map(({ name }) => name));
}
