/**
 * Which test files may share a process, one after another: those that set up nothing for all tests of
 * it. Pure ones touch no server, program, thread or timer either. Found by what they import, so nobody
 * has to say it.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { secondsSaid } from "./durations.ts";

/** Modules that open sockets, start programs or threads, or wait, and packages that do so for us. */
const TOUCHING: ReadonlySet<string> = new Set([
  ..."child_process dgram dns http http2 https net readline timers timers/promises tls worker_threads"
    .split(" ")
    .map((name) => `node:${name}`),
  ..."@slack/bolt emulate fastify playwright-core undici vite ws".split(" "),
]);

/** Modules with which a file starts programs or threads of its own, or loads a bundler. */
const STARTING: ReadonlySet<string> = new Set([
  "node:child_process",
  "node:worker_threads",
  "vite",
]);

/** Programs that have ended when the test goes on. */
const STARTING_AND_WAITING =
  /^import \{ (?:spawnSync|execFileSync) \} from "node:child_process";$/gm;

/** A file that takes longer, in seconds, would hold up those behind it. */
const LONGEST_SHARED_S = 60;

/** What a test asks of the whole process, where the tests before it count, too. */
const MEASURING = /\bwatchLoop\(|\bmemoryUsage\(|\bgetHeapStatistics\(|\bcpuUsage\(|\bgc\?*\.?\(/;

/** Hooks outside a suite would run around the tests of other files, too; so would changes to the process. */
const REACHING_OUT =
  /^(?:before|after|beforeEach|afterEach)\(|\bmock\.|\bprocess\.(?:env\[[^\]]*\] =|chdir|exit)|\bset(?:Timeout|Interval)\(/m;

/** Whether the file and all that it imports keep to themselves. */
export function isPure(file: string, seen: Set<string> = new Set()): boolean {
  const path = resolve(file);
  if (seen.has(path)) return true;
  seen.add(path);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (path.includes("/test/") && REACHING_OUT.test(text)) return false;
  return importsOf(text).every((name) => {
    if (TOUCHING.has(name)) return false;
    return !name.startsWith(".") || isPure(join(dirname(path), name), seen);
  });
}

/**
 * Whether the file can run behind others that open and close servers of their own: neither it nor what
 * it imports of the tests changes the process or measures it, and programs that go on meanwhile are
 * started by those parts alone that end them with the test.
 */
export function canShare(file: string): boolean {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  if ((secondsSaid(text) ?? 0) > LONGEST_SHARED_S) return false;
  const others = importsOf(text.replace(STARTING_AND_WAITING, ""));
  return !others.some((name) => STARTING.has(name)) && leavesProcess(file, new Set());
}

/** Whether neither the file nor what it imports of the tests changes the process or measures it. */
function leavesProcess(file: string, seen: Set<string>): boolean {
  const path = resolve(file);
  if (seen.has(path) || !path.includes("/test/")) return true;
  seen.add(path);
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  if (REACHING_OUT.test(text) || MEASURING.test(text)) return false;
  return importsOf(text).every(
    (name) => !name.startsWith(".") || leavesProcess(join(dirname(path), name), seen),
  );
}

function importsOf(text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export)\s+(?!type\b)[^"';]*?from\s+"([^"]+)"|^import "([^"]+)"|\bimport\("([^"]+)"\)/gm,
  );
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** A file that imports the others, so that they run one after another in one process. */
export function writeBatch(folder: string, number: number, files: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `batch-${number}.test.mjs`);
  const imports = files.map((file) => `import ${JSON.stringify(pathToFileURL(resolve(file)))};`);
  writeFileSync(path, `${imports.join("\n")}\n`);
  return path;
}
