/**
 * The thread in which SQLite waits for the disk, so that nobody else does. One of them writes, in
 * group commits, and reads on a second connection; another one that only reads may be beside it
 * (sqlite-reads.ts).
 */

import { getHeapStatistics } from "node:v8";
import { parentPort, workerData } from "node:worker_threads";
import type { Statement } from "./connection.ts";
import { isOnlyReading, operationOf } from "./operations.ts";
import { openForReading, openForWriting, statementRunner } from "./sqlite-file.ts";
import type { StoreAnswer, StoreRequest, ThreadRole, TimedRead } from "./sqlite-messages.ts";
import { connectionOver, groupOnSqlite } from "./sqlite-writer.ts";
import { toPlainError } from "./store-error.ts";

const { path, role } = workerData as { path: string; role: ThreadRole };
const writer = role === "writer" ? openForWriting(path) : undefined;
const calls = writer === undefined ? undefined : groupOnSqlite(writer);
const reader = openForReading(path);
const runToRead = statementRunner(reader);
const reading = connectionOver(runToRead);

function read(statements: readonly Statement[]): TimedRead {
  const began = performance.now();
  return { results: statements.map(runToRead), ms: performance.now() - began };
}

/** The last connection that closes writes the log into the file, and one that only reads cannot. */
function close(): void {
  reader.close();
  writer?.close();
}

async function perform(request: StoreRequest): Promise<unknown> {
  if (request.kind === "close") return close();
  if (request.kind === "read") return read(request.statements);
  if (isOnlyReading(request.name)) {
    const [result] = await operationOf(request.name)(reading, [request.argument]);
    return result;
  }
  if (calls === undefined) throw new Error("a thread that only reads was asked to write");
  return calls.call(request.name, operationOf(request.name), request.argument);
}

/**
 * V8 lets the garbage of each thread grow as far as that of the main one may (src/start.js), which is a
 * hundred megabytes for each after a storm. Nobody but the next commit waits for a collection here.
 */
const TIDY_ABOVE = 32 * 1024 ** 2;
let tidyAbove = TIDY_ABOVE;

function tidy(): void {
  if (getHeapStatistics().used_heap_size < tidyAbove) return;
  globalThis.gc?.();
  tidyAbove = Math.max(TIDY_ABOVE, 2 * getHeapStatistics().used_heap_size);
}

let answers: StoreAnswer[] = [];

/** Answers of one group commit go back in one message. */
function reply(answer: StoreAnswer): void {
  if (answers.push(answer) > 1) return;
  setImmediate(() => {
    parentPort?.postMessage(answers);
    answers = [];
    tidy();
  });
}

parentPort?.on("message", (requests: readonly StoreRequest[]) => {
  for (const request of requests) {
    const { id } = request;
    perform(request).then(
      (result) => reply({ id, result }),
      (error: unknown) => reply({ id, error: toPlainError(error) }),
    );
  }
});
