/**
 * Reads pages in a thread of its own. Markdown made to be slow can keep its parser busy
 * for minutes, so a page has only so long; then the thread is ended and the page reported.
 */

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { PageSource } from "../../knowledge/read-page.ts";
import { givenUp, type ReadSource } from "./read-source.ts";

export type PageReader = {
  /** Never rejects for what a page does: it is reported as a problem. One page at a time. */
  read(source: PageSource): Promise<ReadSource>;
  /** Ends the thread; a later `read` would start another. */
  close(): Promise<void>;
};

export type PageReaderOptions = {
  /** The thesaurus in its written form. */
  thesaurus: string;
  /** How long a page of usual size may take, in milliseconds of CPU time. */
  timeoutMs: number;
};

/** A thread holds some 40 MB, and one that waits answers the next change half a second sooner. */
const IDLE_MS = 20_000;

/** Enough for the largest page that is read, some hundred times over. */
const MOST_MEMORY_MB = 1024;

/** Of a page's short-lived pieces; the default lets a thread grow by 50 MB before it cleans up. */
const YOUNG_MEMORY_MB = 8;

/**
 * `timeoutMs` is what one page may take. The thread starts with the first page, and ends when none comes
 * for a while.
 */
export function createPageReader({ thesaurus, timeoutMs }: PageReaderOptions): PageReader {
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;

  const start = async (): Promise<Worker> => {
    const resourceLimits = {
      maxOldGenerationSizeMb: MOST_MEMORY_MB,
      maxYoungGenerationSizeMb: YOUNG_MEMORY_MB,
    };
    const path = new URL("./page-worker.ts", import.meta.url);
    const started = new Worker(path, { workerData: thesaurus, resourceLimits });
    await once(started, "message");
    started.unref();
    return started;
  };
  const close = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = worker;
    worker = undefined;
    await ending?.terminate();
  };

  return {
    close,
    async read(source) {
      clearTimeout(idle);
      worker ??= await start();
      worker.postMessage(source);
      const answer = await answerOf(worker, cpuLimit(source, timeoutMs));
      idle = setTimeout(() => void close(), IDLE_MS).unref();
      if (answer.kind === "read") return answer.read;
      await close();
      return givenUp(source.file, answer.reason);
    },
  };
}

type WorkerAnswer = { kind: "read"; read: ReadSource } | { kind: "failed"; reason: string };

/** A page in a thread that dies (its memory is used up) gets the thread's error. */
async function answerOf(worker: Worker, timeoutMs: number): Promise<WorkerAnswer> {
  const limit = new AbortController();
  const watch = watchCpuTime(worker, timeoutMs, () => limit.abort());
  try {
    const [read] = (await once(worker, "message", { signal: limit.signal })) as [ReadSource];
    return { kind: "read", read };
  } catch (error) {
    if (limit.signal.aborted) {
      return { kind: "failed", reason: `it takes more than ${timeoutMs} ms of CPU time to read` };
    }
    return { kind: "failed", reason: `it cannot be read: ${String(error)}` };
  } finally {
    clearInterval(watch);
  }
}

/** Each so many characters have the time of a page; the parser takes 3 seconds for them (measured). */
const USUAL_LENGTH = 1_000_000;

/** The milliseconds of CPU time that reading this page may take: more for more text. */
export function cpuLimit({ text }: Pick<PageSource, "text">, timeoutMs: number): number {
  return Math.round(timeoutMs * Math.max(1, text.length / USUAL_LENGTH));
}

/** How often the thread's time is checked, in parts of the limit. */
const CHECKS = 5;
/** A thread that has computed nothing in so many checks will never answer. */
const MOST_STILL = 100;
/** The check itself takes the thread a part of a millisecond. */
const MOVED_MS = 1;

/**
 * Whether a thread that has used so many milliseconds of CPU is to be ended, asked at each check. On a machine
 * that is busy a page may take any time.
 */
export function isOverLimit(limitMs: number): (usedMs: number) => boolean {
  let before = 0;
  let still = 0;
  return (usedMs) => {
    still = usedMs - before < MOVED_MS ? still + 1 : 0;
    before = usedMs;
    return usedMs >= limitMs || still >= MOST_STILL;
  };
}

/** The thread's own CPU time counts: on a loaded machine a page takes long without being slow. */
function watchCpuTime(worker: Worker, limitMs: number, onLimit: () => void): NodeJS.Timeout {
  const before = worker.cpuUsage();
  const isOver = isOverLimit(limitMs);
  const check = async (): Promise<void> => {
    const used = await worker.cpuUsage(await before);
    if (isOver((used.user + used.system) / 1000)) onLimit();
  };
  // When the thread has ended, whoever waits for its answer hears of that.
  return setInterval(() => void check().catch(() => undefined), limitMs / CHECKS);
}
