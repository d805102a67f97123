/** Holds the bot against faults and prints what came of it: `npm run chaos [-- WORD…]`. */

import { programWords, wholeNumber, wrongWords } from "../support/program-words.ts";
import { ABSENCE_PROFILES } from "./absence-profiles.ts";
import { REPLICA_PROFILES } from "./replica-profiles.ts";
import { LONG_PROFILES, SLACK_PROFILES } from "./slack-profiles.ts";
import { STORE_PROFILES } from "./store-profiles.ts";
import { printHead, printRow } from "./table.ts";
import { type Result, runTrial } from "./trial.ts";

const USAGE = `usage: npm run chaos [-- WORD…] [--trials N] [--long]
  WORD         only the faults whose names contain it; without words all but the long ones
  --trials N   each so often
  --long       the long ones, too`;

const { values, positionals } = programWords({
  usage: USAGE,
  options: { trials: { type: "string", default: "1" }, long: { type: "boolean", default: false } },
});
const trials = wholeNumber("trials", values.trials, USAGE);
const usual = [...SLACK_PROFILES, ...ABSENCE_PROFILES, ...STORE_PROFILES, ...REPLICA_PROFILES];
const all = values.long || positionals.length > 0 ? [...usual, ...LONG_PROFILES] : usual;
const chosen = all.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);
if (chosen.length === 0) {
  wrongWords(`no such fault; there are: ${all.map(({ name }) => name).join("; ")}`, USAGE);
}
printHead();
let isWell = true;
for (const profile of chosen) {
  const results: Result[] = [];
  for (let count = 0; count < trials; count += 1) {
    results.push(await runTrial(profile));
  }
  printRow(profile.name, results);
  isWell &&= results.every(({ lost, doubled, wrong }) => lost + doubled + wrong === 0);
}
process.exit(isWell ? 0 : 1);
