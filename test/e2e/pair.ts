/**
 * `npm run pair`: what a real pair of Alertmanagers holds, what the bot shows of it, and after how many
 * seconds, as a table. `--shipped` takes the times of the example files, and a quarter of an hour.
 */

import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const file = fileURLToPath(new URL("real-sources.test.ts", import.meta.url));
const isShipped = process.argv.includes("--shipped");
const { stdout, status } = spawnSync(process.execPath, ["--test", "--test-reporter=tap", file], {
  encoding: "utf8",
  env: { ...process.env, ...(isShipped ? { PAIR_TIMES: "shipped" } : {}) },
});
const rows = stdout.split("\n").filter((line) => /^\s*# .* \| /.test(line));
process.stdout.write(`${rows.map((row) => row.replace(/^\s*# /, "")).join("\n")}\n`);
if (status !== 0) process.stdout.write(stdout);
process.exit(status ?? 1);
