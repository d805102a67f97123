/** The life of what lasts, the bot or the sandbox: from its start until a signal asks it to stop. */

import { flushCompileCache } from "node:module";

interface Stoppable {
  stop(): Promise<void>;
}

/** Begins, and resolves with the exit code once it has stopped. A second signal does not wait any longer. */
export async function runUntilStopped<T extends Stoppable>(
  begin: () => Promise<T>,
  { reload }: { reload?: (app: T) => void } = {},
): Promise<number> {
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const onSignal = (): void => {
    process.removeListener("SIGINT", onSignal).removeListener("SIGTERM", onSignal);
    stop();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const app = await begin();
  flushCompileCache();
  if (reload !== undefined) process.on("SIGHUP", () => reload(app));
  tidyUp();
  await stopped;
  await app.stop();
  return 0;
}

/** When the last parts of a start have come to rest. */
const TIDY_AGAIN_MS = 8_000;

/**
 * What a start leaves behind is 15 MB; V8 would keep it until something needs the room. The second time
 * frees compiled code that has not run since the first (--bytecode-old-age in start.js), and collects
 * until nothing more comes free, as V8 does before it runs out of memory: 2 MB, a tenth of a second once.
 */
function tidyUp(): void {
  const collect = (flavor: "regular" | "last-resort") => (): void =>
    void globalThis.gc?.({ type: "major", execution: "async", flavor });
  collect("regular")();
  setTimeout(collect("last-resort"), TIDY_AGAIN_MS).unref();
}
