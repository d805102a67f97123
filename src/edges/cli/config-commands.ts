/** `config check`, `config schema`: whether a file is valid, and what it may hold. */

import { parseArgs } from "node:util";
import { EXIT } from "./exit-codes.ts";
import { chooseConfigFile, readWholeConfig } from "./read-config.ts";

export async function runConfig([what, ...rest]: readonly string[]): Promise<number> {
  if (what === "check") return check(rest);
  if (what === "schema") return schema();
  process.stderr.write(
    "Write: streamline-bot config check [--config FILE], or: streamline-bot config schema\n",
  );
  return EXIT.usage;
}

async function check(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { config: { type: "string" } } });
  const { file } = chooseConfigFile(values.config, process.env);
  const parsed = await readWholeConfig(file, process.env);
  if (!parsed.ok) {
    const lines = parsed.problems.map(({ path, message }) => `  ${path}: ${message}\n`);
    process.stderr.write(
      `The bot cannot start: ${file} or the environment is not valid.\n${lines.join("")}` +
        "See docs/configuration.md, and streamline-bot.example.yaml for a file that works.\n",
    );
    return EXIT.wrong;
  }
  const { examineDisk } = await import("../doctor/examine.ts");
  const { setupSentence } = await import("../../features/doctor/setup-check.ts");
  const found = await examineDisk(parsed.config, parsed.warnings);
  const wrong = found.filter(({ state }) => state === "wrong");
  const notes = found.filter(({ state }) => state === "note");
  for (const check of notes) process.stderr.write(`note: ${setupSentence(check)}\n`);
  if (wrong.length > 0) {
    const lines = wrong.map((check) => `  ${setupSentence(check)}\n`);
    process.stderr.write(
      `${file} names what is missing or wrong on this machine.\n${lines.join("")}`,
    );
    return EXIT.wrong;
  }
  process.stdout.write(
    `${file} and the environment are valid, and so is what they name on the disk. ` +
      "streamline-bot doctor asks Slack and the others, too.\n",
  );
  return EXIT.clean;
}

async function schema(): Promise<number> {
  const { configJsonSchema } = await import("../../config/config-schema.ts");
  process.stdout.write(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  return EXIT.clean;
}
