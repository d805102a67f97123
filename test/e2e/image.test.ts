/** What the Dockerfile copies, less what .dockerignore leaves out, is a bot without the sandbox. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";

/** Folders and files that the image has of the project. */
const copied = [...readFileSync("Dockerfile", "utf8").matchAll(/^COPY (.+) \.\/\S*$/gm)].flatMap(
  ([, sources = ""]) => sources.split(" "),
);
const leftOut = readFileSync(".dockerignore", "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"));

test("the image's base is named by its digest, so that every build begins with the same", () => {
  assert.match(readFileSync("Dockerfile", "utf8"), /^ARG BASE=node:24\.\S+@sha256:[0-9a-f]{64}$/m);
});

test("what a first start would make is made by the user who starts the bot, and is not theirs to change", () => {
  const lines = readFileSync("Dockerfile", "utf8").split("\n");
  const warm = lines.findIndex((line) => line.startsWith("RUN") && line.includes("--warm"));
  const userAt = (end: number) => lines.slice(0, end).findLast((line) => line.startsWith("USER"));
  assert.ok(warm > 0);
  assert.equal(userAt(warm), "USER node", "Node keeps compiled code by user");
  assert.equal(userAt(lines.length), "USER node");
  assert.match(lines.slice(warm).join("\n"), /chown -R root:root \S+cache.*chmod -R a\+rX,go-w/);
});

test("the image's files start the bot, and tell whoever configured nothing what to do", (t) => {
  const image = mkdtempSync(join(tmpdir(), "bot-image-"));
  t.after(() => rmSync(image, { recursive: true, force: true }));
  for (const name of copied) {
    const filter = (source: string): boolean => !leftOut.includes(source);
    cpSync(name, join(image, name), { recursive: true, filter });
  }
  symlinkSync(resolve("node_modules"), join(image, "node_modules"));
  assert.ok(!existsSync(join(image, "src/sandbox")), "the sandbox is no part of the image");
  const { status, stderr, stdout } = spawnSync(process.execPath, ["src/main.ts"], {
    cwd: image,
    env: { PATH: process.env["PATH"] },
    encoding: "utf8",
  });
  assert.equal(status, 1);
  assert.match(stdout + stderr, /sandbox is not installed here. Configure the bot/i);
});
