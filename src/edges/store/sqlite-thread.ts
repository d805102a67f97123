/**
 * The thread in which SQLite waits for the disk, so that nobody else does. One of them writes, in
 * group commits; another only reads, so that a long list holds up no alert.
 */

import { parentPort, workerData } from "node:worker_threads";
import type { Statement } from "./connection.ts";
import { type OperationName, operationOf } from "./operations.ts";
import { openForReading, openForWriting, statementRunner } from "./sqlite-file.ts";
import type { StoreAnswer, StoreRequest, ThreadRole } from "./sqlite-messages.ts";
import { groupOnSqlite } from "./sqlite-writer.ts";
import { toPlainError } from "./store-error.ts";

type Perform = (name: OperationName, argument: unknown) => Promise<unknown>;

function writing(path: string): Perform {
  const calls = groupOnSqlite(openForWriting(path));
  return (name, argument) => calls.call(name, operationOf(name), argument);
}

function reading(path: string): Perform {
  const run = statementRunner(openForReading(path));
  return async (_, argument) => (argument as readonly Statement[]).map(run);
}

let answers: StoreAnswer[] = [];

/** Answers of one group commit go back in one message. */
function reply(answer: StoreAnswer): void {
  if (answers.push(answer) > 1) return;
  setImmediate(() => {
    parentPort?.postMessage(answers);
    answers = [];
  });
}

const { path, role } = workerData as { path: string; role: ThreadRole };
const perform = role === "writer" ? writing(path) : reading(path);

parentPort?.on("message", (requests: readonly StoreRequest[]) => {
  for (const { id, name, argument } of requests) {
    perform(name, argument).then(
      (result) => reply({ id, result }),
      (error: unknown) => reply({ id, error: toPlainError(error) }),
    );
  }
});
