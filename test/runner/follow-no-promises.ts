/**
 * Given to Node by `--import` before the tests of `npm test`: node:test follows every promise by a hook of
 * async_hooks, only to say of which test an error is that nobody caught. In tests with many promises
 * that is a third of the processor's time. So promises are left out of what it follows. It still
 * finds suites and what runs around their tests; an error that nobody caught ends its file, which fails.
 */

import asyncHooks, { type HookCallbacks } from "node:async_hooks";
import { inspect } from "node:util";
import { isMainThread } from "node:worker_threads";

// Threads get the same words from Node, and have no tests.
if (isMainThread) {
  const { createHook } = asyncHooks;
  Object.assign(asyncHooks, {
    createHook: (options: HookCallbacks) => createHook({ ...options, trackPromises: false }),
  });
  // It takes the function once, when it is loaded.
  await import("node:test");
  Object.assign(asyncHooks, { createHook });
  // What waits for the one that failed would wait until the file's time is over.
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      process.stderr.write(`nobody caught this: ${inspect(error)}\n`);
      process.exit(1);
    });
  }
}
