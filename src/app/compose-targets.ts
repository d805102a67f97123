/** What the bot asks its targets and remembers of them. */

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createChartThread } from "../edges/history-thread/chart-thread.ts";
import { createPrometheus } from "../edges/prometheus/query-range.ts";
import { readRuleFiles } from "../edges/rule-files.ts";
import { createTargetClient } from "../edges/streamline/target-client.ts";
import { createTargetMemory, type Past } from "../edges/target-memory.ts";
import { knownNames } from "../features/commands/known-names.ts";
import type { Stores } from "./compose-store.ts";
import type { Foundation } from "./foundation.ts";

export type TargetAccess = Awaited<ReturnType<typeof composeTargets>>;

/** Starts to poll; `past` is what is already known of the targets. */
export async function composeTargets(
  foundation: Foundation,
  { sharedPolls }: Pick<Stores, "sharedPolls">,
  past: Past | undefined,
) {
  const { config, log, clock, meter, teardown, secrets } = foundation;
  const { targets } = config;
  const poll = createTargetClient({ clock, onPoll: (event) => meter.targetPoll(event) });
  const rules = await readRuleFiles([...(await ownRules()), ...config.rules], log);
  const memory = createTargetMemory({
    poll,
    targets,
    rules,
    clock,
    log,
    share: sharedPolls,
    ...config.sampling,
    ...(past === undefined ? {} : { past }),
  });
  memory.sampler.start();
  teardown.add("sampler", () => Promise.all([poll.close(), memory.sampler.stop()]));
  const prometheus = createPrometheus({ token: () => secrets.current().prometheusToken });
  teardown.add("prometheus", () => prometheus.close());
  const charts = createChartThread({ history: (target) => memory.history(target) });
  teardown.add("charts", () => charts.close());
  return { targets, poll, rules, memory, names: knownNames(targets, memory), prometheus, charts };
}

/** The rules that come with the bot, so that it can say which of their conditions are true. */
async function ownRules(): Promise<string[]> {
  const folder = fileURLToPath(new URL("../../alerts", import.meta.url));
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(".rules.yml")).map((name) => join(folder, name));
}
