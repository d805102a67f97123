import assert from "node:assert/strict";
import { test } from "node:test";
import { moment } from "../../../src/block-kit/times.ts";
import { answerJson } from "../../../src/edges/answers/answer-json.ts";
import { terminalText } from "../../../src/edges/cli/terminal-text.ts";

const PLAIN = { isColoured: false, timeZone: "UTC" };

test("Slack's marks become what they stand for", () => {
  const shown = (text: string) => terminalText(text, PLAIN);
  assert.equal(shown("*Lag* of a &lt;b&gt; &amp; c"), "Lag of a <b> & c");
  assert.equal(shown("2 * 3 * 4 and `a*b*c`"), "2 * 3 * 4 and a*b*c");
  assert.equal(shown("<https://a.example/x|the page>"), "the page (https://a.example/x)");
  assert.equal(shown("<https://a.example/x>"), "https://a.example/x");
  assert.equal(shown("Write `/streamline lag GROUP`"), "Write streamline-bot lag GROUP");
  assert.equal(
    shown("Run:\n```curl -s a &amp;&amp; b\nc```\ndone"),
    "Run:\n    curl -s a && b\n    c\ndone",
  );
  assert.match(shown(moment(Date.UTC(2026, 0, 2, 3, 4))), /^2 Jan 2026, 03:04 UTC$/);
});

test("what looks like an entity after unescaping is not unescaped again", () => {
  assert.equal(terminalText("&amp;lt;", PLAIN), "&lt;");
});

test("times are reported in the reader's zone", () => {
  const shown = terminalText(moment(Date.UTC(2026, 0, 2, 3, 4)), {
    ...PLAIN,
    timeZone: "Asia/Tokyo",
  });
  assert.match(shown, /12:04/);
});

test("bold and code are painted on a terminal, and a server's words cannot steer it", () => {
  const shown = terminalText("*a* `b` \u001B[31mred\u009B2J", { ...PLAIN, isColoured: true });
  assert.equal(shown, "\u001B[1ma\u001B[0m \u001B[36mb\u001B[0m [31mred2J");
});

test("people are called by their names, and an id that has none is said to be one", () => {
  const nameOf = (id: string) => (id === "U0ALICE" ? "Alice &lt;Ng\u001B[31m" : undefined);
  const shown = terminalText("by <@U0ALICE>, <@U0BOB> and <!subteam^S0ONCALL>", {
    ...PLAIN,
    nameOf,
  });
  assert.equal(shown, "by Alice &lt;Ng[31m, Slack user U0BOB and Slack group S0ONCALL");
});

test("an answer as JSON keeps what JSON lacks, on one line without controls", () => {
  const json = answerJson({
    command: "metrics",
    outcome: "answered",
    exitCode: 0,
    answer: { nan: Number.NaN, inf: -Infinity },
    text: "a\nb\u009B",
  });
  assert.ok(!/[\n\u009B]/.test(json));
  const { schema, answer, text } = JSON.parse(json);
  assert.equal(schema, 1);
  assert.deepEqual(answer, { nan: "NaN", inf: "-Inf" });
  assert.equal(text, "a\nb\u009B");
});

test("a command that a terminal has is written with the program's name, in code and in words", () => {
  const shown = (text: string): string => terminalText(text, PLAIN);
  assert.equal(shown("For more: /streamline lag GROUP"), "For more: streamline-bot lag GROUP");
  assert.equal(shown("`/streamline health`"), "streamline-bot health");
  assert.equal(shown("`/streamline silences`"), "/streamline silences");
});
