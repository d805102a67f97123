/** Alertmanager's webhook over real sockets: who is let in, what is taken, and what is said. */

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { describe, type TestContext, test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Credentials } from "../../../src/config/config.ts";
import { amBody } from "../../alerts/bodies.ts";
import {
  type Answer,
  type BotServer,
  type Setting,
  send,
  startServer,
  TOKEN,
} from "./bot-server.ts";

const BEARER = `Bearer ${TOKEN}`;
const BASIC: Credentials = { kind: "basic", user: "alertmanager", password: "pässword: of 20+" };

async function setUp(t: TestContext, setting: Setting = {}) {
  const server = await startServer(t, setting);
  const post = (
    body: Parameters<typeof send>[1]["body"],
    authorization = BEARER,
  ): Promise<Answer> =>
    send(`${server.url}/webhook/alertmanager`, {
      headers: { "content-type": "application/json", authorization },
      ...(body === undefined ? {} : { body }),
    });
  return { ...server, post };
}

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

function reasonOf({ text }: Answer): string {
  return (JSON.parse(text) as { error: string }).error;
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

describe("what is too large", () => {
  const small = { alerts: { maxBodyBytes: 2_000 } };

  test("is refused by its announced length, with the limit and the setting's name", async (t) => {
    const { post, external, refused } = await setUp(t, small);
    const answer = await post(Buffer.alloc(2_001, " "));
    assert.equal(answer.status, 413);
    assert.equal(reasonOf(answer), "the body is larger than 2000 bytes (webhook.maxBody)");
    assert.deepEqual([external, refused], [[], ["too_large"]]);
  });

  test("is refused, too, when it comes in chunks without a length", async (t) => {
    const { post, refused } = await setUp(t, small);
    const answer = await post([Buffer.alloc(1_500, " "), Buffer.alloc(1_500, " ")]);
    assert.equal(answer.status, 413);
    assert.deepEqual(refused, ["too_large"]);
  });

  test("is distinguished from what just fits", async (t) => {
    const { post } = await setUp(t, small);
    const body = JSON.stringify(amBody()).padEnd(2_000);
    assert.equal((await post(body)).status, 200);
  });

  test("is 10 MB by default", async (t) => {
    const { post, external } = await setUp(t);
    assert.equal((await post(Buffer.alloc(10 * 1024 ** 2, "x"))).status, 413);
    assert.deepEqual(external, []);
  });
});

describe("what is malformed is refused for good, with the reason:", () => {
  const alert = (amBody()["alerts"] as object[])[0];
  const change = (fields: object): string => JSON.stringify({ ...amBody(), ...fields });
  const nested = (open: string, close: string): string =>
    `${open.repeat(100_000)}1${close.repeat(100_000)}`;

  for (const [what, body, expected] of [
    ["an empty body", "", /^the body is empty$/],
    ["no JSON", "alertname=x", /^the body is not JSON$/],
    ["half a body", JSON.stringify(amBody()).slice(0, -5), /^the body is not JSON$/],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00]), /^the body is not JSON$/],
    ["null", "null", /^body: /],
    ["a list", "[]", /^body: /],
    ["nothing in it", "{}", /^alerts: is missing$/],
    ["alerts of another type", change({ alerts: "many", status: 1 }), /^alerts: is not a list$/],
    ["no alerts", change({ alerts: [] }), /^alerts: must hold at least one alert$/],
    ["lists nested 100,000 deep", nested("[", "]"), /^body: |nested too deeply/],
    ["objects nested 100,000 deep", nested('{"a":', "}"), /^alerts: |nested too deeply/],
    [
      "a million brackets without end",
      "[".repeat(1_000_000),
      /^the body is not JSON$|nested too deeply/,
    ],
  ] as const) {
    test(what, async (t) => {
      const { post, external, refused } = await setUp(t);
      const answer = await post(body);
      assert.equal(answer.status, 422);
      assert.match(reasonOf(answer), expected);
      assert.ok(answer.text.length < 1_000);
      assert.deepEqual([external, refused], [[], ["malformed"]]);
    });
  }

  test("an alert that cannot be read, unless another one can", async (t) => {
    const { post, external, refused } = await setUp(t);
    assert.equal((await post(change({ alerts: [5, alert, { ...alert, labels: 5 }] }))).status, 200);
    assert.deepEqual([external[0]?.alerts.length, external[0]?.unread?.alerts], [2, 2]);
    assert.deepEqual(refused, []);
  });

  for (const [what, bytes, encoding, expected] of [
    ["what its encoding does not say", Buffer.from("{}"), "gzip", /not gzip/],
    ["an encoding that nobody knows", Buffer.from("{}"), "snappy", /snappy.*gzip/],
  ] as const) {
    test(what, async (t) => {
      const { url, refused } = await setUp(t);
      const headers = { authorization: BEARER, "content-encoding": encoding };
      const answer = await send(`${url}/webhook/alertmanager`, { headers, body: bytes });
      assert.equal(answer.status, 422);
      assert.match(reasonOf(answer), expected);
      assert.deepEqual(refused, ["malformed"]);
    });
  }
});

