/**
 * Lets an idle bot stay small. What does that can only be given to a process that begins, so Node puts
 * itself in its own place (execve(2): the same process, 40 ms), and every way to start the bot says no
 * more than `--import ./src/start.js`. Where a system cannot do that, the bot is larger and the same.
 */

import { isMainThread } from "node:worker_threads";

const FLAGS = [
  // Two collections once the bot is ready: what a start leaves behind is 15 MB (main.ts).
  "--expose-gc",
  // V8 collects before it grows, and gives back what it does not use: 25 MB.
  "--optimize-for-size",
  "--max-semi-space-size=4",
  "--initial-old-space-size=96",
  // What ran at the start alone is compiled again if it is ever needed, and not kept for six collections: 4 MB.
  "--bytecode-old-age=1",
  // No optimizing compiler for WebAssembly, 5 MB: undici's parser of HTTP heads is all there is.
  "--liftoff-only",
];

const ENVIRONMENT = {
  // One heap for small pieces, not one for each thread (mallopt(3)): 10 MB.
  MALLOC_ARENA_MAX: "1",
  // Larger pieces, as a start reads them by the thousand, go back to the system: 5 MB of gaps between others.
  MALLOC_MMAP_THRESHOLD_: "32768",
  MALLOC_TRIM_THRESHOLD_: "32768",
  MALLOC_TOP_PAD_: "65536",
};

if (isMainThread && !process.execArgv.includes("--optimize-for-size")) {
  const node = process.execPath;
  const words = [node, ...FLAGS, ...process.execArgv, ...process.argv.slice(1)];
  try {
    process.execve?.(node, words, { ...ENVIRONMENT, ...process.env });
  } catch {
    // Windows has no execve.
  }
}

// After that, since compiled code is kept for each set of flags.
await import("./compiled-code.js");
