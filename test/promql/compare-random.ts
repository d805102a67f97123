/**
 * `npm run agreement`: random expressions, each evaluated here and by a real
 * Prometheus at one of the recorded moments. Ends with 1 when any answer differs, and prints those.
 */
import { collectAfter } from "../fuzz/collect-after.ts";
import { programWords, wholeNumber } from "../support/program-words.ts";
import type { Program } from "../support/programs.ts";
import { type Answer, describeDifference } from "./answers.ts";
import { generatedExpressions } from "./generated-expressions.ts";
import { MOMENTS, recordPolls } from "./recorded-data.ts";
import { answerHere, ask, historyOf, startRecorded } from "./recorded-prometheus.ts";

/** More would only scroll away the first. */
const MOST_SHOWN = 40;

const USAGE = `usage: npm run agreement -- [--cases N] [--seed S]
  --cases N  how many expressions (20000)
  --seed S   others for another number (1)`;

const { values } = programWords({
  usage: USAGE,
  options: {
    cases: { type: "string", default: "20000" },
    seed: { type: "string", default: "1" },
  },
});
const cases = wholeNumber("cases", values.cases, USAGE);
const seed = wholeNumber("seed", values.seed, USAGE);

const after = collectAfter();
try {
  process.exitCode = await compare();
} finally {
  await after.run();
}

async function compare(): Promise<number> {
  const polls = recordPolls();
  const history = historyOf(polls);
  const prometheus = await startRecorded(after, polls);
  const moments = Object.values(MOMENTS);
  let [answered, withSeries, undecided, differing] = [0, 0, 0, 0];
  for (const [at, { ours, theirs }] of generatedExpressions(cases, seed).entries()) {
    const timeMs = moments[at % moments.length] ?? 0;
    const expected = await ask(prometheus, theirs, timeMs);
    const difference = describeDifference(answerHere(history, ours, timeMs), expected);
    answered += Number(expected.kind !== "error");
    withSeries += Number(expected.kind === "series" && expected.series.size > 0);
    if (difference === undefined) continue;
    if (await isUndecided(prometheus, theirs, timeMs, expected)) {
      undecided += 1;
      continue;
    }
    differing += 1;
    if (differing <= MOST_SHOWN) print(`${ours}\n    at ${timeMs}: ${difference}`);
  }
  print(
    `${cases} cases: ${answered} answered, ${withSeries} with series, ${undecided} on which ` +
      `Prometheus differs from itself, ${differing} differ`,
  );
  return differing === 0 ? 0 : 1;
}

/** The values of a subquery come in the order of a Go map: which of equal ones is picked is chance. */
async function isUndecided(
  prometheus: Program,
  expression: string,
  timeMs: number,
  first: Answer,
): Promise<boolean> {
  for (let times = 0; times < 20; times++) {
    const again = await ask(prometheus, expression, timeMs);
    if (describeDifference(first, again) !== undefined) return true;
  }
  return false;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
