/** How good is the diagnosis? First on recordings of a real server, then on simulated cases. */

import { existsSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { EXIT } from "../../src/edges/cli/exit-codes.ts";
import { programWords, wholeNumber } from "../support/program-words.ts";
import { defaultFolder } from "./default-folder.ts";
import { ownChecks } from "./own-checks.ts";
import { evaluateRecordings } from "./recordings/evaluate-recordings.ts";
import { evaluateVariants } from "./recordings/evaluate-variants.ts";
import { replayedLine, replayFile } from "./recordings/replay-file.ts";
import { evaluateSimulated } from "./simulated.ts";

const USAGE = `usage:
  npm run eval                                all recordings, then all simulated cases
  npm run eval -- --recordings DIR [--json]   a folder with labels.json: a line per moment
  npm run eval -- --variant all               the recordings as they would be elsewhere (or one NAME)
  npm run eval -- FILE                        one recording (npm run record): what is said, and when
  npm run eval -- seen/                       the simulated cases whose ids begin like this
  npm run eval -- --said seen/                also what was said, case by case
  npm run eval -- --workers 1                 on so many threads instead of one for each core`;

const { values, positionals } = programWords({
  usage: USAGE,
  options: {
    recordings: { type: "string" },
    variant: { type: "string" },
    json: { type: "boolean", default: false },
    said: { type: "boolean", default: false },
    workers: { type: "string", default: String(availableParallelism()) },
  },
});
const workers = wholeNumber("workers", values.workers, USAGE);
const [wanted = ""] = positionals;

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = EXIT.usage;
}

/** The exit code: 0 when nothing is below its floor and no check is broken, 3 when nothing could be read. */
async function run(): Promise<number> {
  const { recordings, variant, json, said } = values;
  if (variant !== undefined) {
    await evaluateVariants(recordings ?? defaultFolder(), { variant });
    return EXIT.clean;
  }
  if (recordings !== undefined) {
    await evaluateRecordings(recordings, { lines: json ? "json" : "text" });
    return EXIT.clean;
  }
  if (wanted !== "" && existsSync(wanted)) {
    if (statSync(wanted).isFile()) {
      return (await replay(wanted, json)) ? EXIT.clean : EXIT.cannotTell;
    }
    await evaluateRecordings(wanted, { lines: json ? "json" : "text" });
    return EXIT.clean;
  }
  const { checks, problems } = ownChecks();
  for (const { file, line, reason } of problems)
    process.stdout.write(`${file}:${line}: ${reason}\n`);
  const onRecordings =
    wanted !== "" || (await evaluateRecordings(defaultFolder(), { lines: said ? "text" : "none" }));
  const onSimulated = await evaluateSimulated({
    wanted,
    isTalkative: said,
    workers: Math.max(1, workers),
  });
  process.stdout.write(`${checks.length} checks\n`);
  return problems.length === 0 && onRecordings && onSimulated ? EXIT.clean : EXIT.wrong;
}

/** What one recording without labels says, line by line; false when nothing could be read of it. */
async function replay(file: string, isJson: boolean): Promise<boolean> {
  const { polls, problems } = await replayFile(file, (answer) => {
    const { says: _, ...said } = answer;
    process.stdout.write(`${isJson ? JSON.stringify(said) : replayedLine(answer)}\n`);
  });
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return polls > 0;
}
