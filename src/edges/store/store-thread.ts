/** A thread of the store as the main thread sees it: what is asked, and what waits for an answer. */

import { Worker } from "node:worker_threads";
import type { Statement } from "./connection.ts";
import type { ArgumentOf, OperationName, ResultOf } from "./operations.ts";
import type {
  StoreAnswer,
  StoreRequest,
  StoreWork,
  ThreadRole,
  TimedRead,
} from "./sqlite-messages.ts";
import { fromPlainError, StoreUnavailable } from "./store-error.ts";

export interface StoreThread {
  call<Name extends OperationName>(name: Name, argument: ArgumentOf<Name>): Promise<ResultOf<Name>>;
  /** Runs statements that only read, beside what is being written. */
  read(statements: readonly Statement[]): Promise<TimedRead>;
  /** Waits for what was asked, closes the file, then ends the thread. */
  close(): Promise<void>;
}

interface Asked {
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/** A thread that died is started again by the next call, but no sooner than after this time. */
const RESTART_MS = 1_000;

/** Starts the thread with the first call; one that dies is started again, and what it was asked fails. */
export function startStoreThread(path: string, role: ThreadRole): StoreThread {
  const asked = new Map<number, Asked>();
  let lastId = 0;
  let unsent: StoreRequest[] = [];
  let worker: Worker | undefined;
  let diedAt = Number.NEGATIVE_INFINITY;
  let idle = Promise.withResolvers<void>();

  const settle = (answers: readonly StoreAnswer[]): void => {
    for (const answer of answers) {
      const call = asked.get(answer.id);
      asked.delete(answer.id);
      if ("error" in answer) call?.reject(fromPlainError(answer.error));
      else call?.resolve(answer.result as never);
    }
    if (asked.size === 0) {
      worker?.unref();
      idle.resolve();
    }
  };
  /** Each message wakes the thread, so what is asked in one turn of the event loop is one message. */
  const send = (request: StoreRequest): void => {
    if (unsent.push(request) > 1) return;
    setImmediate(() => {
      const requests = unsent;
      unsent = [];
      for (const { id, error } of post(worker, requests)) {
        asked.get(id)?.reject(error);
        asked.delete(id);
      }
    });
  };
  const died = (cause: unknown): void => {
    worker = undefined;
    unsent = [];
    diedAt = performance.now();
    const error = new StoreUnavailable("the store's thread ended", {
      retryAfterMs: RESTART_MS,
      cause,
    });
    for (const call of asked.values()) call.reject(error);
    asked.clear();
    idle.resolve();
  };
  const start = (): Worker => {
    const thread = new Worker(new URL("./sqlite-thread.ts", import.meta.url), {
      workerData: { path, role },
    });
    let cause: unknown;
    thread.on("message", settle);
    thread.on("error", (error) => {
      cause = error;
    });
    thread.on("exit", () => died(cause));
    return thread;
  };
  const ask = <Result>(work: StoreWork): Promise<Result> => {
    if (worker === undefined && performance.now() - diedAt < RESTART_MS) {
      const error = new StoreUnavailable("the store is being started again", {
        retryAfterMs: RESTART_MS,
      });
      return Promise.reject(error);
    }
    worker ??= start();
    if (asked.size === 0) idle = Promise.withResolvers<void>();
    lastId += 1;
    const request: StoreRequest = { ...work, id: lastId };
    return new Promise<Result>((resolve, reject) => {
      asked.set(request.id, { resolve, reject });
      worker?.ref();
      send(request);
    });
  };
  return {
    call: (name, argument) => ask({ kind: "operation", name, argument }),
    read: (statements) => ask({ kind: "read", statements }),
    async close() {
      if (asked.size > 0) await idle.promise;
      // One that dies of it, or never ran, has nothing open.
      if (worker !== undefined) await ask({ kind: "close" }).catch(() => undefined);
      await worker?.terminate();
    },
  };
}

/** Sends them together; one that cannot be sent, such as a function, keeps none of the others. */
function post(
  worker: Worker | undefined,
  requests: readonly StoreRequest[],
): readonly { readonly id: number; readonly error: unknown }[] {
  try {
    worker?.postMessage(requests);
    return [];
  } catch (error) {
    const [only, ...others] = requests;
    if (only === undefined) return [];
    if (others.length === 0) return [{ id: only.id, error }];
    return requests.flatMap((request) => post(worker, [request]));
  }
}
