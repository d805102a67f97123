/** Prometheus rule files -> the alert rules in them. */

import { readFile } from "node:fs/promises";
import type { Logger } from "pino";
import { parse } from "yaml";
import { type Rule, readRules } from "../diagnosis/checks/rules.ts";

/** Reads the files; what cannot be read or evaluated is logged and told, and the rest is used. */
export async function readRuleFiles(
  files: readonly string[],
  log: Pick<Logger, "warn">,
): Promise<{ readonly rules: readonly Rule[]; readonly problems: readonly string[] }> {
  const read = await Promise.all(files.map((file) => readRuleFile(file)));
  const problems = read.flatMap((each) => each.problems);
  for (const problem of problems) {
    log.warn({ problem }, "an alert rule cannot be evaluated here");
  }
  return { rules: read.flatMap(({ rules }) => rules), problems };
}

async function readRuleFile(file: string): Promise<ReturnType<typeof readRules>> {
  try {
    return readRules(file, parse(await readFile(file, "utf8")));
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { rules: [], problems: [`${file}: ${reason}`] };
  }
}
