// takes: 30 s
/** The process: with nothing configured, with a wrong configuration, and with a port that is taken. */

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { webhook } from "../support/webhooks.ts";

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly folder: string;
}

interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** Starts the program in an empty folder with nothing but these in its environment. */
function start(t: TestContext, { args = [], env = {}, files = {} }: Start = {}): Started {
  const folder = mkdtempSync(join(tmpdir(), "bot-start-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const child = spawn(process.execPath, [resolve("src/streamline-bot.js"), ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString("utf8");
    });
  }
  t.after(() => {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  return { child, output: () => output, folder };
}

async function exitCode({ child }: Started): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

test("with nothing configured the sandbox comes up and one line shows its address", async (t) => {
  const started = start(t, { env: { SANDBOX_PORT: "0" } });
  const url = await eventually(
    "the line with the address",
    () => /open (http:\/\/127\.0\.0\.1:\d+) in a browser/.exec(started.output())?.[1],
  );
  assert.equal((await fetch(url)).status, 200);
  started.child.kill("SIGINT");
  assert.equal(await exitCode(started), 0);
});

for (const args of [[], ["serve"], ["sandbox"]]) {
  test(`started by its installed name it stays small: ${["streamline-bot", ...args].join(" ")}`, async (t) => {
    const { child } = start(t, { env: { SANDBOX_PORT: "0" }, args });
    const process = `/proc/${child.pid}`;
    // It replaces itself before it does anything else.
    await eventually("its flags", () =>
      readFileSync(`${process}/cmdline`, "utf8").split("\0").includes("--optimize-for-size"),
    );
    assert.match(readFileSync(`${process}/environ`, "utf8"), /MALLOC_ARENA_MAX=1/);
  });
}

test("around a real server the sandbox only reads it, and the bot answers about it", async (t) => {
  const { startSimulatedStreamline } = await import("../../src/sandbox/streamline/server.ts");
  const server = await startSimulatedStreamline();
  t.after(() => server.close());
  const args = ["sandbox", "--target", server.http, "--kafka", server.kafka];
  const started = start(t, { env: { SANDBOX_PORT: "0" }, args });
  const url = await eventually(
    "the line with the address",
    () => /open (http:\/\/127\.0\.0\.1:\d+) in a browser/.exec(started.output())?.[1],
  );
  assert.match(started.output(), new RegExp(server.http));
  assert.equal((await fetch(url)).status, 200);
  const state = (await (await fetch(`${url}/sandbox/state`)).json()) as { realServer?: string };
  assert.equal(state.realServer, server.http, "so that the page calls nothing here simulated");
  started.child.kill("SIGINT");
  assert.equal(await exitCode(started), 0);
});

test("a wrong configuration is refused with every problem and its path", async (t) => {
  const started = start(t, {
    files: { "streamline-bot.yaml": "targets: []\nroute: 1\nlisten: nowhere\n" },
  });
  assert.equal(await exitCode(started), 1);
  for (const problem of [
    "targets:",
    "route: is not a known key",
    "listen:",
    "SLACK_BOT_TOKEN",
    "WEBHOOK_TOKEN",
  ]) {
    assert.ok(started.output().includes(problem), `names ${problem}: ${started.output()}`);
  }
});

test("a file that was named but is not there is shown as missing", async (t) => {
  const started = start(t, { args: ["--config", "nowhere.yaml"] });
  assert.equal(await exitCode(started), 1);
  assert.match(started.output(), /nowhere\.yaml/);
  assert.match(started.output(), /no configuration file/);
});

test("an option that does not exist is refused, and --help shows those that do", async (t) => {
  const wrong = start(t, { args: ["--confg", "x"] });
  assert.equal(await exitCode(wrong), 2);
  assert.match(wrong.output(), /--confg/);
  const help = start(t, { args: ["--help"] });
  assert.equal(await exitCode(help), 0);
  assert.match(help.output(), /--config FILE/);
});

const CONFIGURED = {
  SLACK_BOT_TOKEN: "xoxb-test",
  SLACK_SIGNING_SECRET: "a-signing-secret",
  WEBHOOK_TOKEN: "0123456789abcdef0123",
};

function fileListeningOn(address: string): string {
  return JSON.stringify({
    listen: address,
    slack: { mode: "http" },
    targets: [{ name: "a", http: "http://127.0.0.1:1", kafka: "127.0.0.1:2" }],
    routes: [{ channel: "C0123ABCD" }],
  });
}

test("--check says that a configuration is in order without starting anything", async (t) => {
  const started = start(t, {
    args: ["--check"],
    env: CONFIGURED,
    files: { "streamline-bot.yaml": fileListeningOn("127.0.0.1:0") },
  });
  assert.equal(await exitCode(started), 0);
  assert.match(started.output(), /are valid/);
});

test("a port that is taken ends the start with what to do, and no secret is printed", async (t) => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  t.after(() => other.close());
  const address = other.address();
  assert.ok(address !== null && typeof address === "object");
  const started = start(t, {
    env: CONFIGURED,
    files: { "streamline-bot.yaml": fileListeningOn(`127.0.0.1:${address.port}`) },
  });
  assert.equal(await exitCode(started), 1);
  assert.match(started.output(), /Another process listens there/);
  for (const secret of Object.values(CONFIGURED)) assert.ok(!started.output().includes(secret));
});

