/** Completion as bash asks for it, with the program itself behind the names that change. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { completedCommands } from "../../../src/edges/cli/command-options.ts";
import { completionScript } from "../../../src/edges/cli/completion.ts";
import { readTerminalWords } from "../../../src/edges/cli/terminal-words.ts";

const folder = mkdtempSync(join(tmpdir(), "bot-completion-"));
const program = join(folder, "streamline-bot");
writeFileSync(
  program,
  `#!/bin/sh\nexec '${process.execPath}' '${resolve("src/streamline-bot.js")}' "$@"\n`,
);
chmodSync(program, 0o755);
const script = join(folder, "completion.bash");
writeFileSync(script, completionScript("bash") ?? "");
const address = "http: 'http://127.0.0.1:9', kafka: '127.0.0.1:9'";

function configure(...names: string[]): void {
  const targets = names.map((name) => `{ name: '${name}', ${address} }`);
  writeFileSync(
    join(folder, "streamline-bot.yaml"),
    `targets: [${targets.join(", ")}]\nroutes: [{ channel: C0123456789 }]\n`,
  );
}

/** What bash would offer for the last word. */
function offered(...words: string[]): string[] {
  const asked = `source ${script}; COMP_WORDS=("$0" "$@"); COMP_CWORD=$#; _streamline_bot; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync("bash", ["-c", asked, program, ...words], {
    cwd: folder,
    env: { PATH: process.env["PATH"] },
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash completes commands, what follows them, options and their values", () => {
  assert.deepEqual(offered("heal"), ["health", "healthcheck"]);
  assert.deepEqual(offered("config", ""), ["check", "schema"]);
  assert.deepEqual(offered("completion", ""), ["bash", "zsh", "fish"]);
  assert.deepEqual(offered("why-slow", "--pro"), ["--prometheus"]);
  assert.deepEqual(offered("alerts", "--state", "s"), ["silenced"]);
  assert.deepEqual(offered("runbook", "StreamlineD"), ["StreamlineDown"]);
  assert.ok(!offered("doctor", "--").includes("--watch"), "an option of other commands");
});

test("a target's name comes from the configuration, and bash runs nothing that stands in it", () => {
  configure("orders-prod", "billing");
  assert.deepEqual(offered("health", "--target", ""), ["orders-prod", "billing"]);
  configure("$(touch taken)");
  assert.deepEqual(offered("health", "--target", ""), []);
  assert.equal(spawnSync("ls", [join(folder, "taken")]).status, 2);
});

test("every option that is offered for a command that asks is one that it reads", () => {
  const ofTheBot = ["serve", "sandbox", "config", "doctor", "mcp", "backup", "record", "drift"];
  for (const [name, { options }] of completedCommands()) {
    if ([...ofTheBot, "healthcheck", "eval"].includes(name)) continue;
    for (const [flag, values] of Object.entries(options)) {
      const read = readTerminalWords([name, `--${flag}`, ...(values === undefined ? [] : ["5s"])]);
      assert.equal(read.kind, "words", `${name} --${flag}`);
    }
  }
});

test("the scripts for zsh and fish name every command", () => {
  for (const shell of ["zsh", "fish"]) {
    const text = completionScript(shell) ?? "";
    for (const name of completedCommands().keys()) assert.ok(text.includes(name), name);
  }
});
