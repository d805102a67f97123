/** Buttons of ours as tools of Slackbot: every value that they carry is one that the tool's input takes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { RUN_COMMAND } from "../../../src/block-kit/parts.ts";
import { toolOfButton } from "../../../src/edges/mcp/tool-buttons.ts";
import { MCP_TOOLS } from "../../../src/edges/mcp/tool-table.ts";
import { SHOW_SECTION } from "../../../src/features/runbooks/link-menu.ts";

const CASES: readonly (readonly [command: string, tool: string, given: object])[] = [
  ["why-slow orders-prod", "why_slow", { target: "orders-prod" }],
  ["why-slow topic:orders target:shop", "why_slow", { target: "shop", topic: "orders" }],
  ["why-slow replay:0ab12f34cd56", "replay_diagnosis", { id: "0ab12f34cd56" }],
  ["health", "health", {}],
  ["health target:shop", "health", { target: "shop" }],
  ["lag billing", "consumer_lag", { group: "billing" }],
  ["lag billing target:shop", "consumer_lag", { group: "billing", target: "shop" }],
  ["alerts", "list_incidents", {}],
  ["timeline DiskFull", "get_incident", { incident: "DiskFull" }],
  ["search disk is full", "search_runbooks", { question: "disk is full" }],
  [
    "search what does topic:orders mean",
    "search_runbooks",
    { question: "what does topic:orders mean" },
  ],
  ["runbook DiskFull", "search_runbooks", { question: "DiskFull" }],
];

test("a command of a button becomes the tool that does the same, with arguments that it takes", () => {
  for (const [command, tool, given] of CASES) {
    assert.deepEqual(
      toolOfButton(`${RUN_COMMAND}:x`, command),
      { tool, arguments: given },
      command,
    );
    const input = MCP_TOOLS.find(({ name }) => name === tool)?.input;
    assert.ok(input?.safeParse(given).success, command);
  }
  assert.deepEqual(toolOfButton(`${SHOW_SECTION}:1`, "a.md#b"), {
    tool: "get_section",
    arguments: { id: "a.md#b" },
  });
});

test("what no tool does has no button", () => {
  for (const command of [
    "silence DiskFull",
    "subscribe",
    "ack 12",
    "chart up",
    "",
    "health a b",
    "alerts silenced",
  ]) {
    assert.equal(toolOfButton(RUN_COMMAND, command), undefined, command);
  }
  assert.equal(toolOfButton("acknowledge", "some-id"), undefined);
});
