/** What people type, well or badly, and the command it becomes. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { parseCommand, SUBCOMMANDS } from "../../../src/features/commands/parse-command.ts";

for (const [text, expected] of [
  ["", { kind: "help" }],
  ["   \n ", { kind: "help" }],
  ["help", { kind: "help" }],
  ["HELP me", { kind: "help" }],
  ["search disk full", { kind: "search", question: "disk full" }],
  ["Search\tdisk\nfull ", { kind: "search", question: "disk\nfull" }],
  ["disk full", { kind: "search", question: "disk full" }],
  ["StreamlineDown", { kind: "search", question: "StreamlineDown" }],
  ["health", { kind: "health" }],
  ["health orders-prod", { kind: "health", target: "orders-prod" }],
  ["runbook ReplicationLag", { kind: "runbook", alert: "ReplicationLag" }],
  ["silence", { kind: "silence", what: "" }],
  ["silence `StreamlineDown` ", { kind: "silence", what: "StreamlineDown" }],
  [
    "silence alerts during maintenance",
    { kind: "search", question: "silence alerts during maintenance" },
  ],
  ["silences", { kind: "silences" }],
  ["search", { kind: "typeahead" }],
  ["runbook ", { kind: "incomplete", usage: "runbook ALERT" }],
  ["metrics", { kind: "incomplete", usage: "metrics PATTERN [TARGET]" }],
] as const) {
  test(`"${text}" is ${JSON.stringify(expected)}`, () => {
    assert.deepEqual(parseCommand(text), expected);
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
    ["lag{ orders", "lag{", "orders"],
    ['lag{topic="a orders', 'lag{topic="a', "orders"],
    ["{} x", "{}", "x"],
  ] as const) {
    test(`${rest} asks for ${pattern}${target === undefined ? "" : ` on ${target}`}`, () => {
      const expected = { kind: "metrics", pattern, ...(target === undefined ? {} : { target }) };
      assert.deepEqual(parseCommand(`metrics ${rest}`), expected);
    });
  }

  test("of nothing but a backtick lacks its pattern", () => {
    assert.equal(parseCommand("metrics `").kind, "incomplete");
  });
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
      const command = parseCommand(text);
      if (suggestion === undefined) assert.deepEqual(command, { kind: "search", question: text });
      else {
        const [word = ""] = text.split(" ");
        assert.deepEqual(command, {
          kind: "mistyped",
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
      assert.deepEqual(parseCommand(text), { kind: "search", question: text });
    });
  }

  test("suggests what parses as it", () => {
    for (const { name } of SUBCOMMANDS) {
      const typed = `${name.slice(0, -1)} x`;
      const command = parseCommand(typed);
      if (command.kind !== "mistyped") continue;
      assert.notEqual(parseCommand(command.suggestion).kind, "mistyped");
      assert.equal(parseCommand(command.instead).kind, "search");
    }
  });
});

test("a text longer than any command is cut", () => {
  const command = parseCommand(`search ${"x".repeat(40_000)}`);
  assert.ok(command.kind === "search" && command.question.length === 4_000 - "search ".length);
});

test("quotes and braces without end are read in no time", () => {
  for (const piece of ['{"', '{"a"', "{", '\\"', '{a="b",', "}{"]) {
    parseCommand(`metrics ${piece.repeat(4_000)}`);
  }
  assert.equal(parseCommand(`metrics {${'"a"'.repeat(1_300)}`).kind, "metrics");
});

test("any text is some command, and a search for it never changes it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const command = parseCommand(text);
      assert.notEqual(command.kind, "");
      const question = text.trim();
      if (question === "") return;
      assert.deepEqual(parseCommand(`search ${text}`), { kind: "search", question });
    }),
  );
});

describe("subscribe", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["subscribe", { kind: "subscribe" }],
    ["subscribe ReplicationLag", subscribed("alert", "ReplicationLag")],
    ["subscribe `ReplicationLag` off", subscribed("alert", "ReplicationLag", true)],
    ["subscribe TARGET:orders", subscribed("target", "orders")],
    ["subscribe severity:critical OFF", subscribed("severity", "critical", true)],
  ];
  for (const [text, command] of cases) {
    test(`"${text}" is understood`, () => assert.deepEqual(parseCommand(text), command));
  }
  for (const text of ["off", "topic:orders", "A b", "A off now", "target:", "x".repeat(300)]) {
    test(`"subscribe ${text.slice(0, 20)}" is told how it is written`, () =>
      assert.equal(parseCommand(`subscribe ${text}`).kind, "incomplete"));
  }
});

function subscribed(kind: string, name: string, off = false) {
  return { kind: "subscribe", what: { kind, name }, off };
}

test("gaps and feedback are subcommands; a question that begins nearly like one stays a question", () => {
  assert.deepEqual(parseCommand("gaps"), { kind: "gaps" });
  assert.deepEqual(parseCommand("feedback too short"), { kind: "feedback", text: "too short" });
  assert.equal(parseCommand("gap in the offsets").kind, "search");
});
