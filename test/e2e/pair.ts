/**
 * `npm run pair`: what a real pair of Alertmanagers holds, what the bot shows of it, and after how many
 * seconds, as a table. `--shipped` takes the times of the example files, and half an hour.
 */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { programWords } from "../support/program-words.ts";

const { values } = programWords({
  usage: "usage: npm run pair [-- --shipped]",
  options: { shipped: { type: "boolean", default: false } },
});
const isShipped = values.shipped;
let failed = 0;
for (const name of ["real-sources.test.ts", "pair-gaps.ts"]) {
  const file = fileURLToPath(new URL(name, import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, ["--test", "--test-reporter=tap", file], {
    encoding: "utf8",
    env: { ...process.env, ...(isShipped ? { PAIR_TIMES: "shipped" } : {}) },
  });
  const rows = stdout.split("\n").filter((line) => /^\s*# .* \| /.test(line));
  process.stdout.write(`${rows.map((row) => row.replace(/^\s*# /, "")).join("\n")}\n`);
  if (status !== 0) process.stdout.write(stdout);
  failed += status === 0 ? 0 : 1;
}
process.exit(failed > 0 ? 1 : 0);
