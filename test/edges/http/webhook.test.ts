/** Alertmanager's webhook over real sockets: who is let in, and when it is answered. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, test } from "node:test";
import type { Credentials } from "../../../src/config/config.ts";
import { amBody } from "../../alerts/bodies.ts";
import { type Answer, type BotServer, send, TOKEN } from "./bot-server.ts";
import { BEARER, reasonOf, setUp } from "./webhook-server.ts";

const BASIC: Credentials = { kind: "basic", user: "alertmanager", password: "pässword: of 20+" };

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

/** Nobody learns a secret from an answer or from the log. */
function assertNoSecret({ text }: BotServer, answer: Answer): void {
  const secrets = [TOKEN, "pässword", Buffer.from("pässword").toString("base64").slice(0, 10)];
  for (const secret of [...secrets, "wrong-guess"]) {
    assert.ok(!answer.text.includes(secret), `${secret} is in the answer`);
    assert.ok(!text().includes(secret), `${secret} is in the log`);
  }
}

test("a notification is answered when it is stored, with what it did", async (t) => {
  const { post, external, refused } = await setUp(t);
  const answer = await post(JSON.stringify(amBody()));
  assert.deepEqual([answer.status, answer.text], [200, '{"status":"stored","outcome":"opened"}']);
  assert.equal(external[0]?.groupKey, amBody()["groupKey"]);
  assert.deepEqual(refused, []);
});

test("it is not answered before it is stored", async (t) => {
  const { promise: stored, resolve: store } = Promise.withResolvers<void>();
  const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
  const { post, url } = await setUp(t, {
    alerts: {
      respond: () => {
        ask();
        return stored.then(() => "opened");
      },
    },
  });
  let isAnswered = false;
  const answering = post(JSON.stringify(amBody())).then((answer) => {
    isAnswered = true;
    return answer;
  });
  await asked;
  // What is asked behind it is answered before it.
  assert.equal((await send(`${url}/healthz`, { method: "GET" })).status, 200);
  assert.equal(isAnswered, false);
  store();
  assert.equal((await answering).status, 200);
});

