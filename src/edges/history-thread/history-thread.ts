/**
 * Computing over histories in a thread with a deadline and a limit of memory, so that the event loop
 * goes on whatever is computed.
 *
 * The budget of the evaluator refuses what is too much before it is computed; the deadline is for what
 * nobody thought of. A thread that misses it is ended, and the next question starts another
 * (docs/decisions/0016-what-people-type-runs-in-a-thread.md).
 */

import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Target } from "../../diagnosis/target.ts";
import type { Overtaxed } from "../../features/targets/chart-source.ts";
import type { History } from "../../history/history.ts";
import type {
  FromThread,
  HistoryJob,
  HistoryTask,
  OwnJob,
  OwnTask,
  SeriesNews,
  ThreadResult,
} from "./protocol.ts";
import { createSeriesFeed, type SeriesFeed } from "./series-feed.ts";

export interface HistoryThreadOptions {
  readonly history: (target: Target) => History;
  /** From the moment at which the thread has the question. */
  readonly deadlineMs: number;
  readonly memoryMb?: number;
}

export interface HistoryThread {
  /** Throws when the computing fails; what misses its deadline or needs too much memory is overtaxed. */
  over(target: Target, asked: HistoryTask): Promise<ThreadResult | Overtaxed>;
  own(asked: OwnTask): Promise<ThreadResult | Overtaxed>;
  close(): Promise<void>;
}

/** Names and labels of 600,000 series, and the values of an expression over them. */
const MEMORY_MB = 1_024;
/** A thread that waits keeps the series that it knows; after this it gives the memory back. */
const IDLE_MS = 5 * 60_000;
/** Questions that wait for the one that is computed; more are refused at once. */
const MOST_WAITING = 20;

interface Running {
  readonly worker: Worker;
  readonly feeds: Map<string, SeriesFeed>;
}

/**
 * A thread that starts with the first question and ends when none comes for a while. Questions wait for
 * each other; `deadlineMs` holds for each.
 */
export function createHistoryThread(options: HistoryThreadOptions): HistoryThread {
  const { deadlineMs, memoryMb = MEMORY_MB } = options;
  let running: Running | undefined;
  let idle: NodeJS.Timeout | undefined;
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();

  async function start(): Promise<Running> {
    const resourceLimits = { maxOldGenerationSizeMb: memoryMb };
    const worker = new Worker(new URL("./thread.ts", import.meta.url), { resourceLimits });
    await once(worker, "message");
    worker.unref();
    return { worker, feeds: new Map() };
  }

  async function close(): Promise<void> {
    clearTimeout(idle);
    const ending = running;
    running = undefined;
    await ending?.worker.terminate();
  }

  async function jobOver(
    { worker, feeds }: Running,
    target: Target,
    asked: HistoryTask,
  ): Promise<HistoryJob> {
    const feed = feeds.get(target.name) ?? createSeriesFeed(target.name, options.history(target));
    feeds.set(target.name, feed);
    const history = await feed.bringUpToDate((news: SeriesNews) => worker.postMessage(news));
    return { kind: "job", target: target.name, history, asked };
  }

  async function compute(
    jobOf: (thread: Running) => Promise<HistoryJob> | OwnJob,
  ): Promise<FromThread | Overtaxed> {
    clearTimeout(idle);
    running ??= await start();
    const { worker } = running;
    worker.postMessage(await jobOf(running));
    const answer = await answerOf(worker, deadlineMs);
    if (answer.kind === "overtaxed") await close();
    else idle = setTimeout(() => void close(), IDLE_MS).unref();
    return answer;
  }

  /** One after the other: two at a time would only both be late. */
  async function inTurn(
    jobOf: (thread: Running) => Promise<HistoryJob> | OwnJob,
  ): Promise<ThreadResult | Overtaxed> {
    if (waiting >= MOST_WAITING) return { kind: "overtaxed", reason: TOO_MANY };
    waiting++;
    const turn = last.then(() => compute(jobOf));
    last = turn.catch(() => undefined);
    try {
      const answer = await turn;
      if (answer.kind === "done") return answer.result;
      if (answer.kind === "overtaxed") return answer;
      throw new Error(answer.kind === "failed" ? answer.reason : "the thread gave no answer");
    } finally {
      waiting--;
    }
  }

  return {
    over: (target, asked) => inTurn((thread) => jobOver(thread, target, asked)),
    own: (asked) => inTurn(() => ({ kind: "own", asked })),
    close,
  };
}

const TOO_MANY = "Too much is being computed at the moment. Try again in a few seconds.";

/** The answer in time, or that the thread is to be ended. */
async function answerOf(worker: Worker, deadlineMs: number): Promise<FromThread | Overtaxed> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  try {
    const [answer] = (await once(worker, "message", { signal: deadline.signal })) as [FromThread];
    return answer;
  } catch {
    const reason = deadline.signal.aborted
      ? `It takes longer than ${deadlineMs / 1_000} s to compute.`
      : "It needs more memory than a question may use.";
    return { kind: "overtaxed", reason: `${reason} Ask for fewer series or a shorter time.` };
  } finally {
    clearTimeout(timer);
  }
}
