/** Runs every benchmark in this folder, or the named ones: `npm run bench -- search`. */

import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import { arch, cpus, totalmem } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** What benchmarks are made of. */
const SHARED = new Set([
  "run",
  "timing",
  "exposition-bodies",
  "flood",
  "own-metric",
  "parts",
  "readable-words",
]);

const here = dirname(fileURLToPath(import.meta.url));
const names = globSync("*.ts", { cwd: here })
  .map((file) => basename(file, ".ts"))
  .filter((name) => !SHARED.has(name))
  .toSorted();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no benchmark ${unknown.join(", ")}; there are: ${names.join(", ")}\n`);
  process.exit(2);
}

const gigabytes = Math.round(totalmem() / 1024 ** 3);
process.stdout.write(
  `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${arch()}, ` +
    `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, ${gigabytes} GiB\n`,
);
let failed = 0;
for (const name of asked.length > 0 ? asked : names) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, ["--expose-gc", join(here, `${name}.ts`)], {
    stdio: "inherit",
  });
  if (status !== 0) failed += 1;
}
process.exit(failed > 0 ? 1 : 0);
