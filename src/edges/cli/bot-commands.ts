/** Commands about the bot and its checkout that start no bot: files, copies, recordings, measuring. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { clock } from "../clock.ts";
import { EXIT } from "./exit-codes.ts";
import { parseArguments } from "./parse-arguments.ts";
import { printJson } from "./print-json.ts";
import { databaseUrl, readConfigFile } from "./read-config.ts";
import { hint, print } from "./terminal-streams.ts";

/** `backup FILE`: a whole copy of a SQLite store, while the bot runs. */
export async function runBackup(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments({
    args: [...args],
    options: { config: { type: "string" }, json: { type: "boolean" } },
    allowPositionals: true,
  });
  const [file, more] = positionals;
  if (file === undefined || more !== undefined) {
    return refuse("backup needs one file to write: streamline-bot backup FILE");
  }
  const { storeAddress } = await import("../../config/parse-config.ts");
  const read = await readConfigFile({ named: values.config, env: process.env });
  if (read.yaml === undefined && read.isNamed) return refuse(`There is no file ${read.file}.`);
  const store = storeAddress(read.yaml, await databaseUrl());
  if (store === undefined) return fail(`The store is not known: ${read.file} is not valid.`);
  const { backupStore } = await import("../store/backup.ts");
  backupStore(store, file);
  const text = `${file} is a full copy of the store; it can replace the store.`;
  if (values.json === true) return printJson("backup", { file }, { text });
  return print(`${text}\n`);
}

/** `record --target URL --out FILE`: until the time is over, the file is full, or Ctrl+C. */
export async function runRecord(args: readonly string[]): Promise<number> {
  const { readRecordWords, record, RECORD_USAGE } = await import("../recording/record.ts");
  const isJson = args.includes("--json");
  const settings = readRecordWords(args.filter((word) => word !== "--json"));
  if (typeof settings === "string") return refuse(`${settings}\n${RECORD_USAGE}`);
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort());
  const { file, target, forMs } = settings;
  const until = new Date(clock.now() + forMs).toISOString().slice(0, 16).replace("T", " ");
  const begun = `Recording ${target.http} until ${until} UTC; Ctrl+C ends it.`;
  if (isJson) hint(begun);
  else print(`${begun}\n`);
  const { polls, isFull } = await record(settings, stopping.signal);
  const why = isFull ? "The file is full (--most). " : "";
  const text = `${file} holds ${polls} polls. ${why}Play it: streamline-bot eval ${file}`;
  return isJson ? printJson("record", { file, polls }, { text }) : print(`${text}\n`);
}

const MEASURING = new URL("../../../test/eval/", import.meta.url);

/** `eval`: the measuring stands with the tests, which an image for production leaves out. */
export async function runEval(args: readonly string[]): Promise<number> {
  const file = fileURLToPath(new URL("run.ts", MEASURING));
  if (!existsSync(file)) {
    hint("eval needs a checkout with its tests; there is none here.");
    return EXIT.cannotTell;
  }
  const words = args[0] === "--" ? args.slice(1) : args;
  if (words.includes("--json")) return evalAsJson(words);
  const child = spawn(process.execPath, [file, ...words], { stdio: "inherit" });
  const [code] = (await once(child, "exit")) as [number | null];
  return code ?? EXIT.wrong;
}

/** One line, as of every command; `npm run eval -- --recordings DIR --json` has one for each moment. */
async function evalAsJson(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments({
    args: [...args],
    options: {
      json: { type: "boolean" },
      recordings: { type: "string" },
      variant: { type: "string" },
      workers: { type: "string" },
    },
    allowPositionals: true,
  });
  const [wanted, more] = positionals;
  const workers = Number(values.workers ?? availableParallelism());
  if (more !== undefined || !Number.isSafeInteger(workers) || workers < 1) {
    return refuse(
      more === undefined
        ? `--workers needs a whole number of 1 or more: ${values.workers} is not one`
        : `eval takes one FILE; "${more}" is one word too many`,
    );
  }
  const { recordings, variant } = values;
  const given = Object.entries({ wanted, recordings, variant }).filter(([, each]) => each);
  const { answerEval } = await import(new URL("answer-eval.ts", MEASURING).href);
  try {
    const { answer, exitCode, text } = await answerEval({ ...Object.fromEntries(given), workers });
    return await printJson("eval", answer, { exitCode, text });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

/** `healthcheck`: whether the bot that this configuration starts answers, for an image. */
export async function runHealthcheck(args: readonly string[]): Promise<number> {
  const { values } = parseArguments({
    args: [...args],
    options: { config: { type: "string" }, json: { type: "boolean" } },
  });
  const { parseConfigFile } = await import("../../config/config-file.ts");
  const { yaml } = await readConfigFile({ named: values.config, env: process.env });
  const { host, port } = parseConfigFile(yaml).value?.listen ?? { host: "", port: 8080 };
  const local = ["", "0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host;
  const address = local.includes(":") ? `[${local}]` : local;
  const { askJson } = await import("../doctor/ask-json.ts");
  const url = `http://${address}:${port}/healthz`;
  const answer = await askJson({ url, headers: {} });
  const isUp = answer.kind === "answered";
  const text = isUp ? `the bot answers at ${url}` : `the bot at ${url} ${answer.problem}`;
  if (values.json !== true) return isUp ? EXIT.clean : fail(text);
  return printJson(
    "healthcheck",
    { url, isUp },
    { exitCode: isUp ? EXIT.clean : EXIT.wrong, text },
  );
}

function refuse(problem: string): number {
  hint(problem);
  return EXIT.usage;
}

function fail(problem: string): number {
  hint(problem);
  return EXIT.wrong;
}
