/**
 * The one way by which commands run, whichever door they came through: read, checked, limited to the
 * target that is meant, run, measured, drawn. What fails is shown with an id of the log.
 */

import type { Message } from "../../block-kit/message.ts";
import { TURN_PAGE } from "../../block-kit/paging.ts";
import { RUN_COMMAND } from "../../block-kit/parts.ts";
import { renderWords } from "../../block-kit/words.ts";
import { chooseTarget, type Target } from "../../diagnosis/target.ts";
import type {
  AskedQuestion,
  GuardedInteractions,
  Modal,
  Person,
  Progress,
  Reaction,
} from "../shared/interactions.ts";
import type { Permission } from "../shared/permission.ts";
import type { AnswerMeter, Clock, Log } from "../shared/ports.ts";
import type { Asking } from "./command-row.ts";
import type { CommandReading, CommandTable } from "./command-table.ts";
import type { KnownNames } from "./plain-words.ts";
import type { CommandRates } from "./rates.ts";
import {
  renderFailure,
  renderIncomplete,
  renderMistyped,
  renderNotUnderstood,
  renderReading,
  renderTooMany,
  renderUnknownTarget,
  renderWhichTarget,
} from "./render-answers.ts";

export interface DispatchPorts {
  readonly table: CommandTable;
  readonly names: KnownNames;
  readonly targets: readonly Target[];
  readonly permission: Pick<Permission, "refusal" | "targetsFor">;
  readonly rates: CommandRates;
  readonly clock: Pick<Clock, "now">;
  readonly log: Pick<Log, "error">;
  readonly meter: AnswerMeter;
  readonly newId: () => string;
}

/** What came of a command. */
interface CommandOutcome {
  /** The command's name; "incomplete", "not-understood" or "mistyped" for what is none. */
  readonly command: string;
  readonly kind: "answered" | "refused" | "asked-back" | "failed";
  /** The conclusion as plain data, for programs; there only when it is answered. */
  readonly answer?: unknown;
  readonly shown: Message | Modal;
}

export interface Commands {
  readonly table: CommandTable;
  /** What a text would run, with the names that are known now. */
  readonly read: (text: string) => CommandReading;
  /** Runs what somebody typed; never throws. */
  readonly run: (text: string, asking: Asking) => Promise<CommandOutcome>;
  /** The same for a place where a modal can be opened and only the person sees the answer. */
  readonly answer: (text: string, person: Person) => Promise<Reaction>;
  /** The same where there is no modal: a mention, a direct message, a thread. */
  readonly question: (asked: AskedQuestion, progress?: Progress) => Promise<Message>;
  /** Takes one question of the person's rate, for answers that are no command's; what to say when there is none left. */
  readonly tooMany: (person: Person) => Message | undefined;
  /** The buttons that answers carry: another command, another page of this one. */
  readonly interactions: Pick<GuardedInteractions, "clicks">;
}

/** The dispatcher over a table, for every door. */
export function createCommands(ports: DispatchPorts): Commands {
  const read = (text: string): CommandReading => ports.table.read(text, ports.names);
  const run = (text: string, asking: Asking): Promise<CommandOutcome> =>
    measured(ports, read(text), asking);
  const answer = async (text: string, person: Person): Promise<Reaction> =>
    reactionOf((await run(text, { person, isPrivate: true })).shown);
  return {
    table: ports.table,
    read,
    run,
    answer,
    tooMany({ user }) {
      const waitMs = ports.rates.take(user, "usual");
      return waitMs === undefined ? undefined : renderTooMany(waitMs);
    },
    async question({ text, person, threadTs, about }, progress) {
      const { shown } = await run(text, {
        person,
        isPrivate: false,
        ...(threadTs === undefined ? {} : { threadTs }),
        ...(about === undefined ? {} : { about }),
        ...(progress === undefined ? {} : { progress }),
      });
      return "skeleton" in shown ? shown.instead : shown;
    },
    interactions: {
      clicks: {
        // The command that runs is checked for its own right.
        [RUN_COMMAND]: { right: "read", run: ({ value, person }) => answer(value, person) },
        [TURN_PAGE]: {
          right: "read",
          run: async ({ value, person }) => inPlace(await answer(value, person)),
        },
      },
    },
  };
}

function reactionOf(shown: Message | Modal): Reaction {
  return "skeleton" in shown
    ? { kind: "modal", modal: shown }
    : { kind: "message", message: shown };
}