describe("who may send:", () => {
  for (const [what, headers] of [
    ["nobody without credentials", {}],
    ["nobody with a wrong token", { authorization: "Bearer wrong-guess" }],
    ["nobody with part of the token", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["nobody with more than the token", { authorization: `Bearer ${TOKEN}x` }],
    ["nobody with the token as password", { authorization: basic(`x:${TOKEN}`) }],
    ["nobody with an empty token", { authorization: "Bearer " }],
    ["nobody with the bare token", { authorization: TOKEN }],
    ["nobody with the token elsewhere", { "x-token": TOKEN }],
  ] as const) {
    test(what, async (t) => {
      const server = await setUp(t);
      const answer = await send(`${server.url}/webhook/alertmanager`, {
        headers,
        body: JSON.stringify(amBody()),
      });
      assert.equal(answer.status, 401);
      assert.equal(answer.headers["www-authenticate"], "Bearer");
      assert.match(reasonOf(answer), /^wrong or missing bearer credentials/);
      assert.deepEqual([server.external, server.refused], [[], ["unauthorized"]]);
      assertNoSecret(server, answer);
    });
  }

  test("the scheme's letters may be of any case", async (t) => {
    const { post } = await setUp(t);
    assert.equal((await post(JSON.stringify(amBody()), `bEARER  ${TOKEN}`)).status, 200);
  });

  for (const [what, authorization, status] of [
    ["user and password", basic("alertmanager:pässword: of 20+"), 200],
    ["another user with the password", basic("wrong-guess:pässword: of 20+"), 401],
    ["the user with another password", basic("alertmanager:wrong-guess"), 401],
    ["no colon", basic("alertmanager"), 401],
    ["what is no base64", "Basic %%%%", 401],
    ["nothing", "Basic", 401],
    ["the password as token", "Bearer pässword: of 20+", 401],
  ] as const) {
    test(`basic authentication with ${what} is ${status}`, async (t) => {
      const server = await setUp(t, {
        alerts: { sources: () => new Map([["default", [BASIC]]]) },
      });
      const header = Buffer.from(authorization).toString("latin1");
      const answer = await server.post(JSON.stringify(amBody()), header);
      assert.equal(answer.status, status);
      assertNoSecret(server, answer);
      if (status === 401) {
        assert.equal(answer.headers["www-authenticate"], 'Basic realm="Alertmanager webhook"');
      }
    });
  }

  test("a stranger's 10 MB are refused before they are read", async (t) => {
    const { url, refused } = await setUp(t);
    // Promised, but never sent: an answer comes only if nobody waits for them.
    const headers = { "content-length": String(10 * 1024 ** 2) };
    const answer = await send(`${url}/webhook/alertmanager`, { headers, body: [] });
    assert.equal(answer.status, 401);
    assert.deepEqual(refused, ["unauthorized"]);
  });
});

test("what came while the whole process stood still, from a sender that gave up since, is not taken", async (t) => {
  const { url, external, post } = await setUp(t);
  const body = JSON.stringify({ ...amBody(), groupKey: "late" });
  const request = [
    "POST /webhook/alertmanager HTTP/1.1",
    "host: bot",
    "content-type: application/json",
    `authorization: ${BEARER}`,
    `content-length: ${Buffer.byteLength(body)}`,
    "",
    body,
  ].join("\r\n");
  const code = `const socket = require("node:net").connect(process.argv[1], "127.0.0.1", () => {
    socket.end(process.argv[2], () => socket.destroy());
  });`;
  // Nothing else of this process goes on until that one has ended.
  const { status } = spawnSync(process.execPath, ["-e", code, new URL(url).port, request]);
  assert.equal(status, 0);
  assert.equal((await post(JSON.stringify({ ...amBody(), groupKey: "now" }))).status, 200);
  assert.deepEqual(
    external.map(({ groupKey }) => groupKey),
    ["now"],
  );
});

test("when the store fails, the sender is asked to send it again, and learns nothing else", async (t) => {
  const server = await setUp(t, {
    alerts: { respond: () => Promise.reject(new Error("disk full at /var/lib/bot.db")) },
  });
  const answer = await server.post(JSON.stringify(amBody()));
  assert.equal(answer.status, 503);
  assert.equal(reasonOf(answer), "the alert could not be stored; send it again");
  assert.deepEqual(server.refused, ["failed"]);
  assert.match(server.text(), /disk full/);
  assertNoSecret(server, answer);
});

test("a source that nobody configured is refused, and only to who knows the default's secret", async (t) => {
  const { url, external, refused } = await setUp(t);
  const send404 = (authorization: string) =>
    send(`${url}/webhook/alertmanager/prod`, {
      headers: { authorization },
      body: JSON.stringify(amBody()),
    });
  assert.equal((await send404("Bearer wrong-guess")).status, 401);
  const answer = await send404(BEARER);
  assert.equal(answer.status, 404);
  assert.match(reasonOf(answer), /no source is called prod/);
  assert.deepEqual([external, refused], [[], ["unauthorized", "unknown_source"]]);
});

test("each source has a path and a secret of its own", async (t) => {
  const sources = new Map<string, readonly Credentials[]>([
    ["default", [{ kind: "bearer", token: TOKEN }]],
    ["prod", [{ kind: "bearer", token: "the-token-of-prod" }]],
  ]);
  const { url, external } = await setUp(t, { alerts: { sources: () => sources } });
  const status = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify(amBody());
    return (await send(`${url}/webhook/alertmanager/prod`, { headers, body })).status;
  };
  assert.deepEqual([await status(TOKEN), await status("the-token-of-prod")], [401, 200]);
  assert.deepEqual(
    external.map(({ source }) => source),
    ["prod"],
  );
});

test("other methods and paths are not there", async (t) => {
  const { url, external } = await setUp(t);
  for (const [method, path] of [
    ["GET", "/webhook/alertmanager"],
    ["PATCH", "/webhook/alertmanager"],
    ["POST", "/webhook"],
    ["POST", "/webhook/alertmanager/x/y"],
  ] as const) {
    const answer = await send(`${url}${path}?token=wrong-guess`, {
      method,
      headers: { authorization: BEARER },
    });
    assert.equal(answer.status, 404);
    assert.equal(reasonOf(answer), `no ${method} ${path} here`);
  }
  assert.deepEqual(external, []);
});
