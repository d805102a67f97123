/** The guides and runbooks, and the diagnosis, whose checks stand in them. */

import { dirname, join } from "node:path";
import type { StoreAddress } from "../config/config.ts";
import { createDiagnosisThread } from "../edges/history-thread/diagnosis-thread.ts";
import { openKnowledge } from "../edges/knowledge/knowledge-folders.ts";
import { indexFileOf, OWN_INDEX, OWN_KNOWLEDGE } from "../edges/knowledge/own-knowledge.ts";
import { openReplayFiles } from "../edges/store/replay-files.ts";
import { isInKnownName, isKnownName } from "../features/commands/known-names.ts";
import { createLearning } from "../features/search/learning.ts";
import type { FoundOn } from "../features/shared/found-state.ts";
import type { KnowledgeSource } from "../features/shared/sources.ts";
import { createIncidentVerdicts } from "../features/why-slow/incident-verdicts.ts";
import { type WhySlow, whySlow } from "../features/why-slow/why-slow.ts";
import type { Stores } from "./compose-store.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

export type KnowledgeAccess = Awaited<ReturnType<typeof composeKnowledge>>;

/** Reads the bot's own pages and those of the configured folders. */
export async function composeKnowledge(
  { config, log, clock, teardown }: Foundation,
  { feedback }: Stores,
  { memory, names, prometheus }: TargetAccess,
) {
  const pages = await openKnowledge({
    // The user's folders add to our own pages.
    folders: [OWN_KNOWLEDGE, ...config.knowledge],
    sharedIndexFile: OWN_INDEX,
    opensEarly: true,
    log,
    ...indexFileOf(config.store),
  });
  teardown.add("knowledge", () => pages.close());
  const learning = createLearning(feedback);
  const isName = (word: string) => isKnownName(names, word);
  const isInName = isInKnownName(config.targets, memory);
  const knowledge: KnowledgeSource = {
    library: () => pages.current(),
    ask: async (question, options) => {
      const alert = options.labels?.["alertname"];
      const asked = { ...options, isName, isInName };
      if (alert === undefined) return pages.ask(question, asked);
      return pages.ask(question, { ...asked, learned: await learning.weights(alert) });
    },
  };
  const replays = openReplayFiles(replayFolder(config.store));
  const diagnosing = createDiagnosisThread({ history: (target) => memory.history(target) });
  teardown.add("diagnoses", () => diagnosing.close());
  const diagnosis = whySlow({
    knowledge,
    memory,
    diagnosing,
    replays,
    prometheus,
    clock,
    log,
  });
  const { targets } = config;
  const judging = { knowledge, whySlow: diagnosis, memory, targets, clock };
  const verdicts = createIncidentVerdicts(judging);
  return { knowledge, learning, diagnosis, verdicts, found: foundOn(diagnosis) };
}

/** The state of a target, from the diagnosis of what is known of it already. */
function foundOn({ standing }: Pick<WhySlow, "standing">): FoundOn {
  return (target) => {
    const verdict = standing(target)?.diagnosis.verdict;
    if (verdict?.kind !== "active") return undefined;
    const { shown, title } = verdict.cause.check;
    return { severity: shown, title };
  };
}

/** Beside the store; a replica that keeps its state elsewhere has a folder of its own. */
function replayFolder(store: StoreAddress): string {
  return join(folderOf(store) ?? "var", "replays");
}

/** The folder of the store's file, when it has one. */
function folderOf(store: StoreAddress): string | undefined {
  const isFile = store.engine === "sqlite" && store.path !== ":memory:";
  return isFile ? dirname(store.path) : undefined;
}
