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
    const { text, isBroken } = decodeRuleFile(await readFile(file));
    const read = readRules(file, text);
    const broken = `${file}: some of its bytes are not UTF-8, so Prometheus refuses it`;
    return isBroken ? { ...read, problems: [broken, ...read.problems] } : read;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return { rules: [], recording: [], problems: [`${file}: ${reason}`] };
  }
}

/** YAML may be UTF-16 as well, with a byte order mark in front. */
function decodeRuleFile(bytes: Uint8Array): { text: string; isBroken: boolean } {
  const [first, second] = bytes;
  const isBigEndian = first === 0xfe && second === 0xff;
  const isUtf16 = isBigEndian || (first === 0xff && second === 0xfe);
  const encoding = isUtf16 ? (isBigEndian ? "utf-16be" : "utf-16le") : "utf-8";
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), isBroken: false };
  } catch {
    return { text: new TextDecoder(encoding).decode(bytes), isBroken: true };
  }
}
