/**
 * What a command in a terminal works with: the pages, the polls and the dispatcher of the bot, without
 * Slack; its store is read where a command is about incidents. Nothing runs by the clock here: the
 * caller says when a target is polled.
 */

import type { StoreAddress } from "../../config/config.ts";
import type { Target } from "../../diagnosis/target.ts";
import { createCommandTable } from "../../features/commands/command-table.ts";
import { type Commands, createCommands } from "../../features/commands/dispatch.ts";
import { isInKnownName, isKnownName, knownNames } from "../../features/commands/known-names.ts";
import type { KnownNames } from "../../features/commands/plain-words.ts";
import { searchRunbooks } from "../../features/search/search-runbooks.ts";
import { typeahead } from "../../features/search/typeahead.ts";
import type { Permission } from "../../features/shared/permission.ts";
import type { Log } from "../../features/shared/ports.ts";
import { whySlow } from "../../features/why-slow/why-slow.ts";
import type { Library } from "../../knowledge/library.ts";
import { clock } from "../clock.ts";
import { createChartThread } from "../history-thread/chart-thread.ts";
import { createDiagnosisThread } from "../history-thread/diagnosis-thread.ts";
import { openKnowledge } from "../knowledge/knowledge-folders.ts";
import { OWN_INDEX, OWN_KNOWLEDGE, terminalIndexOf } from "../knowledge/own-knowledge.ts";
import { createLog } from "../log.ts";
import { createPrometheus } from "../prometheus/query-range.ts";
import { SAMPLER_DEFAULTS } from "../streamline/sampler.ts";
import { createTargetClient } from "../streamline/target-client.ts";
import { createTargetMemory, type TargetMemory } from "../target-memory.ts";
import { keptIncidents } from "./kept-incidents.ts";
import { terminalReplays } from "./replay-source.ts";
import { type SchedulesRead, terminalDuty } from "./terminal-duty.ts";
import { type TerminalPorts, terminalRows } from "./terminal-rows.ts";

export interface TerminalSession extends Pick<Commands, "run" | "read"> {
  readonly memory: Pick<TargetMemory, "poll" | "lastPoll" | "history" | "sampler">;
  library(): Library;
  /** Rejects where the bot's store cannot be read, with which and why. */
  readonly checkStore: () => Promise<void>;
  readonly replay: TerminalPorts["whySlow"]["replay"];
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly targets: readonly Target[];
  /** Folders of pages beside our own. */
  readonly knowledge: readonly string[];
  readonly prometheusToken?: string;
  /** Where the bot keeps its incidents; a string says why that is not known. */
  readonly store: StoreAddress | string;
  /** What was written in threads; left out where nobody is asked for it. */
  readonly talk?: TerminalPorts["talk"];
  readonly schedules: SchedulesRead;
  /** What failed inside, in words. */
  readonly onError: (message: string) => void;
}

/** Opens it; the caller closes it. */
export async function openTerminalSession(options: SessionOptions): Promise<TerminalSession> {
  const { targets } = options;
  const { ports, names, checkStore, close } = await openPorts(options);
  const commands = createCommands({
    table: createCommandTable(terminalRows(ports)),
    names,
    rates: { take: () => undefined },
    targets,
    permission: ports.permission,
    clock,
    log: errorsTo(options.onError),
    meter: UNCOUNTED,
    newId: () => "the line above",
  });
  return {
    run: commands.run,
    read: commands.read,
    memory: ports.memory,
    library: () => ports.knowledge.library(),
    checkStore,
    replay: (id) => ports.whySlow.replay(id),
    close,
  };
}

interface OpenPorts {
  readonly ports: TerminalPorts & { readonly memory: TargetMemory };
  readonly names: KnownNames;
  readonly checkStore: () => Promise<void>;
  readonly close: () => Promise<void>;
}

async function openPorts(options: SessionOptions): Promise<OpenPorts> {
  const { targets, prometheusToken } = options;
  // The answer says what went wrong with a target; the log is for whoever asks for it.
  const log = createLog(process.env["LOG_LEVEL"] ?? "silent", process.stderr);
  const poll = createTargetClient({ clock });
  const memory = createTargetMemory({
    poll,
    targets,
    rules: { rules: [], recording: [] },
    intervalMs: SAMPLER_DEFAULTS.intervalMs,
    clock,
    log,
  });
  const names = knownNames(targets, memory);
  const pages = await openKnowledge({
    folders: [OWN_KNOWLEDGE, ...options.knowledge],
    sharedIndexFile: OWN_INDEX,
    ...terminalIndexOf(options.store, options.knowledge),
    log,
  });
  const isName = (word: string) => isKnownName(names, word);
  const isInName = isInKnownName(targets, memory);
  const knowledge: TerminalPorts["knowledge"] = {
    library: () => pages.current(),
    ask: async (question, asked) => pages.ask(question, { ...asked, isName, isInName }),
  };
  const charts = createChartThread({ history: (target) => memory.history(target) });
  const diagnosing = createDiagnosisThread({ history: (target) => memory.history(target) });
  const prometheus = createPrometheus({ token: () => prometheusToken });
  const incidents = keptIncidents(options.store, options.talk);
  const duty = terminalDuty(options.schedules, log);
  const kept = { knowledge, targets, clock, log };
  return {
    names,
    ports: {
      ...kept,
      ...incidents.ports,
      whySlow: whySlow({ ...kept, memory, diagnosing, prometheus, replays: terminalReplays() }),
      poll,
      api: poll,
      memory,
      prometheus,
      charts,
      searching: searchRunbooks({ ...kept, questions: FORGETS, meter: UNCOUNTED }),
      typing: typeahead({ knowledge, targets }),
      permission: EVERYTHING,
      schedules: duty.schedules,
    },
    checkStore: () => incidents.check(),
    async close() {
      await Promise.all([pages, poll, prometheus, charts, diagnosing].map((each) => each.close()));
      await Promise.all([incidents.close(), duty.close()]);
    },
  };
}

/** Whoever runs it holds the addresses and the secrets that it uses. */
const EVERYTHING: Permission = {
  refusal: async () => undefined,
  targetsFor: (_, all) => all,
  visible: async (_, all) => [...all],
  mayBeNotified: async () => "yes",
};

/** A terminal keeps no questions: it has no pages to turn. */
const FORGETS = { asked: async () => 0, question: async () => undefined };
const UNCOUNTED = { answered: () => {}, searched: () => {} };

function errorsTo(onError: SessionOptions["onError"]): Pick<Log, "error"> {
  return {
    error: (fields) => {
      const error = "err" in fields ? fields.err : undefined;
      onError(error instanceof Error ? error.message : String(error));
    },
  };
}
