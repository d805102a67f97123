/** A person's command -> the message that answers it. */

import { judgeHealth } from "../diagnosis/health-report.ts";
import { lookUpSeries } from "../diagnosis/metrics-look.ts";
import type { HealthLook, MetricsReply } from "../diagnosis/reply.ts";
import type { HeldRule } from "../diagnosis/rules.ts";
import type { Target } from "../diagnosis/target.ts";
import type { Library } from "../knowledge/library.ts";
import type { Section } from "../knowledge/page.ts";
import type { Message } from "../messages/message.ts";
import {
  RUN_COMMAND,
  renderFailure,
  renderGoneSection,
  renderIncomplete,
  renderMistyped,
  renderNotUnderstood,
  renderReading,
  renderSearch,
  renderWords,
} from "../messages/render-answers.ts";
import { renderHealth } from "../messages/render-health.ts";
import { renderMetrics } from "../messages/render-metrics.ts";
import {
  renderNoRunbook,
  renderRunbook,
  renderSection,
  SHOW_SECTION,
} from "../messages/render-runbook.ts";
import type { Answer } from "../search/answer-question.ts";
import { askTarget } from "./choose-target.ts";
import { helpFor } from "./commands/help.ts";
import type { MoreCommands } from "./commands/more-commands.ts";
import { answerSilence } from "./commands/silence.ts";
import type { Place } from "./commands/timeline.ts";
import type { Asked, Interactions, Modal, Person, Progress, Reaction } from "./interactions.ts";
import type { KnownNames } from "./natural-forms.ts";
import { type Command, parseCommand, readAs } from "./parse-command.ts";
import { WHY_SLOW_USAGE, type WhySlowOptions } from "./parse-why-slow.ts";
import type { Permission } from "./permission.ts";
import type { Clock, Log, Meter } from "./ports.ts";
import { showProgress } from "./show-progress.ts";
import type { Silences } from "./silences/silences.ts";
import type { WhySlow } from "./why-slow.ts";

/** What the bot knows, as of now: the library and the search over it change together. */
export interface KnowledgeSource {
  library(): Library;
  ask(
    question: string,
    options: {
      limit: number;
      labels?: Readonly<Record<string, string>>;
      /** Ids of sections to be preferred among what is found. */
      findings?: readonly string[];
    },
  ): Promise<Answer>;
}

export interface TargetSource {
  health(target: Target): Promise<HealthLook>;
  metrics(target: Target): Promise<MetricsReply>;
  /** What all looks at the target since the start have cost it. */
  counts(target: Target): { readonly requests: number; readonly bytes: number };
}

/** What the bot remembers of the targets. */
export interface MemorySource {
  /** The alert rules that hold right now. */
  heldRules(target: Target): readonly HeldRule[];
  /** Names of the metrics that the last looks brought. */
  metricNames(target: Target): ReadonlySet<string>;
}

export interface AnswerPorts {
  readonly knowledge: KnowledgeSource;
  readonly look: TargetSource;
  readonly memory: MemorySource;
  readonly whySlow: WhySlow;
  readonly more: Pick<MoreCommands, "answer">;
  readonly names: KnownNames;
  readonly silences: Silences;
  readonly targets: readonly Target[];
  readonly permission: Permission;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: Meter;
  readonly newId: () => string;
}

export interface AnswerCommand {
  /** Answers what somebody typed; never throws: a failure is told with an id of the log. */
  readonly answer: (text: string, person: Person) => Promise<Reaction>;
  /** The same where there is no modal: a mention, a direct message. */
  readonly question: (asked: Asked, progress?: Progress) => Promise<Message>;
  /** The buttons that answers carry: another command, a section. */
  readonly interactions: Pick<Interactions, "clicks">;
}

/** Sections in an answer: one in full and the next ones to choose from. */
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
  const answerIn = async (text: string, place: Place, progress?: Progress): Promise<Reaction> => {
    const command = parseCommand(text, ports.names);
    const watched = showProgress(ports, progress);
    const reaction = reactionOf(await guarded(command.kind, () => run(watched, command, place)));
    const reading = command.kind === "search" ? undefined : readAs(text, ports.names);
    return reading === undefined ? reaction : withReading(reaction, reading);
  };
  const answer = (text: string, person: Person) => answerIn(text, { person });
  const showSection = async (id: string): Promise<Reaction> =>
    reactionOf(await guarded("section", () => Promise.resolve(sectionById(ports, id))));
  return {
    answer,
    question: async ({ text, ...place }, progress) =>
      wordsOf(await answerIn(text, place, progress)),
    interactions: {
      clicks: {
        [RUN_COMMAND]: ({ value, person }) => answer(value, person),
        [SHOW_SECTION]: ({ value }) => showSection(value),
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

function sectionById(ports: AnswerPorts, id: string): Message {
  const section = ports.knowledge.library().section(id);
  return section === undefined
    ? renderGoneSection(id)
    : renderSection(section, onlyTarget(ports.targets));
}

async function run(ports: AnswerPorts, command: Command, place: Place): Promise<Message | Modal> {
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
      return search(ports, command.question);
    case "health":
      return withTarget(ports, { command, person }, (target) => healthOf(ports, target));
    case "metrics":
      return withTarget(ports, { command, person }, async (target) =>
        renderMetrics(lookUpSeries(target, await ports.look.metrics(target), command.pattern)),
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
  { look, memory }: Pick<AnswerPorts, "look" | "memory">,
  target: Target,
): Promise<Message> {
  const report = judgeHealth(target, await look.health(target));
  return renderHealth(report, { rules: memory.heldRules(target), cost: look.counts(target) });
}

async function search(ports: AnswerPorts, question: string): Promise<Message> {
  const answer = await ports.knowledge.ask(question, { limit: RESULTS });
  const sections = sectionsOf(ports.knowledge.library(), answer);
  ports.meter.searched(sections.length > 0);
  const showing = answer.kind === "found" ? answer.showing : undefined;
  return renderSearch(
    { question, sections, ...(showing === undefined ? {} : { showing }) },
    onlyTarget(ports.targets),
  );
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

/** The sections of an answer that are still in the library. */
export function sectionsOf(library: Library, answer: Answer): Section[] {
  if (answer.kind === "nothing") return [];
  return answer.results.flatMap(({ id }) => library.section(id) ?? []);
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

/** Commands are filled in with the target's addresses when there is no doubt which one is meant. */
function onlyTarget(targets: readonly Target[]): { target?: Target } {
  const [target] = targets;
  return targets.length === 1 && target !== undefined ? { target } : {};
}