/** Another page takes the place of the one before. */
function inPlace(reaction: Reaction): Reaction {
  return reaction.kind === "message" ? { ...reaction, kind: "replacement" } : reaction;
}

async function measured(
  ports: DispatchPorts,
  reading: CommandReading,
  asking: Asking,
): Promise<CommandOutcome> {
  const startedAt = ports.clock.now();
  const command = reading.kind === "command" ? reading.row.name : reading.kind;
  try {
    return { command, ...(await outcomeOf(ports, reading, asking)) };
  } catch (error) {
    const id = ports.newId();
    ports.log.error({ err: error, id, command }, "a command failed");
    return { command, kind: "failed", shown: renderFailure(id) };
  } finally {
    ports.meter.answered(command, (ports.clock.now() - startedAt) / 1000);
  }
}

type OutcomeOfRow = Omit<CommandOutcome, "command">;

async function outcomeOf(
  ports: DispatchPorts,
  reading: CommandReading,
  asking: Asking,
): Promise<OutcomeOfRow> {
  if (reading.kind !== "command") return { kind: "asked-back", shown: askedBack(reading) };
  const { row, options, readAs } = reading;
  const right = row.rightFor?.(options) ?? row.right;
  const refusal = await ports.permission.refusal(asking.person, right);
  if (refusal !== undefined) return { kind: "refused", shown: renderWords(refusal) };
  const waitMs = ports.rates.take(asking.person.user, row.cost ?? "usual");
  if (waitMs !== undefined) return { kind: "refused", shown: renderTooMany(waitMs) };
  const target = targetFor(ports, reading, asking);
  if ("shown" in target) return { kind: "asked-back", ...target };
  const elsewhere = await refusedTarget(ports.permission, asking.person, target.target);
  if (elsewhere !== undefined) return { kind: "refused", shown: renderWords(elsewhere) };
  const asked = row.target === "one" ? target.target : undefined;
  if (asked !== undefined) asking.progress?.status(`is checking ${asked.name}…`);
  const answer = await row.run(options, { ...asking, ...target });
  const shown = row.render(answer);
  const isSaid = readAs !== undefined && !("skeleton" in shown);
  return { kind: "answered", answer, shown: isSaid ? renderReading(shown, readAs) : shown };
}

/** Most targets may be asked everywhere; one that is limited to channels is checked once more. */
async function refusedTarget(
  permission: Pick<Permission, "refusal">,
  person: Person,
  target: Target | undefined,
): Promise<string | undefined> {
  const isLimited = target?.channels !== undefined && target.channels.length > 0;
  return isLimited ? permission.refusal(person, "ask", target) : undefined;
}

/** The target that the command is about, or what to say when it is not clear which. */
function targetFor(
  { targets, permission }: DispatchPorts,
  { row, target: named, text, options }: Extract<CommandReading, { kind: "command" }>,
  { about, person }: Asking,
): { readonly target?: Target } | { readonly shown: Message } {
  if (row.target === undefined || row.needsTarget?.(options) === false) return {};
  if (row.target === "optional" && named === undefined) return {};
  // One that is limited to other channels is refused by name, and offered to nobody here.
  const offered = permission.targetsFor(person, targets);
  const name = named ?? about;
  const limited = targets.find((each) => each.name.toLowerCase() === name?.toLowerCase());
  if (limited !== undefined) return { target: limited };
  if (offered.length === 0) return { shown: renderWords(NO_TARGET_HERE) };
  const choice = chooseTarget(offered, name);
  switch (choice.kind) {
    case "target":
      return { target: choice.target };
    case "unknown":
      return { shown: renderUnknownTarget(choice.name, choice.known) };
    case "ambiguous":
      return { shown: renderWhichTarget(text, choice.known) };
    case "none":
      throw new Error("no target is configured, which the configuration's check refuses");
  }
}

const NO_TARGET_HERE =
  "No target can be asked here: the configuration limits each of them to other channels (targets[].channels).";

function askedBack(reading: Exclude<CommandReading, { kind: "command" }>): Message {
  switch (reading.kind) {
    case "incomplete":
      return renderIncomplete(reading.row.usage);
    case "not-understood":
      return renderNotUnderstood({ ...reading, usage: reading.row.usage });
    case "mistyped":
      return renderMistyped(reading);
  }
}
