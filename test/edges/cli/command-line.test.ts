/** The words of a command line: mistakes in them, help, completion, where options may stand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { commandHelp } from "../../../src/edges/cli/command-help.ts";
import { completedCommands } from "../../../src/edges/cli/command-options.ts";
import { commandFirst } from "../../../src/edges/cli/terminal-words.ts";
import { answerOf, streamlineBot } from "./terminal-program.ts";
import { server } from "./terminal-server.ts";

test("a mistyped command is answered with the one that was meant, and exits 2", async () => {
  const [near, far, forSlack] = await Promise.all([
    streamlineBot(["helth"]),
    answerOf(["frobnicate"]),
    answerOf(["silence"]),
  ]);
  assert.equal(near.code, 2);
  assert.match(near.stderr, /health/);
  assert.equal(far.code, 2);
  assert.match(far.stderr, /search frobnicate/);
  assert.equal(forSlack.code, 2);
  assert.match(forSlack.stderr, /Slack/);
});

test("what is missing or wrong in the words is reported with an example, and exits 2", async () => {
  const wrong: readonly (readonly [args: readonly string[], says: RegExp])[] = [
    [["why-slow"], /--target http:/],
    [["health", "--target", "ftp://host:1"], /begins with ftp/],
    [["health", "--target", "http://name:secret@host:9094"], /password/],
    [["health", "--target", "host:9094", "--kafka", "nowhere"], /write nowhere:9092/],
    [["health", "--colour"], /--colour/],
    [["why-slow", "--target", "host:9094", "--every", "soon"], /--every/],
    [["search"], /needs words/],
    [["completion", "csh"], /bash, zsh or fish/],
    [["config", "chek"], /config check/],
    [["backup"], /one file/],
    [["backup", "--frce", "x"], /--frce/],
    [["sandbox", "--target", "ftp://x"], /begins with ftp/],
    [["record"], /--target/],
    [["health", "--targt", "host:9094"], /--target\?/],
    [["health", "--target", "host:1", "--target", "host:2"], /--target is given twice/],
    [["backup", "copy.db", "--config", "a", "--config", "b"], /--config is given twice/],
    [["health", "--json=1"], /--json takes no value/],
    [["lag", "a", "b", "c", "--target", "host:9094"], /lag does not take/],
    [["doctor", "now"], /remove "now"/],
    [["drift", "now"], /remove "now"/],
    [["mcp", "now"], /remove "now"/],
    [["version", "now"], /remove "now"/],
    [["sandbox", "--kafka", "host:9092"], /give both/],
  ];
  const ended = await Promise.all(wrong.map(([args]) => answerOf(args)));
  for (const [index, { code, stderr }] of ended.entries()) {
    const [args, says] = wrong[index] ?? [[], /never/];
    assert.equal(code, 2, `${args.join(" ")}: ${stderr}`);
    assert.match(stderr, says);
  }
  for (const [index, { stdout }] of ended.entries()) {
    assert.equal(stdout, "", `${wrong[index]?.[0].join(" ")}: an answer is no place for it`);
  }
});

test("config check with nothing configured names what is missing, and starts nothing", async () => {
  const { code, stdout, stderr } = await streamlineBot(["config", "check"]);
  assert.equal(code, 1);
  assert.match(stderr, /no configuration file/);
  assert.doesNotMatch(stdout, /sandbox/);
});

test("config schema prints the file's JSON schema, and man a page with every command", async () => {
  const [schema, man, help] = await Promise.all([
    answerOf(["config", "schema"]),
    answerOf(["man"]),
    answerOf(["help"]),
  ]);
  assert.deepEqual(JSON.parse(schema.stdout).required, ["targets", "routes"]);
  assert.match(man.stdout, /^\.TH /);
  const names = [...help.stdout.matchAll(/^ {2}([a-z-]+)(?: |$)/gm)].map(([, name = ""]) => name);
  assert.ok(names.length > 20, names.join(", "));
  const missing = names.filter((name) => !man.stdout.includes(`.B ${name.replaceAll("-", "\\-")}`));
  assert.deepEqual(missing, []);
});

test("help, version and completion come from the table", async () => {
  const [help, ofOne, version, ...scripts] = await Promise.all([
    streamlineBot(["help"]),
    answerOf(["why-slow", "--help"]),
    answerOf(["version"]),
    ...["bash", "zsh", "fish"].map((shell) => answerOf(["completion", shell])),
  ]);
  for (const name of ["why-slow", "serve", "drift", "--json", "Exit codes"]) {
    assert.ok(help.stdout.includes(name), name);
  }
  assert.match(ofOne.stdout, /Examples?:/);
  assert.match(ofOne.stdout, /--prometheus ADDRESS .*hour/);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  for (const { code, stdout } of scripts) {
    assert.equal(code, 0);
    assert.match(stdout, /why-slow/);
  }
});

test("help of each command has every option that it takes, with what the option does, and lines to try", () => {
  for (const [name, { options }] of completedCommands()) {
    const help = commandHelp(name) ?? "";
    for (const flag of Object.keys(options)) {
      assert.match(help, new RegExp(`^ {2}--${flag}\\b.* \\S`, "m"), `${name} --${flag}`);
    }
    const tried = [...help.matchAll(/^ {2}streamline-bot (.+)$/gm)].map(([, line = ""]) => line);
    assert.ok(tried.length > 0, name);
    assert.ok(
      tried.every((line) => line.split(" ")[0] === name),
      name,
    );
  }
});

test("options may stand before the command, and --version is one", async (t) => {
  const { flags } = await server(t);
  const [before, version] = await Promise.all([
    streamlineBot([...flags, "--json", "health"]),
    streamlineBot(["--version"]),
  ]);
  assert.equal(JSON.parse(before.stdout).command, "health", before.stderr);
  assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
  assert.deepEqual(commandFirst(["--config", "serve"]), ["--config", "serve"]);
  assert.deepEqual(commandFirst(["--out", "a", "record"]), ["record", "--out", "a"]);
});

test("an expression that cannot be read is a mistake in the words, and nobody is sent to wait", async (t) => {
  const { flags } = await server(t);
  const { code, stderr } = await answerOf(["chart", "rate(", ...flags]);
  assert.equal(code, 2);
  assert.doesNotMatch(stderr, /--watch/);
});

test("colours come as the environment asks for them", async () => {
  const painted = async (env: Readonly<Record<string, string>>) =>
    (await streamlineBot(["runbook", "StreamlineDown"], env)).stdout.includes("\u001B[");
  assert.equal(await painted({ FORCE_COLOR: "1" }), true);
  assert.equal(await painted({ FORCE_COLOR: "0" }), false);
  assert.equal(await painted({}), false, "a pipe");
});
