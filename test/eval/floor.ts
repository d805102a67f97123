/** Plays one half of the simulated cases as `npm run eval -- HALF/` does, and holds it to the floor. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { allCases } from "./cases.ts";
import type { Half } from "./eval-case.ts";

/**
 * Fails with the whole table when the half is below the floor, or when a case was left out. One thread
 * plays it: the halves are files of their own, which run beside each other.
 */
export async function holdsFloor(half: Half): Promise<void> {
  const args = ["test/eval/run.ts", `${half}/`, "--workers", "1"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let table = "";
  child.stdout.on("data", (chunk: Buffer) => {
    table += chunk.toString("utf8");
  });
  const [code] = (await once(child, "close")) as [number | null];
  assert.equal(code, 0, table);
  const played = Number(/^(\d+) cases,/m.exec(table)?.[1]);
  assert.equal(played, allCases().filter((each) => each.half === half).length, table);
}
