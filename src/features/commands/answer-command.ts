/** A person's command -> the message that answers it. */

import type { Message } from "../../block-kit/message.ts";
import { RUN_COMMAND } from "../../block-kit/parts.ts";
import { judgeHealth } from "../../diagnosis/health/health-report.ts";
import { lookUpSeries } from "../../diagnosis/health/metrics-lookup.ts";
import type { Target } from "../../diagnosis/target.ts";
import type { AskedWhere } from "../history/timeline.ts";
import { renderNoRunbook, renderRunbook, SHOW_SECTION } from "../runbooks/render-runbook.ts";
import { onlyTarget, sectionsOf } from "../search/found-sections.ts";
import type { SearchRunbooks } from "../search/search-runbooks.ts";
import type {
  AskedQuestion,
  Click,
  Interactions,
  Modal,
  Person,
  Progress,
  Reaction,
} from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { AnswerMeter, Clock, Log } from "../shared/ports.ts";
import type { KnowledgeSource, MemorySource, TargetSource } from "../shared/sources.ts";
import { answerSilence } from "../silences/silence.ts";
import type { Silences } from "../silences/silences.ts";
import type { SubscribeCommand } from "../subscriptions/subscribe.ts";
import { renderHealth } from "../targets/render-health.ts";
import { renderMetrics } from "../targets/render-metrics.ts";
import { WHY_SLOW_USAGE, type WhySlowOptions } from "../why-slow/parse-why-slow.ts";
import type { WhySlow } from "../why-slow/why-slow.ts";
import { askTarget } from "./choose-target.ts";
import { helpFor } from "./help.ts";
import type { MoreCommands } from "./more-commands.ts";
import type { KnownNames } from "./natural-forms.ts";
import { type Command, parseCommand, readAs } from "./parse-command.ts";
import {
  renderFailure,
  renderIncomplete,
  renderMistyped,
  renderNotUnderstood,
  renderReading,
  renderWords,
} from "./render-answers.ts";
import { showProgress } from "./show-progress.ts";

export interface AnswerPorts {
  readonly knowledge: KnowledgeSource;
  readonly poll: TargetSource;
  readonly memory: MemorySource;
  readonly whySlow: WhySlow;
  readonly more: Pick<MoreCommands, "answer">;
  readonly names: KnownNames;
  readonly silences: Silences;
  readonly targets: readonly Target[];
  readonly permission: Permission;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: AnswerMeter;
  readonly newId: () => string;
  readonly people: PeopleCommands;
}

/** Commands with a part of their own. */
export interface PeopleCommands {
  search: SearchRunbooks["search"];
  typeahead(person: Person): Modal;
  gaps(person: Person): Promise<Message>;
  feedback(text: string, person: Person): Promise<Message>;
  subscribe(command: SubscribeCommand, person: Person): Promise<Message>;
  /** A section that a button opens. */
  section(click: Click): Promise<Message>;
}

export interface AnswerCommand {
  /** Answers what somebody typed; never throws: a failure is told with an id of the log. */
  readonly answer: (text: string, person: Person) => Promise<Reaction>;
  /** The same where there is no modal: a mention, a direct message. */
  readonly question: (asked: AskedQuestion, progress?: Progress) => Promise<Message>;
  /** The buttons that answers carry: another command, a section. */
  readonly interactions: Pick<Interactions, "clicks">;
}

/** Sections offered when an alert has no runbook. */
const RESULTS = 5;

export function answerCommand(ports: AnswerPorts): AnswerCommand {
  const guarded = async <T>(kind: string, work: () => Promise<T>): Promise<T | Message> => {
    const startedAt = ports.clock.now();
    try {
      return await work();
    } catch (error) {
      const id = ports.newId();
      ports.log.error({ err: error, id, command: kind }, "a command failed");
      return renderFailure(id);
    } finally {
      ports.meter.answered(kind, (ports.clock.now() - startedAt) / 1000);
    }
  };
  const answerIn = async (text: string, asked: AskedIn, progress?: Progress): Promise<Reaction> => {
    const command = parseCommand(text, ports.names);
    const watched = showProgress(ports, progress);
    const reaction = reactionOf(await guarded(command.kind, () => run(watched, command, asked)));
    const reading = command.kind === "search" ? undefined : readAs(text, ports.names);
    return reading === undefined ? reaction : withReading(reaction, reading);
  };
  const answer = (text: string, person: Person) => answerIn(text, { person, isPrivate: true });
  return {
    answer,
    question: async ({ text, ...place }, progress) =>
      wordsOf(await answerIn(text, { ...place, isPrivate: false }, progress)),
    interactions: {
      clicks: {
        [RUN_COMMAND]: ({ value, person }) => answer(value, person),
        [SHOW_SECTION]: async (click) =>
          reactionOf(await guarded("section", () => ports.people.section(click))),
      },
    },
  };
}

