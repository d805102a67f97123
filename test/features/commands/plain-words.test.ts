/** What people ask in plain words, the command it becomes, and what must stay a search. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isInKnownName } from "../../../src/features/commands/known-names.ts";
import { type KnownNames, spokenCommand } from "../../../src/features/commands/plain-words.ts";
import { historyWith, sample } from "../../diagnosis/checks.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import fc from "../../support/fast-check.ts";
import { readAs, TABLE } from "./setting.ts";

const FORMS_OF_ALL = TABLE.rows.flatMap(({ spoken = [] }) => spoken);

/** The command that plain words are taken for. */
function takenFor(text: string, known: KnownNames): string | undefined {
  const read = TABLE.read(text, known);
  return read.kind === "command" ? read.readAs : undefined;
}

const KNOWN: KnownNames = {
  isTarget: (name) => ["orders-prod", "staging"].includes(name.toLowerCase()),
  isTopic: (name) => ["orders", "clicks"].includes(name),
  isGroup: (name) => ["billing", "mailer", "consumer"].includes(name),
};

const DURATION = "streamline_request_duration_seconds";

const FORMS: readonly (readonly [sentence: string, command: string])[] = [
  ["why is it slow", "why-slow"],
  ["Why is the cluster so slow?", "why-slow"],
  ["why was it slow 3 hours ago", "why-slow last:4h"],
  ["Why was the cluster so slow an hour ago?", "why-slow last:2h"],
  ["why was it slow 20 minutes ago", "why-slow last:50m"],
  ["why was everything slow in the last 6 hours", "why-slow last:6h"],
  ["what was slow last night", "why-slow last:1d"],
  ["why was it slow yesterday?", "why-slow last:2d"],
  ["why is orders-prod slow", "why-slow orders-prod"],
  ["why is orders slow?", "why-slow topic:orders"],
  ["Why is topic payments slow", "why-slow topic:payments"],
  ["why is billing so slow", "why-slow group:billing"],
  ["why is the consumer group mailer lagging", "why-slow group:mailer"],
  ["what makes orders slow", "why-slow topic:orders"],
  ["what is slowing orders-prod down?", "why-slow orders-prod"],
  ["whats wrong with orders", "why-slow topic:orders"],
  ["What is the problem with the group mailer?", "why-slow group:mailer"],
  ["what's wrong with the server", "why-slow"],
  ["what is firing", "alerts"],
  ["What's firing?", "alerts"],
  ["hey, what is firing right now?", "alerts"],
  ["what is firing on orders-prod", "alerts orders-prod"],
  ["which alerts are silenced", "alerts silenced"],
  ["what is acknowledged", "alerts acknowledged"],
  ["is anything on fire?", "alerts"],
  ["any open alerts?", "alerts"],
  ["are there any incidents", "alerts"],
  ["show me all alerts", "alerts"],
  ["show me the silenced alerts on staging", "alerts silenced staging"],
  ["who has what", "alerts acknowledged"],
  ["how far behind is billing", "lag billing"],
  ["How far behind is the group billing?", "lag billing"],
  ["how far is payments-indexer behind", "lag payments-indexer"],
  ["how much lag does mailer have", "lag mailer"],
  ["lag of billing", "lag billing"],
  ["is billing catching up", "lag billing"],
  ["when will billing catch up?", "lag billing"],
  ["how long until the billing group catches up", "lag billing"],
  ["which groups are behind", "lag"],
  ["is orders-prod ok", "health orders-prod"],
  ["Is staging still up?", "health staging"],
  ["how is orders-prod doing", "health orders-prod"],
  ["is everything ok?", "health"],
  ["health of staging", "health staging"],
  ["show me produce latency", `chart ${DURATION}{api_key="produce"}`],
  [
    "show me the produce latency on orders-prod over the last 2 hours",
    `chart ${DURATION}{api_key="produce"} orders-prod last:2h`,
  ],
  [
    "chart the fetch latency for the last 90 minutes",
    `chart ${DURATION}{api_key="fetch"} last:90m`,
  ],
  ["plot throughput", "chart streamline_bytes_in_total"],
  ["show me connections", "chart streamline_connections_active"],
  ["show me streamline_records_total", "chart streamline_records_total"],
  ["which topics are the biggest", "topics"],
  ["list the topics", "topics"],
  ["how big is orders", "topics orders"],
  ["how often does HighProduceLatency fire", "history HighProduceLatency"],
  ["has StreamlineDown fired before?", "history StreamlineDown"],
  ["when did DiskFull last fire", "history DiskFull"],
  ["what cleared DiskFull", "history DiskFull"],
  ["history of DiskFull", "history DiskFull"],
  ["what happened last night?", "handoff"],
  ["what did I miss", "handoff"],
  ["what happened in the last 8 hours", "handoff last:8h"],
  ["hand over", "handoff"],
  ["export the timeline", "timeline"],
  ["timeline of DiskFull", "timeline DiskFull"],
  ["write the post-mortem for DiskFull please", "timeline DiskFull"],
  ["show me the runbook for DiskFull", "runbook DiskFull"],
  ["what can you do?", "help"],
];

