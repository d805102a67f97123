/** `config check`, `config schema`: whether a file is valid, and what it may hold. */

import { EXIT } from "./exit-codes.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printJson } from "./print-json.ts";
import { chooseConfigFile, readWholeConfig } from "./read-config.ts";
import { hint, print } from "./terminal-streams.ts";

/** Runs the words behind `config`; returns the exit code. */
export async function runConfig([what, ...rest]: readonly string[]): Promise<number> {
  if (what === "check") return check(rest);
  if (what === "schema") return schema(rest);
  hint("Write: streamline-bot config check [--config FILE], or: streamline-bot config schema");
  return EXIT.usage;
}

async function check(args: readonly string[]): Promise<number> {
  const { values } = parseArguments({
    args: [...args],
    options: { config: { type: "string" }, json: { type: "boolean" } },
  });
  return values.json === true ? checkAsJson(values.config) : checkInWords(values.config);
}

/** As the doctor reports, of what is on the disk alone. */
async function checkAsJson(named: string | undefined): Promise<number> {
  const { examinedFiles } = await import("./run-doctor.ts");
  const { doctorText } = await import("../../features/doctor/doctor-words.ts");
  const { concludeSetup } = await import("../answers/conclude-targets.ts");
  const checks = await examinedFiles(chooseConfigFile(named, process.env).file);
  const found = concludeSetup(checks);
  const exitCode = found.verdict === "ready" ? EXIT.clean : EXIT.wrong;
  return printJson("config", found, { exitCode, text: doctorText(checks) });
}

async function checkInWords(named: string | undefined): Promise<number> {
  const { file } = chooseConfigFile(named, process.env);
  const parsed = await readWholeConfig(file, process.env);
  if (!parsed.ok) {
    const lines = parsed.problems.map(({ path, message }) => `  ${path}: ${message}\n`);
    hint(
      `The bot cannot start: ${file} or the environment is not valid.\n${lines.join("")}` +
        "See docs/configuration.md, and streamline-bot.example.yaml for a file that works.",
    );
    return EXIT.wrong;
  }
  const { examineDisk } = await import("../doctor/examine.ts");
  const { setupSentence } = await import("../../features/doctor/setup-check.ts");
  const found = await examineDisk(parsed.config, parsed.warnings);
  const wrong = found.filter(({ state }) => state === "wrong");
  const notes = found.filter(({ state }) => state === "note");
  for (const check of notes) hint(`note: ${setupSentence(check)}`);
  if (wrong.length > 0) {
    const lines = wrong.map((check) => `\n  ${setupSentence(check)}`);
    hint(`${file} names what is missing or wrong on this machine.${lines.join("")}`);
    return EXIT.wrong;
  }
  print(
    `${file} and the environment are valid, and the files that they name are in order. ` +
      "streamline-bot doctor also checks Slack, Alertmanager, Prometheus and the targets.\n",
  );
  return EXIT.clean;
}

/** JSON as it is, with or without --json. */
async function schema(args: readonly string[]): Promise<number> {
  parseArguments({
    args: [...args],
    options: { config: { type: "string" }, json: { type: "boolean" } },
  });
  const { configJsonSchema } = await import("../../config/config-schema.ts");
  print(`${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  return EXIT.clean;
}