test("a token that Slack refuses ends the start with where to find the right one", async (t) => {
  const slack = createServer((socket) => {
    const body = '{"ok":false,"error":"invalid_auth"}';
    socket.once("data", () => {
      socket.end(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
    });
    socket.on("error", () => undefined);
  }).listen(0, "127.0.0.1");
  await once(slack, "listening");
  t.after(() => slack.close());
  const address = slack.address();
  assert.ok(address !== null && typeof address === "object");
  const started = start(t, {
    env: { ...CONFIGURED, SLACK_API_URL: `http://127.0.0.1:${address.port}/api/` },
    files: { "streamline-bot.yaml": fileListeningOn("127.0.0.1:0") },
  });
  assert.equal(await exitCode(started), 1);
  assert.match(started.output(), /invalid_auth/);
  assert.match(started.output(), /SLACK_BOT_TOKEN/);
});

test("while Slack cannot be reached the bot runs, says so, stores alerts, and stops when asked", async (t) => {
  const started = start(t, {
    env: { ...CONFIGURED, SLACK_API_URL: "http://127.0.0.1:1/api/" },
    files: { "streamline-bot.yaml": fileListeningOn("127.0.0.1:0") },
  });
  const url = await eventually(
    "the bot listens",
    () => /"url":"(http:[^"]+)"/.exec(started.output())?.[1],
  );
  const ready = await fetch(`${url}/readyz`);
  assert.equal(ready.status, 200, "what is sent now is stored");
  assert.match(await ready.text(), /"status":"degraded".*Slack cannot be reached/);
  const answer = await fetch(`${url}/webhook/alertmanager`, {
    method: "POST",
    headers: { authorization: `Bearer ${CONFIGURED.WEBHOOK_TOKEN}` },
    body: JSON.stringify(webhook("{}:{a}", [{ labels: { alertname: "StreamlineDown" } }])),
  });
  assert.equal(answer.status, 200);
  started.child.kill("SIGTERM");
  assert.equal(await exitCode(started), 0);
});

test("tokens that changed are read on SIGHUP: the old beside the new one, and then the new one alone", async (t) => {
  const { WEBHOOK_TOKEN: old, ...others } = CONFIGURED;
  const next = "the-token-that-follows-it";
  const started = start(t, {
    env: { ...others, WEBHOOK_TOKEN_FILE: "token", SLACK_API_URL: "http://127.0.0.1:1/api/" },
    files: { "streamline-bot.yaml": fileListeningOn("127.0.0.1:0"), token: `${old}\n` },
  });
  const url = await eventually(
    "the bot listens",
    () => /"url":"(http:[^"]+)"/.exec(started.output())?.[1],
  );
  const statusWith = async (token: string): Promise<number> => {
    const sent = await fetch(`${url}/webhook/alertmanager`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(webhook("{}:{a}", [{ labels: { alertname: "StreamlineDown" } }])),
    });
    return sent.status;
  };
  let reloads = 0;
  const reloadedWith = async (text: string): Promise<void> => {
    writeFileSync(join(started.folder, "token"), text);
    started.child.kill("SIGHUP");
    reloads += 1;
    await eventually(
      "the secrets were read",
      () => started.output().split(/secrets (?:were|could not be) read again/).length > reloads,
    );
  };
  assert.deepEqual([await statusWith(old), await statusWith(next)], [200, 401]);
  await reloadedWith(`${old}\n${next}\n`);
  assert.deepEqual([await statusWith(old), await statusWith(next)], [200, 200]);
  await reloadedWith(`${next}\n`);
  assert.deepEqual([await statusWith(old), await statusWith(next)], [401, 200]);
  // What cannot be read changes nothing, and is logged.
  await reloadedWith("");
  assert.equal(await statusWith(next), 200);
  assert.match(started.output(), /the secrets could not be read again/);
  for (const token of [old, next]) assert.ok(!started.output().includes(token));
});