describe("what is unusual is taken:", () => {
  test("5,000 alerts in one body", async (t) => {
    const { post, external } = await setUp(t);
    const [alert] = amBody()["alerts"] as object[];
    const alerts = Array.from({ length: 5_000 }, (_, n) => ({ ...alert, fingerprint: `f${n}` }));
    assert.equal((await post(JSON.stringify({ ...amBody(), alerts }))).status, 200);
    assert.equal(external[0]?.alerts.length, 5_000);
  });

  test("labels with mentions, backticks, right-to-left and 10,000 characters, as they are", async (t) => {
    const { post, external } = await setUp(t);
    const label = `<!channel> <@U1> \`*& 😀 \u202E ${"x".repeat(10_000)}`;
    const [alert] = amBody()["alerts"] as object[];
    const labels = { alertname: label, [label]: label };
    const body = { ...amBody(), alerts: [{ ...alert, labels }] };
    assert.equal((await post(JSON.stringify(body))).status, 200);
    assert.deepEqual(external[0]?.alerts[0]?.labels, labels);
  });

  for (const [what, pack, encoding] of [
    ["gzip", gzipSync, "gzip"],
    ["gzip in capitals", gzipSync, "GZIP"],
    ["deflate", deflateSync, "deflate"],
    ["brotli", brotliCompressSync, "br"],
  ] as const) {
    test(`a body in ${what}`, async (t) => {
      const { url, external } = await setUp(t);
      const headers = { authorization: BEARER, "content-encoding": encoding };
      const body = pack(JSON.stringify(amBody()));
      assert.equal((await send(`${url}/webhook/alertmanager`, { headers, body })).status, 200);
      assert.equal(external[0]?.alerts[0]?.labels["alertname"], "ReplicationLag");
    });
  }

  test("but not one that is too large once it is unpacked", async (t) => {
    const { url, refused } = await setUp(t);
    const headers = { authorization: BEARER, "content-encoding": "gzip" };
    const body = gzipSync(Buffer.alloc(9 * 1024 ** 2, " "));
    const answer = await send(`${url}/webhook/alertmanager`, { headers, body });
    assert.deepEqual([answer.status, refused], [413, ["too_large"]]);
  });

  test("a byte order mark, and numbers that are none", async (t) => {
    const { post, external } = await setUp(t);
    const [alert] = amBody()["alerts"] as object[];
    const annotations = { summary: 'NaN "Infinity" \\' };
    const values = { A: "@", B: "@" };
    const body = JSON.stringify({ ...amBody(), alerts: [{ ...alert, annotations, values }] });
    const sent = body.replace('"@"', "NaN").replace('"@"', "-Infinity");
    assert.equal((await post(`\uFEFF${sent}`)).status, 200);
    const [read] = external[0]?.alerts ?? [];
    assert.deepEqual(read?.values, { A: "NaN", B: "-Infinity" });
    assert.deepEqual(read?.annotations, annotations);
  });

  test("PUT in place of POST, as Grafana's contact point offers", async (t) => {
    const { url, external } = await setUp(t);
    const headers = { authorization: BEARER };
    const sent = { method: "PUT", headers, body: JSON.stringify(amBody()) };
    assert.equal((await send(`${url}/webhook/alertmanager`, sent)).status, 200);
    assert.equal(external.length, 1);
  });

  test("no content type at all, and any other", async (t) => {
    const { url } = await setUp(t);
    for (const type of [
      {},
      { "content-type": "text/plain" },
      { "content-type": "application/json; charset=utf-8" },
      { "content-type": "garbage" },
      { "content-type": "" },
    ]) {
      const headers = { authorization: BEARER, ...type };
      const body = JSON.stringify(amBody());
      assert.equal((await send(`${url}/webhook/alertmanager`, { headers, body })).status, 200);
    }
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
