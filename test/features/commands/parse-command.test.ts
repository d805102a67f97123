/** What people type, well or badly, and the command it becomes. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "../../support/fast-check.ts";
import { readAs, TABLE } from "./setting.ts";

for (const [text, expected] of [
  ["", { name: "help", options: {} }],
  ["   \n ", { name: "help", options: {} }],
  ["help", { name: "help", options: {} }],
  ["HELP me", { name: "help", options: {} }],
  ["search disk full", { name: "search", options: { kind: "search", question: "disk full" } }],
  ["Search\tdisk\nfull ", { name: "search", options: { kind: "search", question: "disk\nfull" } }],
  ["disk full", { name: "search", options: { kind: "search", question: "disk full" } }],
  ["StreamlineDown", { name: "search", options: { kind: "search", question: "StreamlineDown" } }],
  ["health", { name: "health", options: {} }],
  ["health orders-prod", { name: "health", options: {}, target: "orders-prod" }],
  ["runbook ReplicationLag", { name: "runbook", options: { alert: "ReplicationLag" } }],
  ["silence", { name: "silence", options: { what: "" } }],
  ["silence `StreamlineDown` ", { name: "silence", options: { what: "StreamlineDown" } }],
  [
    "silence alerts during maintenance",
    { name: "search", options: { kind: "search", question: "silence alerts during maintenance" } },
  ],
  ["silences", { name: "silences", options: {} }],
  ["search", { name: "search", options: { kind: "typeahead" } }],
  ["runbook ", { incomplete: "runbook" }],
  ["metrics", { incomplete: "metrics" }],
] as const) {
  test(`"${text}" is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(readAs(text), expected);
  });
}

describe("metrics", () => {
  for (const [rest, pattern, target] of [
    ["lag", "lag", undefined],
    ["*lag* orders", "*lag*", "orders"],
    ['bytes_in{topic="orders"}', 'bytes_in{topic="orders"}', undefined],
    ['bytes_in{topic="a b", p="1"} orders', 'bytes_in{topic="a b", p="1"}', "orders"],
    ['bytes_in {topic="a"} orders', 'bytes_in {topic="a"}', "orders"],
    ['{topic="a}b"} orders', '{topic="a}b"}', "orders"],
    ['{topic="a\\"}b"}', '{topic="a\\"}b"}', undefined],
    ["bytes_in{topic=“a b”} orders", 'bytes_in{topic="a b"}', "orders"],
    ['`bytes_in{topic="a b"}` orders', 'bytes_in{topic="a b"}', "orders"],
    // A brace without an end takes the rest: where the pattern was to end, nobody can tell.
    ["lag{ orders", "lag{ orders", undefined],
    ['lag{topic="a orders', 'lag{topic="a orders', undefined],
    ["target:orders lag{", "lag{", "orders"],
    ["lag target:sandbox", "lag", "sandbox"],
    ["target:`sandbox` *lag*", "*lag*", "sandbox"],
    ["{} x", "{}", "x"],
  ] as const) {
    test(`${rest} asks for ${pattern}${target === undefined ? "" : ` on ${target}`}`, () => {
      const expected = {
        name: "metrics",
        options: { pattern },
        ...(target === undefined ? {} : { target }),
      };
      assert.deepEqual(readAs(`metrics ${rest}`), expected);
    });
  }

  test("of nothing but a backtick lacks its pattern", () => {
    assert.deepEqual(readAs("metrics ` `"), { incomplete: "metrics" });
  });
});

test("ask takes a question as it stands, and is never taken for what acknowledges", () => {
  for (const text of ["ask how do I restore a backup?", "ASK  how do I restore a backup?"]) {
    const read = TABLE.read(text);
    assert.equal(read.kind === "command" && read.row.name, "search");
    assert.equal(read.kind === "command" && read.text, "search how do I restore a backup?");
  }
  assert.deepEqual(readAs("ask what is firing?"), readAs("what is firing?"));
  assert.notEqual(TABLE.read("ask").kind, "mistyped");
});

describe("a subcommand by another name or in another dress", () => {
  for (const [text, plain] of [
    ["acknowledge DiskFull", "ack DiskFull"],
    ["unacknowledge", "unack"],
    ["status orders", "health orders"],
    ["whyslow last:1h", "why-slow last:1h"],
    ["on-call", "oncall"],
    ["mute DiskFull", "silence DiskFull"],
    ["unsilence", "silences"],
    ["graph queue_depth", "chart queue_depth"],
    ["/why-slow", "why-slow"],
    ["/streamline health orders", "health orders"],
    ["health?", "health"],
    ["?", "help"],
    ["--help", "help"],
  ] as const) {
    test(`"${text}" is "${plain}"`, () => assert.deepEqual(readAs(text), readAs(plain)));
  }

  for (const text of [
    "status of replication",
    "mute alerts at night",
    "/var/lib is full",
    "acknowledge is not shown to the others",
  ]) {
    test(`"${text}" is a question`, () => {
      assert.deepEqual(readAs(text), {
        name: "search",
        options: { kind: "search", question: text },
      });
    });
  }
});

describe("a mistyped subcommand", () => {
  for (const [text, suggestion] of [
    ["helth", "health"],
    ["HEALTH: orders", "health orders"],
    ["ealth", "health"],
    ["helht", "health"],
    ["metric lag", "metrics lag"],
    ["serach disk full", "search disk full"],
    ["runbok StreamlineDown", "runbook StreamlineDown"],
    ["hlep", "help"],
    ["hel", "help"],
    ["alrts silenced", "alerts silenced"],
    ["topic orders", "topics orders"],
    ["histroy DiskFull", "history DiskFull"],
    ["chrt lag", "chart lag"],
    ["timline", "timeline"],
    ["log compaction", undefined],
    ["flag", undefined],
  ] as const) {
    test(`"${text}" ${suggestion === undefined ? "is searched for" : `suggests "${suggestion}"`}`, () => {
      const command = readAs(text);
      if (suggestion === undefined)
        assert.deepEqual(command, { name: "search", options: { kind: "search", question: text } });
      else {
        const [word = ""] = text.split(" ");
        assert.deepEqual(command, {
          word,
          suggestion,
          instead: `search ${text}`,
        });
      }
    });
  }

  for (const text of [
    "heap is full",
    "hello",
    "reach the broker",
    "death of the broker",
    "topic names are wrong",
    "alert does not fire",
    "log compaction does not run",
    "research",
    "help? nobody is here to help",
  ]) {
    test(`"${text}" is none, but a question`, () => {
      assert.deepEqual(readAs(text), {
        name: "search",
        options: { kind: "search", question: text },
      });
    });
  }

  test("suggests what parses as it", () => {
    for (const { name } of TABLE.rows) {
      const typed = `${name.slice(0, -1)} x`;
      const command = TABLE.read(typed);
      if (command.kind !== "mistyped") continue;
      assert.notEqual(TABLE.read(command.suggestion).kind, "mistyped");
      assert.partialDeepStrictEqual(readAs(command.instead), { name: "search" });
    }
  });
});

test("a text longer than any command is cut", () => {
  const question = "x".repeat(4_000 - "search ".length);
  assert.deepEqual(readAs(`search ${"x".repeat(40_000)}`), {
    name: "search",
    options: { kind: "search", question },
  });
});

test("quotes and braces without end are read in no time", () => {
  for (const piece of ['{"', '{"a"', "{", '\\"', '{a="b",', "}{"]) {
    readAs(`metrics ${piece.repeat(4_000)}`);
  }
  assert.partialDeepStrictEqual(readAs(`metrics {${'"a"'.repeat(1_300)}`), { name: "metrics" });
});

test("any text is some command, and a search for it never changes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      assert.ok(TABLE.read(text).kind !== undefined);
      const question = text.trim();
      if (question === "") return;
      assert.deepEqual(readAs(`search ${text}`), {
        name: "search",
        options: { kind: "search", question },
      });
    }),
  );
});

describe("subscribe", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["subscribe", { name: "subscribe", options: {} }],
    ["subscribe ReplicationLag", subscribed("alert", "ReplicationLag")],
    ["subscribe `ReplicationLag` off", subscribed("alert", "ReplicationLag", true)],
    ["subscribe TARGET:orders", subscribed("target", "orders")],
    ["subscribe severity:critical OFF", subscribed("severity", "critical", true)],
  ];
  for (const [text, command] of cases) {
    test(`"${text}" is understood`, () => assert.deepEqual(readAs(text), command));
  }
  for (const text of [
    "off",
    "topic:orders",
    "A b",
    "A off now",
    "A target:orders",
    "target:",
    "x".repeat(300),
  ]) {
    test(`"subscribe ${text.slice(0, 20)}" is told how it is written`, () =>
      assert.match(TABLE.read(`subscribe ${text}`).kind, /incomplete|not-understood/));
  }
});

function subscribed(kind: string, name: string, off = false) {
  return { name: "subscribe", options: { what: { kind, name }, off } };
}

test("gaps and feedback are subcommands; a question that begins nearly like one stays a question", () => {
  assert.deepEqual(readAs("gaps"), { name: "gaps", options: {} });
  assert.deepEqual(readAs("feedback too short"), {
    name: "feedback",
    options: { text: "too short" },
  });
  assert.partialDeepStrictEqual(readAs("gap in the offsets"), { name: "search" });
});
