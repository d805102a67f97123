/** The exit code of every command, a row each: when it is clean, wrong, mistyped, or cannot tell. */

import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { exitCodeOf } from "../../../src/edges/cli/terminal-exit.ts";
import { describedCommands } from "../../../src/edges/cli/terminal-help.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { answerOf } from "./terminal-program.ts";

const folder = mkdtempSync(join(tmpdir(), "bot-exit-"));
const at = (name: string): string => join(folder, name);
const config = ["--config", at("bot.yaml")];
const NOWHERE = ["--target", "http://127.0.0.1:9", "--kafka", "127.0.0.1:9"];

/** Answers 200 to everything: a bot that is up, a server of somebody else. */
const answering = createServer((_, response) => response.end("{}"));
let port = 0;

before(async () => {
  await new Promise<void>((done) => answering.listen(0, "127.0.0.1", done));
  port = (answering.address() as AddressInfo).port;
  const calendar = ["BEGIN:VCALENDAR", "END:VCALENDAR"].join("\r\n");
  writeFileSync(at("duty.ics"), calendar);
  const file = (store: string, schedule: string): string =>
    [
      `store: ${store}`,
      `listen: 127.0.0.1:${port}`,
      "targets: [{ name: shop, http: 'http://127.0.0.1:9', kafka: '127.0.0.1:9' }]",
      "routes: [{ channel: C0123456789 }]",
      `schedules: [{ name: first, calendar: '${schedule}' }]`,
    ].join("\n");
  writeFileSync(at("bot.yaml"), file(at("bot.db"), at("duty.ics")));
  writeFileSync(at("broken.yaml"), file(folder, at("none.ics")));
  writeFileSync(at("empty.jsonl"), "nothing of ours\n");
  copyFileSync("test/fixtures/recordings/http-hang.jsonl.gz", at("case.jsonl.gz"));
  const database = await openDatabase({ engine: "sqlite", path: at("bot.db") });
  await database.close();
});
after(() => answering.close());

/** What is typed, or what a row of the command table answered; "never" where there is no such case. */
type Case = (() => readonly string[]) | { readonly answered: unknown } | "never";

const ofDiagnosis = (kind: string): Case => ({
  answered: { kind: "found", found: { diagnosis: { verdict: { kind } } } },
});
const ofLag = (kind: string): Case => ({
  answered: { kind: "group", report: { outlook: { kind } } },
});
const words =
  (...typed: string[]): Case =>
  () =>
    typed;
const secrets = {
  SLACK_BOT_TOKEN: "xoxb-1-2-3",
  SLACK_APP_TOKEN: "xapp-1-2",
  WEBHOOK_TOKEN: "x".repeat(20),
};

