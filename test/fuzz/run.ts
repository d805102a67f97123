/**
 * `npm run fuzz [-- NAME…] [--cases N] [--seed S] [--from K] [--longest BYTES]`: feeds every surface, or those whose names
 * hold one of the words, with cases made from its seeds. A case is made from the seed and its number
 * alone: `--seed S --from K --cases 1` feeds it again. Fails when a case crashes, or holds up the event
 * loop for longer than the threat model allows.
 */

import { parseArgs } from "node:util";
import { LONGEST_STANDSTILL_MS } from "../support/loop-watch.ts";
import { caseOf, type Fuzzer, type FuzzResult, runFuzzer } from "./fuzzer.ts";
import { FILE_FUZZERS, WIRE_FUZZERS } from "./fuzzers/all.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cases: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    from: { type: "string", default: "0" },
    longest: { type: "string", default: "65536" },
    /** Prints the input of the first case instead of feeding any. */
    show: { type: "boolean" },
  },
});
const run = {
  cases: Number(options.cases),
  seed: Number(options.seed),
  first: Number(options.from),
  longest: Number(options.longest),
};
if (!Object.values(run).every(Number.isSafeInteger)) {
  throw new Error("--cases, --seed, --from and --longest are whole numbers");
}
const chosen = [...WIRE_FUZZERS, ...FILE_FUZZERS].filter(
  ({ name }) =>
    positionals.length === 0 ||
    positionals.some((word) => name.toLowerCase().includes(word.toLowerCase())),
);
if (chosen.length === 0) throw new Error(`no fuzzer is called so: ${positionals.join(", ")}`);
process.exitCode = options.show === true ? show(chosen) : await feed(chosen);

function show(fuzzers: readonly Fuzzer[]): number {
  for (const each of fuzzers) process.stdout.write(caseOf(each, run.first, run));
  return 0;
}

async function feed(fuzzers: readonly Fuzzer[]): Promise<number> {
  say(`seed ${run.seed}; again: npm run fuzz -- NAME --seed ${run.seed} --from CASE --cases 1`);
  let failures = 0;
  for (const fuzzer of fuzzers) {
    const result = await runFuzzer(fuzzer, run);
    const isTooSlow = result.worstMs > (fuzzer.mayTakeMs ?? LONGEST_STANDSTILL_MS);
    failures += result.crashes.length + (isTooSlow ? 1 : 0);
    report(result, isTooSlow);
  }
  return failures === 0 ? 0 : 1;
}

function report(result: FuzzResult, isTooSlow: boolean): void {
  const { name, cases, worstMs, slowest, worstBytes, largest, crashes } = result;
  const cpu = `worst CPU ${worstMs.toFixed(1)} ms (case ${slowest})${isTooSlow ? " TOO SLOW" : ""}`;
  const memory = `worst memory ${(worstBytes / 1024 ** 2).toFixed(1)} MiB (case ${largest})`;
  say(`${name.padEnd(16)} ${cases} cases, ${cpu}, ${memory}, crashes ${crashes.length}`);
  for (const { number, error } of crashes) {
    say(`  case ${number}: ${error instanceof Error ? error.stack : String(error)}`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
