/** What people wrote in a thread, in words that are understood outside of Slack. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { WebClient } from "@slack/web-api";
import { createThreadReader } from "../../../src/edges/slack/thread-reader.ts";

test("a link that has words of its own keeps its address; one that has none stands once", async () => {
  const written = [
    "as in <https://wiki.example.com/disk?a=1&amp;b=2|the playbook>",
    "<https://wiki.example.com/disk>",
    "<http://wiki.example.com|wiki.example.com>",
  ];
  const messages = written.map((text, n) => ({ ts: `1.00000${n}`, user: "U0ALICE", text }));
  // Slack's composer makes such links; nobody can type one.
  const client = { conversations: { replies: async () => ({ ok: true, messages }) } };
  const read = await createThreadReader(client as unknown as WebClient).read("C1", "1.000000");
  assert.ok(read.kind === "read");
  assert.deepEqual(
    read.messages.map(({ text }) => text),
    [
      "as in the playbook (https://wiki.example.com/disk?a=1&b=2)",
      "https://wiki.example.com/disk",
      "http://wiki.example.com",
    ],
  );
});