describe("plain words become a command", () => {
  for (const [sentence, command] of FORMS) {
    test(`“${sentence}” is ${command}`, () => {
      assert.equal(spokenCommand(FORMS_OF_ALL, sentence, KNOWN), command);
      assert.deepEqual(readAs(sentence, KNOWN), readAs(command, KNOWN));
      assert.equal(takenFor(sentence, KNOWN), command);
    });
  }
});

const QUESTIONS = [
  "why are producers slow",
  "why is fsync slow",
  "why was it slow after the upgrade",
  "why was the restart slow 3 hours ago",
  "why is orders slow after a restart of the broker",
  "why does compaction make orders slow",
  "what is wrong with the certificate",
  "what is firing order",
  "what is an alert",
  "what is firing on the moon",
  "alerts are not firing",
  "alert does not fire although the disk is full",
  "any alert about disks is noisy",
  "how far behind is the follower",
  "how far behind is replication",
  "lag is growing",
  "lag keeps growing although the consumer runs",
  "what is consumer lag",
  "is kafka ok",
  "is the disk full",
  "is it ok to delete segments",
  "how is latency measured",
  "what is latency",
  "show me how to free space",
  "show me the way",
  "chart of the day",
  "topics disappear after a restart",
  "topics are gone",
  "how big is a segment",
  "how often does compaction run",
  "has anybody fired up the broker before",
  "history of the project",
  "what happened to orders",
  "what happened",
  "timeline of a request",
  "handoff between controllers fails",
  "show me the runbook for disk full",
  "what can I do about a full disk",
  "what is the runbook for",
];

describe("questions for the runbooks stay searches", () => {
  for (const question of QUESTIONS) {
    test(`“${question}”`, () => {
      const options = { kind: "search", question };
      assert.deepEqual(readAs(question, KNOWN), { name: "search", options });
      assert.equal(takenFor(question, KNOWN), undefined);
    });
  }
});

test("a command is not read as plain words", () => {
  for (const command of ["lag billing", "alerts", "search what is firing", "topics orders"]) {
    assert.equal(takenFor(command, KNOWN), undefined, command);
  }
});

test("every form gives a command that needs no guessing", () => {
  for (const [, command] of FORMS) {
    const read = TABLE.read(command, KNOWN);
    assert.ok(read.kind === "command" && read.row.name !== "search", command);
  }
});

test("any text is read in no time, and never as something that must be guessed again", () => {
  const pieces = fc.constantFrom(
    "why",
    "is",
    "slow",
    "show me",
    "the",
    " ",
    "lag",
    "of",
    "x",
    "{",
    '"',
  );
  const sentence = fc.oneof(
    fc.string({ unit: "binary", maxLength: 200 }),
    fc.array(pieces, { maxLength: 40 }).map((words) => words.join(" ")),
  );
  fc.assert(
    fc.property(sentence, (text) => {
      const command = spokenCommand(FORMS_OF_ALL, text, KNOWN);
      if (command !== undefined) assert.notEqual(TABLE.read(command, KNOWN).kind, "mistyped");
    }),
  );
});

test("a word that a topic, a group or a target contains is known as part of a name", () => {
  const history = historyWith(2, () => [
    sample("streamline_partitions_total", 3, { topic: "Cart-events" }),
    sample("group_members", 1, { group: "mailer_v2" }),
  ]);
  const isIn = isInKnownName([TARGET], { history: () => history });
  for (const word of ["cart", "events", "mailer"]) assert.ok(isIn(word), word);
  assert.ok(isIn(TARGET.name.slice(0, 4).toLowerCase()));
  assert.ok(!isIn("latency"));
});