function reactionOf(answer: Message | Modal): Reaction {
  return "skeleton" in answer
    ? { kind: "modal", modal: answer }
    : { kind: "message", message: answer };
}

/** Says what plain words were taken for. */
function withReading(reaction: Reaction, reading: string): Reaction {
  if (reaction.kind !== "message") return reaction;
  return { kind: "message", message: renderReading(reaction.message, reading) };
}

function wordsOf(reaction: Reaction): Message {
  if (reaction.kind === "modal") return reaction.modal.instead;
  if (reaction.kind === "message") return reaction.message;
  throw new Error(`a question cannot be answered with ${reaction.kind}`);
}

/** Where somebody asks, and whether only they see the answer. */
interface AskedIn extends AskedWhere {
  readonly isPrivate: boolean;
}

async function run(ports: AnswerPorts, command: Command, asked: AskedIn): Promise<Message | Modal> {
  const { isPrivate, ...place } = asked;
  const { person } = place;
  switch (command.kind) {
    case "help":
      return helpFor(ports, person);
    case "explain":
      return ports.more.answer(command, place);
    case "alerts":
    case "chart":
    case "handoff":
    case "history":
    case "lag":
    case "timeline":
    case "topics":
      return permitted(ports, person, () => ports.more.answer(command, place));
    case "search":
      return ports.people.search(command.question, { person, isPrivate });
    case "typeahead":
      return ports.people.typeahead(person);
    case "gaps":
      return ports.people.gaps(person);
    case "feedback":
      return ports.people.feedback(command.text, person);
    case "subscribe":
      return ports.people.subscribe(command, person);
    case "health":
      return withTarget(ports, { command, person }, (target) => healthOf(ports, target));
    case "metrics":
      return withTarget(ports, { command, person }, async (target) =>
        renderMetrics(lookUpSeries(target, await ports.poll.metrics(target), command.pattern)),
      );
    case "why-slow":
      return withTarget(ports, { command, person }, (target) =>
        ports.whySlow.diagnose(target, command),
      );
    case "replay":
      return permitted(ports, person, () => ports.whySlow.replay(command.id));
    case "not-understood":
      return renderNotUnderstood(command.problem, command.usage ?? WHY_SLOW_USAGE);
    case "runbook":
      return runbook(ports, command.alert);
    case "silence":
    case "silences":
      return answerSilence(ports.silences, { command, person });
    case "incomplete":
      return renderIncomplete(command.usage);
    case "mistyped":
      return renderMistyped(command);
  }
}

/** A target's health now, with the alert rules that hold. */
export async function healthOf(
  { poll, memory }: Pick<AnswerPorts, "poll" | "memory">,
  target: Target,
): Promise<Message> {
  const report = judgeHealth(target, await poll.health(target));
  return renderHealth(report, {
    rules: memory.heldRules(target),
    passedOver: memory.passedOver(target),
    cost: poll.counts(target),
  });
}

async function runbook(ports: AnswerPorts, alert: string): Promise<Message> {
  const library = ports.knowledge.library();
  const sections = library.runbookSections(alert);
  if (sections.length > 0) {
    const title = library.runbookFor(alert)?.title ?? alert;
    return renderRunbook(title, sections, onlyTarget(ports.targets));
  }
  const answer = await ports.knowledge.ask(alert, { limit: RESULTS });
  return renderNoRunbook(alert, sectionsOf(library, answer));
}

interface AskedTarget {
  readonly command: Extract<Command, { kind: "health" | "metrics" | "why-slow" }>;
  readonly person: Person;
}

async function withTarget(
  ports: AnswerPorts,
  { command, person }: AskedTarget,
  ask: (target: Target) => Promise<Message>,
): Promise<Message> {
  const asked = { name: command.target, command: commandText(command) };
  return permitted(ports, person, () => askTarget(ports.targets, asked, ask));
}

async function permitted(
  ports: AnswerPorts,
  person: Person,
  ask: () => Promise<Message>,
): Promise<Message> {
  const refused = await ports.permission.refusal(person, "ask");
  return refused === undefined ? ask() : renderWords(refused);
}

/** The command again, without a target: the buttons that ask for one put it at the end. */
function commandText(command: AskedTarget["command"]): string {
  switch (command.kind) {
    case "health":
      return "health";
    case "metrics":
      return `metrics ${command.pattern}`;
    case "why-slow":
      return whySlowText(command);
  }
}

function whySlowText({ topic, group, windowMs }: WhySlowOptions): string {
  const words = [
    topic === undefined ? "" : `topic:${topic}`,
    group === undefined ? "" : `group:${group}`,
    windowMs === undefined ? "" : `last:${Math.round(windowMs / 1000)}s`,
  ];
  return ["why-slow", ...words.filter((word) => word !== "")].join(" ");
}
