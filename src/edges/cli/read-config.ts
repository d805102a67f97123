/** Which configuration file is meant, and what it and the environment say. */

import { existsSync, readFileSync } from "node:fs";
import type { ConfigResult } from "../../config/config.ts";
import { readSecretFile } from "./terminal-streams.ts";

/** Beside the process, where neither a word nor the environment names another. */
export const USUAL_CONFIG_FILE = "streamline-bot.yaml";

type Env = Readonly<Record<string, string | undefined>>;

export interface ChosenFile {
  readonly file: string;
  /** Somebody named it, so that it must be there. */
  readonly isNamed: boolean;
}

/** What is named on the command line, then in the environment, then in this folder. */
export function chooseConfigFile(named: string | undefined, env: Env): ChosenFile {
  const chosen = named ?? env["STREAMLINE_BOT_CONFIG"];
  return { file: chosen ?? USUAL_CONFIG_FILE, isNamed: chosen !== undefined };
}

/** Its text; undefined when there is no such file. Throws when it cannot be read. */
export async function readConfigFile({
  named,
  env,
}: {
  readonly named: string | undefined;
  readonly env: Env;
}): Promise<ChosenFile & { readonly yaml: string | undefined }> {
  const chosen = chooseConfigFile(named, env);
  const yaml = existsSync(chosen.file) ? readFileSync(chosen.file, "utf8") : undefined;
  return { ...chosen, yaml };
}

/** File and environment together, or every problem of them. */
export async function readWholeConfig(file: string, env: Env): Promise<ConfigResult> {
  const { parseConfig } = await import("../../config/parse-config.ts");
  try {
    const { yaml } = await readConfigFile({ named: file, env });
    return parseConfig({ env, yaml, readSecret: readSecretFile });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [{ path: "(file)", message: `cannot be read: ${message}` }] };
  }
}

/** As the bot reads it, from the variable or from the file that another names. */
export async function databaseUrl(): Promise<string | undefined> {
  const { resolveSecretFiles } = await import("../../config/secret-files.ts");
  return resolveSecretFiles(process.env, readSecretFile).env["DATABASE_URL"];
}
