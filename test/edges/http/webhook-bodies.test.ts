/** Bodies at the webhook's door: what is too large, malformed or unusual, and what is said of it. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { amBody } from "../../alerts/bodies.ts";
import { send } from "./bot-server.ts";
import { BEARER, reasonOf, setUp } from "./webhook-server.ts";

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
