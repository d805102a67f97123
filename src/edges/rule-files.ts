/** Prometheus rule files -> the rules in them. */

import { readFile } from "node:fs/promises";
import type { Logger } from "pino";
import { readRules } from "../diagnosis/rules/read-rules.ts";
import type { LoadedRules } from "../diagnosis/rules/rule.ts";

/** Reads the files; what cannot be read or evaluated is logged and named, and the rest is used. */
export async function readRuleFiles(
  files: readonly string[],
  log: Pick<Logger, "warn">,
): Promise<LoadedRules> {
  const read = await Promise.all(files.map((file) => readRuleFile(file)));
  const problems = read.flatMap((each) => each.problems);
  for (const problem of problems) {
    log.warn({ problem }, "an alert rule cannot be evaluated here");
  }
  return {
    rules: read.flatMap(({ rules }) => rules),
    recording: read.flatMap(({ recording }) => recording),
    problems,
  };
}

async function readRuleFile(file: string): Promise<LoadedRules> {
  try {
    return readRules(file, await readFile(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { rules: [], recording: [], problems: [`${file}: ${reason}`] };
  }
}
