// takes: 9 s
/**
 * The protocol's own conformance suite against the running bot.
 *
 * Most of its scenarios call tools, prompts and resources of a model server by name; those, and
 * features that the bot does not offer, are listed with the reason in conformance.yaml. The suite fails
 * when another scenario does, and when one of the list passes.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type TestContext, test } from "node:test";
import { startSandboxBot } from "../../support/sandbox-bot.ts";

const TOKEN = "a-token-for-agents-of-a-test";
const SUITE = resolve("node_modules/.bin/conformance");

/** The suite sends no credentials: what stands before the bot adds them, as a gateway would. */
async function withCredentials(t: TestContext, target: URL): Promise<string> {
  const gateway = createServer((asked, answer) => {
    const forward = request(
      new URL(asked.url ?? "/", target),
      {
        method: asked.method,
        headers: { ...asked.headers, authorization: `Bearer ${TOKEN}` },
        setHost: false,
      },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    asked.pipe(forward);
  }).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  t.after(() => {
    gateway.closeAllConnections();
    gateway.close();
  });
  return `http://localhost:${(gateway.address() as AddressInfo).port}/mcp`;
}

test("the conformance suite finds what it expects of this server, and nothing else", async (t) => {
  const { bot } = await startSandboxBot(t, (config) => ({
    ...config,
    mcpAuth: [{ kind: "bearer", token: TOKEN }],
  }));
  const url = await withCredentials(t, new URL(bot.url));
  const folder = await mkdtemp(join(tmpdir(), "conformance-"));
  t.after(() => rm(folder, { recursive: true }));
  const list = join(import.meta.dirname, "conformance.yaml");
  const args = [SUITE, "server", "--url", url, "--expected-failures", list, "-o", folder];
  const run = Promise.withResolvers<{ code: unknown; output: string }>();
  execFile(process.execPath, args, (error, stdout, stderr) =>
    run.resolve({ code: error?.code ?? 0, output: stdout + stderr }),
  );
  const { code, output } = await run.promise;
  assert.equal(code, 0, output.slice(Math.max(0, output.indexOf("=== SUMMARY"))));
  for (const scenario of [
    "server-initialize",
    "ping",
    "tools-list",
    "resources-list",
    "dns-rebinding-protection",
  ]) {
    assert.match(output, new RegExp(`✓ ${scenario}: [1-9]\\d* passed, 0 failed`));
  }
});
