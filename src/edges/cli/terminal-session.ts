/**
 * What a command in a terminal works with: the pages, the polls and the dispatcher of the bot, without
 * Slack and without a store. Nothing runs by the clock here: the caller says when a target is polled.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Target } from "../../diagnosis/target.ts";
import { createCommandTable } from "../../features/commands/command-table.ts";
import { type Commands, createCommands } from "../../features/commands/dispatch.ts";
import { knownNames } from "../../features/commands/known-names.ts";
import { searchRunbooks } from "../../features/search/search-runbooks.ts";
import { typeahead } from "../../features/search/typeahead.ts";
import type { Permission } from "../../features/shared/permission.ts";
import type { Log } from "../../features/shared/ports.ts";
import { type ReplayStore, whySlow } from "../../features/why-slow/why-slow.ts";
import { CACHE_FOLDER } from "../cache-folder.ts";
import { createChartThread } from "../chart-thread/chart-thread.ts";
import { clock } from "../clock.ts";
import { openKnowledge } from "../knowledge/knowledge-folders.ts";
import { OWN_INDEX, OWN_KNOWLEDGE } from "../knowledge/own-knowledge.ts";
import { createLog } from "../log.ts";
import { createPrometheus } from "../prometheus/query-range.ts";
import { openReplayFiles } from "../store/replay-files.ts";
import { SAMPLER_DEFAULTS } from "../streamline/sampler.ts";
import { createTargetClient } from "../streamline/target-client.ts";
import { createTargetMemory, type TargetMemory } from "../target-memory.ts";
import { type TerminalPorts, terminalRows } from "./terminal-rows.ts";

export interface TerminalSession extends Pick<Commands, "run" | "read"> {
  readonly memory: Pick<TargetMemory, "poll" | "lastPoll" | "history">;
  readonly replay: TerminalPorts["whySlow"]["replay"];
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly targets: readonly Target[];
  /** Folders of pages beside our own. */
  readonly knowledge: readonly string[];
  readonly prometheusToken?: string;
  /** What failed inside, in words. */
  readonly onError: (message: string) => void;
}

/** Opens it; the caller closes it. */
export async function openTerminalSession(options: SessionOptions): Promise<TerminalSession> {
  const { targets } = options;
  // The answer says what went wrong with a target; the log is for whoever asks for it.
  const log = createLog(process.env["LOG_LEVEL"] ?? "silent", process.stderr);
  const pages = await openKnowledge({
    folders: [OWN_KNOWLEDGE, ...options.knowledge],
    sharedIndexFile: OWN_INDEX,
    log,
  });
  /** Words of the targets' own are never taken for typing errors. */
  const isName = (word: string): boolean =>
    names.isTarget(word) || names.isTopic(word) || names.isGroup(word);
  const knowledge: TerminalPorts["knowledge"] = {
    library: () => pages.current(),
    ask: async (question, asked) => pages.ask(question, { ...asked, isName }),
  };
  const poll = createTargetClient({ clock });
  const memory = createTargetMemory({
    poll,
    targets,
    rules: { rules: [], recording: [] },
    intervalMs: SAMPLER_DEFAULTS.intervalMs,
    clock,
    log,
  });
  const diagnosis = whySlow({ knowledge, memory, replays: replayFiles(), clock, log });
  const charts = createChartThread({ history: (target) => memory.history(target) });
  const { prometheusToken: token } = options;
  const prometheus = createPrometheus({ token: () => token });
  const names = knownNames(targets, memory);
  // Whoever runs it holds the addresses and the secrets that it uses.
  const permission: Permission = {
    refusal: async () => undefined,
    targetsFor: (_, all) => all,
    visible: async (_, all) => [...all],
  };
  const rows = terminalRows({
    whySlow: diagnosis,
    poll,
    api: poll,
    memory,
    prometheus,
    charts,
    clock,
    knowledge,
    targets,
    searching: searchRunbooks({
      knowledge,
      targets,
      clock,
      log,
      questions: FORGETS,
      meter: UNCOUNTED,
    }),
    typing: typeahead({ knowledge, targets }),
    permission,
    log,
  });
  const commands = createCommands({
    table: createCommandTable(rows),
    names,
    rates: { take: () => undefined },
    targets,
    permission,
    clock,
    log: errorsTo(options.onError),
    meter: UNCOUNTED,
    newId: () => "the line above",
  });
  return {
    run: commands.run,
    read: commands.read,
    memory,
    replay: (id) => diagnosis.replay(id),
    async close() {
      await Promise.all([pages.close(), poll.close(), prometheus.close(), charts.close()]);
    },
  };
}

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

/** An unpacked replay of a large target; a hostile file does not unfold. */
const LARGEST_TEXT = 512 * 1024 ** 2;
const GZIP = Buffer.from([0x1f, 0x8b]);

/** Answers are kept beside other things that can be had again; what is no id is a file's path. */
function replayFiles(): ReplayStore {
  const kept = openReplayFiles(join(CACHE_FOLDER, "replays"));
  return {
    save: (text) => kept.save(text),
    load: async (name) => (await kept.load(name)) ?? (await readReplayFile(name)),
  };
}

async function readReplayFile(path: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(path);
    if (!bytes.subarray(0, 2).equals(GZIP)) return bytes.toString("utf8");
    const text = await promisify(gunzip)(bytes, { maxOutputLength: LARGEST_TEXT });
    return text.toString("utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