/** By command: 0, 1, 2 and 3. */
const TABLE: Readonly<Record<string, readonly [Case, Case, Case, Case]>> = {
  "why-slow": [
    ofDiagnosis("clean"),
    ofDiagnosis("active"),
    words("why-slow"),
    ofDiagnosis("cannot-tell"),
  ],
  health: [
    { answered: { report: { verdict: { state: "healthy" } } } },
    words("health", ...NOWHERE),
    words("health", "--target", "::1"),
    "never",
  ],
  metrics: [
    { answered: { answer: { kind: "found" } } },
    "never",
    { answered: { answer: { kind: "not-understood" } } },
    words("metrics", "*", ...NOWHERE),
  ],
  lag: [ofLag("catches-up"), ofLag("never"), words("lag"), ofLag("unknown")],
  topics: [
    { answered: { kind: "topics" } },
    "never",
    words("topics", ...config, "--target", "shpo"),
    { answered: { kind: "none" } },
  ],
  chart: [
    { answered: { kind: "chart" } },
    "never",
    { answered: { kind: "none", why: "not-understood" } },
    { answered: { kind: "none", why: "absent" } },
  ],
  alerts: [
    words("alerts", ...config),
    words("alerts", "--config", at("broken.yaml")),
    words("alerts", "--state", "broken", ...config),
    "never",
  ],
  history: [
    { answered: { kind: "history" } },
    words("history", "DiskFull", "--config", at("broken.yaml")),
    words("history", "DiskFull"),
    words("history", "DiskFool", ...config),
  ],
  handoff: [
    words("handoff", ...config),
    words("handoff", "--config", at("broken.yaml")),
    words("handoff", "last:6hh", ...config),
    "never",
  ],
  timeline: [
    { answered: { kind: "exported" } },
    words("timeline", "DiskFull", "--config", at("broken.yaml")),
    { answered: { kind: "which" } },
    words("timeline", "DiskFull", ...config),
  ],
  oncall: [
    words("oncall", ...config),
    "never",
    words("oncall", "--config", at("no.yaml")),
    words("oncall", "--config", at("broken.yaml")),
  ],
  search: [
    words("search", "consumer lag"),
    "never",
    words("search"),
    words("search", "bake a cherry cake"),
  ],
  runbook: [
    words("runbook", "StreamlineDown"),
    "never",
    words("runbook"),
    words("runbook", "Cake"),
  ],
  help: [words("help"), "never", words("help", "nothing"), "never"],
  ask: [words("ask", "consumer lag"), "never", words("ask"), words("ask", "bake a cherry cake")],
  replay: [
    ofDiagnosis("clean"),
    ofDiagnosis("active"),
    words("replay"),
    words("replay", "0123456789ab"),
  ],
  // What stays ends with 0 when it is stopped.
  serve: ["never", words("serve", "--config", at("no.yaml")), words("serve", "now"), "never"],
  sandbox: ["never", "never", words("sandbox", "--target", "::1"), "never"],
  mcp: ["never", "never", words("mcp", "--json"), "never"],
  config: [
    words("config", "check", ...config),
    words("config", "check", "--config", at("no.yaml")),
    words("config", "chek"),
    "never",
  ],
  doctor: [
    words("doctor", "--offline", ...config),
    words("doctor", "--offline", "--config", at("no.yaml")),
    words("doctor", "--wait", "long"),
    "never",
  ],
  backup: [
    words("backup", at("copy.db"), ...config),
    words("backup", at("none/copy.db"), ...config),
    words("backup"),
    "never",
  ],
  record: [
    () => ["record", "--target", `127.0.0.1:${port}`, "--out", at("a.jsonl.gz"), "--for", "1s"],
    words("record", "--target", "127.0.0.1:9", "--out", at("none/a.jsonl.gz"), "--for", "1s"),
    words("record", "--target", "127.0.0.1:9"),
    "never",
  ],
  eval: [
    words("eval", at("case.jsonl.gz"), "--json"),
    "never",
    words("eval", "no-such-case", "--json"),
    words("eval", at("empty.jsonl"), "--json"),
  ],
  drift: [
    // Of a whole checkout it takes seconds: the others are in test/drift/drift-cli.test.ts.
    "never",
    "never",
    words("drift", "--target", "::1"),
    "never",
  ],
  healthcheck: [
    words("healthcheck", ...config),
    words("healthcheck"),
    words("healthcheck", "now"),
    "never",
  ],
  schema: [words("schema"), "never", words("schema", "now"), "never"],
  version: [words("version"), "never", words("version", "now"), "never"],
  man: [words("man"), "never", words("man", "--json"), "never"],
  completion: [words("completion", "fish"), "never", words("completion", "tcsh"), "never"],
};

test("every command has its row, and each can be mistyped", () => {
  const names = describedCommands().map(({ name }) => name);
  assert.deepEqual(Object.keys(TABLE).toSorted(), names.toSorted());
  for (const [name, [, , mistyped]] of Object.entries(TABLE))
    assert.notEqual(mistyped, "never", name);
});

test("what keeps a command from its answer is named: a store that cannot be read, a mistyped variable", async () => {
  const { stderr } = await answerOf(["alerts", "--config", at("broken.yaml")]);
  assert.match(stderr, new RegExp(`store ${folder} cannot be read`));
  const mistyped = await answerOf(["alerts"], { STREAMLINE_BOT_CONFG: at("bot.yaml") });
  assert.equal(mistyped.code, 2);
  assert.match(mistyped.stderr, /STREAMLINE_BOT_CONFG .*STREAMLINE_BOT_CONFIG/);
  const alone = await answerOf(["--target", "http://127.0.0.1:9"]);
  assert.equal(alone.code, 2);
  assert.match(alone.stderr, /command is missing/);
  const watched = await answerOf(["search", "lag", "--watch"]);
  assert.equal(watched.code, 2);
});

for (const [command, cases] of Object.entries(TABLE)) {
  test(`${command} exits with the code of its row`, async () => {
    for (const [code, each] of cases.entries()) {
      if (each === "never") continue;
      if (typeof each !== "function") {
        assert.equal(exitCodeOf(command === "replay" ? "why-slow" : command, each.answered), code);
        continue;
      }
      const typed = each();
      const ended = await answerOf(typed, secrets);
      assert.equal(
        ended.code,
        code,
        `${typed.join(" ")}\n${ended.stdout.slice(0, 500)}${ended.stderr}`,
      );
    }
  });
}
