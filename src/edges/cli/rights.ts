/** `npm run rights [-- FILE]`: prints the permission matrix of a configuration, or of one that says nothing. */

import { existsSync, readFileSync } from "node:fs";
import { parseConfigFile } from "../../config/config-file.ts";
import { rightsTable } from "../../features/shared/rights-table.ts";
import { endWithReader } from "./broken-pipe.ts";
import { USUAL_CONFIG_FILE } from "./read-config.ts";
import { hint, print } from "./terminal-streams.ts";

const NOTHING_SAID = {
  ask: { users: [], channels: [] },
  query: { users: [], groups: [] },
  acknowledge: { users: [], groups: [] },
  silence: { users: [], groups: [] },
  outsiders: { users: [], groups: [] },
};

endWithReader();
const [named] = process.argv.slice(2);
const file = named ?? USUAL_CONFIG_FILE;
if (named !== undefined && !existsSync(named)) {
  hint(`There is no file ${named}.`);
  process.exitCode = 1;
} else if (!existsSync(file)) {
  print(`There is no ${file} here: these are the default rights.\n\n`);
  print(rightsTable(NOTHING_SAID));
} else {
  const { value, problems } = parseConfigFile(readFileSync(file, "utf8"));
  for (const { path, message } of problems) hint(`${path}: ${message}`);
  if (value === undefined) process.exitCode = 1;
  else print(`${rightsTable(value.permissions)}${limitsOf(value.targets)}`);
}

function limitsOf(
  targets: readonly { readonly name: string; readonly channels: readonly string[] }[],
): string {
  const limited = targets.filter(({ channels }) => channels.length > 0);
  return limited
    .map(({ name, channels }) => `${name} answers only in ${channels.join(", ")}\n`)
    .join("");
}
