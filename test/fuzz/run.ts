/**
 * Feeds every surface, or those that are named, with cases made from its seeds. A case is made from the
 * seed and its number alone: `--seed S --from K --cases 1` feeds it again. Fails when a case crashes, or
 * holds up the event loop for longer than the threat model allows.
 */

import { isShort } from "../support/loop-watch.ts";
import { programWords, wholeNumber, wrongWords } from "../support/program-words.ts";
import { caseOf, type Fuzzer, type FuzzResult, runFuzzer } from "./fuzzer.ts";
import { FILE_FUZZERS, WIRE_FUZZERS } from "./fuzzers/all.ts";

const USAGE = `usage: npm run fuzz [-- NAME…] [--cases N] [--seed S] [--from K] [--longest BYTES] [--show]
  NAME              only the surfaces whose names contain it
  --cases N         so many each; 100000 when it is not given
  --seed S --from K --cases 1   one case again
  --longest BYTES   no input is longer
  --show            prints the input of the first case instead of feeding any`;

const { values: options, positionals } = programWords({
  usage: USAGE,
  options: {
    cases: { type: "string", default: "100000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    from: { type: "string", default: "0" },
    longest: { type: "string", default: "65536" },
    show: { type: "boolean" },
  },
});
const run = {
  cases: wholeNumber("cases", options.cases, USAGE),
  seed: wholeNumber("seed", options.seed, USAGE),
  first: wholeNumber("from", options.from, USAGE),
  longest: wholeNumber("longest", options.longest, USAGE),
};
const chosen = [...WIRE_FUZZERS, ...FILE_FUZZERS].filter(
  ({ name }) =>
    positionals.length === 0 ||
    positionals.some((word) => name.toLowerCase().includes(word.toLowerCase())),
);
if (chosen.length === 0) {
  wrongWords(
    `no fuzzer is called so: ${positionals.join(", ")}; there are: ${[...WIRE_FUZZERS, ...FILE_FUZZERS].map(({ name }) => name).join(", ")}`,
    USAGE,
  );
}
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
    const isTooSlow = !isShort(result.worstMs, fuzzer.mayTakeMs);
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
