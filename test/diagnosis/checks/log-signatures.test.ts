/** Which known texts a log entry carries. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { LOG_SIGNATURES, signaturesIn } from "../../../src/diagnosis/checks/log-signatures.ts";

test("a text is found in the message", () => {
  assert.deepEqual(signaturesIn({ id: 1, message: "TLS handshake failed" }), [
    "tls-handshake-failed",
  ]);
});

test("the cause of a failed append stands in a field, and both are found", () => {
  const error = "WAL backpressure: 1001 pending writes exceeds limit of 1000.";
  assert.deepEqual(signaturesIn({ id: 1, message: "Failed to append batch", fields: { error } }), [
    "append-failed",
    "wal-backpressure",
  ]);
});

test("fields that are not text are passed over", () => {
  const fields = { shard: 3, nested: { error: "No space left on device" } };
  assert.deepEqual(signaturesIn({ id: 1, message: "Client connected", fields }), []);
});

test("a successful recovery is not taken for a damaged log", () => {
  assert.deepEqual(signaturesIn({ id: 1, message: "WAL recovery completed successfully" }), []);
});

test("ids are unique and fit into a label, and no text stands under two of them", () => {
  const ids = LOG_SIGNATURES.map(({ id }) => id);
  const texts = LOG_SIGNATURES.flatMap((each) => each.texts);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.every((id) => /^[a-z]+(-[a-z]+)*$/.test(id)));
  assert.equal(new Set(texts).size, texts.length);
});

test("a message with several causes counts for the one that its error names", () => {
  const entry = (error: string): string[] =>
    signaturesIn({ id: 1, message: "Failed to save state after timeout check", fields: { error } });
  assert.deepEqual(entry("IO error: No such file or directory (os error 2)"), [
    "state-save-failed",
    "state-files-missing",
  ]);
  assert.deepEqual(entry("IO error: No space left on device (os error 28)"), [
    "disk-full",
    "state-save-failed",
  ]);
});
