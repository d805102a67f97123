/** Whoever reaches the port gets an answer, and takes no more of the bot than its share. */

import assert from "node:assert/strict";
import { connect } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { senderOf } from "../../../src/edges/http/address-limits.ts";
import { redaction } from "../../../src/edges/redaction.ts";
import { send, startServer, TOKEN } from "./bot-server.ts";
import { raw } from "./raw-requests.ts";

test("beginnings of Slack's bodies take so much memory of one address and no more", async (t) => {
  const handled: number[] = [];
  const slack = {
    handle: async ({ body }: { readonly body: Buffer }) => {
      handled.push(body.length);
      return { status: 200 };
    },
  };
  const { url } = await startServer(t, { slack });
  const { hostname, port } = new URL(url);
  const half = `POST /slack/events HTTP/1.1\r\nhost: x\r\nx-slack-signature: v0=\r\ncontent-length: 1048576\r\n\r\n${"x".repeat(1_000)}`;
  const begun = Array.from({ length: 20 }, () => connect(Number(port), hostname));
  t.after(() => {
    for (const socket of begun) socket.destroy();
  });
  const refusals = begun.map(
    (socket) =>
      new Promise<string>((resolve) => {
        socket.on("error", () => undefined).once("data", (data) => resolve(String(data)));
        socket.write(half);
      }),
  );
  assert.match(await Promise.any(refusals), /^HTTP\/1\.1 503/, "not all of them are taken in");
  for (const socket of begun) socket.destroy();
  const headers = { "x-slack-signature": "v0=" };
  const whole = () => send(`${url}/slack/events`, { headers, body: "x".repeat(900_000) });
  let status = 0;
  while (status !== 200) ({ status } = await whole());
  for (let at = 0; at < 40; at += 1)
    assert.equal((await whole()).status, 200, "each leaves its room");
  assert.equal(handled.at(-1), 900_000);
});

test("addresses of one network of IPv6 count as one, and those of IPv4 each as itself", () => {
  const same = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::", "2001:db8:1:2:3:4:5:6"];
  assert.equal(new Set(same.map(senderOf)).size, 1);
  assert.notEqual(senderOf("2001:db8:1:3::1"), senderOf("2001:db8:1:2::1"));
  assert.notEqual(senderOf("::1"), senderOf("fe80::1%eth0"));
  assert.equal(senderOf("::ffff:10.0.0.5"), "10.0.0.5");
  assert.notEqual(senderOf("10.0.0.5"), senderOf("10.0.0.6"));
});

test("strangers with wrong tokens fill no log: some lines a minute, then how many were left out", async (t) => {
  let nowMs = 0;
  const { url, lines, refused } = await startServer(t, { alerts: { now: () => nowMs } });
  const headers = { authorization: "Bearer a-wrong-guess-of-a-token" };
  const guess = () => send(`${url}/webhook/alertmanager`, { headers, body: "{}" });
  for (let at = 0; at < 60; at += 1) assert.equal((await guess()).status, 401);
  const said = () => lines().filter(({ msg }) => msg === "webhook refused");
  assert.equal(refused.length, 60, "each is counted");
  assert.ok(said().length > 0 && said().length <= 20, String(said().length));
  const before = said().length;
  nowMs += 61_000;
  await guess();
  assert.equal(said().at(-1)?.["leftOut"], 60 - before);
});

describe("one address", () => {
  test("is told to wait when it asks too often, while webhooks and health of others go on", async (t) => {
    let nowMs = 0;
    const { url, external } = await startServer(t, {
      limits: { requestsPerSecond: 5 },
      health: { now: () => nowMs },
    });
    const get = (path: string) => send(`${url}${path}`, { method: "GET" });
    const statuses: number[] = [];
    for (let at = 0; at < 12; at++)
      statuses.push((await get(at % 2 === 0 ? "/metrics" : "/nowhere")).status);
    assert.deepEqual(
      statuses.slice(0, 10).toSorted((a, b) => a - b),
      [200, 200, 200, 200, 200, 404, 404, 404, 404, 404],
    );
    assert.deepEqual(statuses.slice(10), [429, 429]);
    const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
    const body = JSON.stringify({ alerts: [{ status: "firing", labels: { alertname: "A" } }] });
    const posted = await send(`${url}/webhook/alertmanager`, { headers, body });
    assert.equal(posted.status, 200, posted.text);
    assert.equal(external.length, 1);
    nowMs += 1_000;
    assert.equal((await get("/healthz")).status, 200);
  });

  test("has so many connections and no more, and gets a place again when one closes", async (t) => {
    const { url } = await startServer(t, { limits: { connections: 3 } });
    const held = await Promise.all(Array.from({ length: 3 }, () => hold(t, url)));
    assert.equal(await raw(url, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n", () => true), "");
    held[0]?.destroy();
    let answer = "";
    while (answer === "")
      answer = await raw(url, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n", () => true);
    assert.match(answer, /^HTTP\/1\.1 200/);
  });

  test("that sends endless headers is refused", async (t) => {
    const { url } = await startServer(t);
    const text = await raw(
      url,
      `GET /healthz HTTP/1.1\r\nhost: x\r\na: ${"b".repeat(20_000)}\r\n\r\n`,
      () => true,
    );
    assert.match(text, /^HTTP\/1\.1 431/);
  });
});

test("no answer of the port repeats a secret, whatever part of the bot says it", async (t) => {
  redaction.learn(["plover-secret-of-the-port"]);
  const said = "http://am answers: plover-secret-of-the-port";
  const { url } = await startServer(t, {
    health: {
      readiness: async () => ({ needed: { store: said }, warnings: [said] }),
      metrics: async () => ({ contentType: "text/plain", body: `a{b="${said}"} 1\n` }),
    },
  });
  for (const path of ["/readyz", "/metrics", "/plover-secret-of-the-port"]) {
    const { text } = await send(`${url}${path}`, { method: "GET" });
    assert.match(text, /\[secret\]/, path);
    assert.doesNotMatch(text, /plover/, path);
  }
});

test("every path and method ends with an answer", async (t) => {
  const { url } = await startServer(t, {
    limits: { requestsPerSecond: 10_000 },
    slack: { handle: async () => ({ status: 200 }) },
  });
  const paths = [
    "/",
    "/slack/events",
    "/slack/%65vents",
    "/slack/events/",
    "//slack/events",
    "/%",
    "/%00",
    "/metrics?x",
    "/webhook/alertmanager",
    "/webhook/%61lertmanager",
    "/webhook/alertmanager/%2e%2e",
    `/${"a".repeat(5_000)}`,
  ];
  const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"];
  for (const path of paths) {
    for (const method of methods) {
      const text = await raw(
        url,
        `${method} ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n`,
        (all) => all.includes("\r\n\r\n"),
      );
      assert.match(text, /^HTTP\/1\.1 [1-5]\d\d /, `${method} ${path}`);
      assert.ok(text.length < 1_000, `${method} ${path} repeats too much`);
    }
  }
});

export async function hold(t: TestContext, url: string) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  t.after(() => socket.destroy());
  await new Promise((resolve) => socket.once("connect", resolve));
  socket.on("error", () => undefined);
  // Answered once, so that the server has taken the connection.
  socket.write("GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n");
  await new Promise((resolve) => socket.once("data", resolve));
  return socket;
}
