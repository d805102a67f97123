/** Whatever the umask of whoever starts it: what the bot and its programs write is for their owner alone. */
// takes: 30 s

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { startLocalSlack } from "../../src/sandbox/slack/local-slack.ts";
import { startSimulatedStreamline } from "../../src/sandbox/streamline/server.ts";
import { eventually } from "../support/eventually.ts";
import { cacheWithOwnPages } from "../support/own-cache.ts";

const PROGRAM = [process.execPath, resolve("src/streamline-bot.js")].join(" ");

test("database, log beside it, replays, index, recording and backup are 0600, their folders 0700", async (t) => {
  const streamline = await startSimulatedStreamline();
  t.after(() => streamline.close());
  const secrets = { signingSecret: "a-signing-secret", botToken: "xoxb-of-this-test" };
  const slack = await startLocalSlack({ ...secrets, clock: () => new Date() });
  t.after(() => slack.close());
  const folder = mkdtempSync(join(tmpdir(), "bot-modes-"));
  const own = join(folder, "own-pages");
  mkdirSync(own);
  writeFileSync(join(own, "PAGE.md"), "# A page of a company\n\nIts words.\n");
  // As an earlier version, or somebody else, left it.
  mkdirSync(join(folder, "var", "replays"), { recursive: true, mode: 0o755 });
  const config = {
    listen: "127.0.0.1:0",
    slack: { mode: "http" },
    targets: [{ name: "a", http: streamline.http, kafka: streamline.kafka }],
    routes: [{ channel: slack.channelId("incidents") }],
    knowledge: [own],
  };
  writeFileSync(join(folder, "streamline-bot.yaml"), JSON.stringify(config));
  const env = {
    PATH: process.env["PATH"],
    SLACK_BOT_TOKEN: secrets.botToken,
    SLACK_SIGNING_SECRET: secrets.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    WEBHOOK_TOKEN: "0123456789abcdef0123",
    STREAMLINE_BOT_CACHE: cacheWithOwnPages(join(folder, "cache")),
    // Compiled code is none of ours to guard, and takes seconds to make again.
    ...(process.env["NODE_COMPILE_CACHE"] && {
      NODE_COMPILE_CACHE: process.env["NODE_COMPILE_CACHE"],
    }),
  };
  const run = (args: string) =>
    spawn("sh", ["-c", `umask 0; exec ${PROGRAM} ${args}`], { cwd: folder, env });
  const bot = run("");
  let output = "";
  bot.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString("utf8");
  });
  t.after(() => {
    bot.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });
  const url = await eventually("the bot listens", () => /"url":"(http:[^"]+)"/.exec(output)?.[1]);
  slack.connectBot(`${url}/slack/events`);
  await eventually("a replay is kept", async () => {
    await slack.slashCommand({ user: "alice", channel: "bot", text: "/streamline why-slow" });
    return readdirSync(join(folder, "var", "replays")).length > 0;
  });
  const ended = async (args: string): Promise<number | null> => {
    const child = run(args);
    return new Promise((done) => child.on("close", done));
  };
  assert.equal(await ended("backup backup.db"), 0);
  const target = `--target ${streamline.http} --kafka ${streamline.kafka}`;
  assert.equal(await ended(`record ${target} --out recording.gz --every 1s --for 1s`), 0);
  await ended(`why-slow ${target}`);

  const written = [
    ...readdirSync(join(folder, "var"), { recursive: true, encoding: "utf8" }).map((name) =>
      join("var", name),
    ),
    "backup.db",
    "recording.gz",
    ...readdirSync(join(folder, "cache"), { recursive: true, encoding: "utf8" })
      .filter((name) => name.startsWith("replays"))
      .map((name) => join("cache", name)),
  ];
  for (const part of ["bot.db", "bot.db-wal", "bot.db-shm", "knowledge-index.db", "replays"]) {
    assert.ok(
      written.some((name) => name.endsWith(part)),
      `${part} among ${written.join(", ")}`,
    );
  }
  for (const name of written) {
    const { mode } = statSync(join(folder, name));
    assert.equal(mode & 0o077, 0, `${name} is ${(mode & 0o777).toString(8)}`);
  }
});
