/**
 * Holds the bot against faults and prints what came of it: `npm run chaos [-- WORD…]`.
 *
 * Words choose profiles whose name contains one of them; without words all but the long ones run.
 * `--long` runs the long ones, too; `--trials N` runs each so often.
 */

import { parseArgs } from "node:util";
import { ABSENCE_PROFILES } from "./absence-profiles.ts";
import { REPLICA_PROFILES } from "./replica-profiles.ts";
import { LONG_PROFILES, SLACK_PROFILES } from "./slack-profiles.ts";
import { STORE_PROFILES } from "./store-profiles.ts";
import { printHead, printRow } from "./table.ts";
import { type Result, runTrial } from "./trial.ts";

const { values, positionals } = parseArgs({
  options: { trials: { type: "string", default: "1" }, long: { type: "boolean", default: false } },
  allowPositionals: true,
});
const usual = [...SLACK_PROFILES, ...ABSENCE_PROFILES, ...STORE_PROFILES, ...REPLICA_PROFILES];
const all = values.long || positionals.length > 0 ? [...usual, ...LONG_PROFILES] : usual;
const chosen = all.filter(
  ({ name }) => positionals.length === 0 || positionals.some((word) => name.includes(word)),
);
if (chosen.length === 0) {
  process.stderr.write(`no such fault; there are: ${all.map(({ name }) => name).join("; ")}\n`);
  process.exit(2);
}
printHead();
let isWell = true;
for (const profile of chosen) {
  const results: Result[] = [];
  for (let count = 0; count < Number(values.trials); count += 1) {
    results.push(await runTrial(profile));
  }
  printRow(profile.name, results);
  isWell &&= results.every(({ lost, doubled, wrong }) => lost + doubled + wrong === 0);
}
process.exit(isWell ? 0 : 1);
