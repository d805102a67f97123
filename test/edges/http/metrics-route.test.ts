/** /metrics: who may read it, and a large server's series. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { redaction } from "../../../src/edges/redaction.ts";
import { goesOn } from "../../support/loop-watch.ts";
import { send, startServer, TOKEN } from "./bot-server.ts";
import { raw } from "./raw-requests.ts";

const METRICS_TOKEN = "the-token-of-prometheus";

const answersIn = (text: string): number => text.split("HTTP/1.1 ").length - 1;

describe("/metrics", () => {
  test("asks for a token where one is configured, and takes the old one beside the new one", async (t) => {
    const tokens = [METRICS_TOKEN, "the-token-that-follows"];
    const { url } = await startServer(t, {
      health: { metricsAuth: () => tokens.map((token) => ({ kind: "bearer", token })) },
    });
    const status = async (headers: Record<string, string>): Promise<number> =>
      (await send(`${url}/metrics`, { method: "GET", headers })).status;
    assert.equal(await status({}), 401);
    assert.equal(await status({ authorization: `Bearer ${TOKEN}` }), 401);
    for (const token of tokens)
      assert.equal(await status({ authorization: `Bearer ${token}` }), 200);
  });

  test("is computed once for all who ask within a second, even 500 of them in one breath", async (t) => {
    let computed = 0;
    const { url } = await startServer(t, {
      limits: { requestsPerSecond: 1_000 },
      health: {
        now: () => 0,
        metrics: async () => {
          computed++;
          await sleep(1);
          return { contentType: "text/plain", body: "a 1\n" };
        },
      },
    });
    const text = await raw(
      url,
      "GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n".repeat(500),
      (all) => answersIn(all) >= 500,
    );
    assert.equal(answersIn(text), 500);
    assert.equal(computed, 1);
  });

  test("that failed is computed again for the next one", async (t) => {
    let computed = 0;
    const { url } = await startServer(t, {
      health: {
        now: () => 0,
        metrics: async () => {
          computed++;
          if (computed === 1) throw new Error("once");
          return { contentType: "text/plain", body: "a 1\n" };
        },
      },
    });
    const status = async (): Promise<number> =>
      (await send(`${url}/metrics`, { method: "GET" })).status;
    assert.deepEqual([await status(), await status()], [500, 200]);
  });
});

describe("a large server's series", () => {
  const GROUPS = 20_000;
  const series = Array.from({ length: GROUPS }, (_, at) => ({
    name: "streamline_target_group_lag",
    labels: { target: "orders", group: `group-${at}` },
    value: at,
  }));

  function largeTarget() {
    let reads = 0;
    const parts = function* () {
      reads += 1;
      yield series;
    };
    const targets = {
      all: parts,
      one: parts,
      nameOf: (asked: string) => (asked === "orders" ? asked : undefined),
      names: () => ["orders"],
      auth: () => [],
      now: () => 0,
    };
    return { targets, reads: () => reads };
  }

  for (const path of ["/metrics/targets", "/probe?target=orders"]) {
    test(`${path} are written once for fifty who ask in one breath, with pauses`, async (t) => {
      const request = `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`;
      const { url, reads } = await goesOn(path, async () => {
        const { targets, reads: read } = largeTarget();
        const server = await startServer(t, { targets });
        await raw(server.url, request.repeat(50), (text) => answersIn(text) >= 3);
        return { url: server.url, reads: read };
      });
      assert.equal(reads(), 1);
      const { status, text } = await send(`${url}${path}`, { method: "GET" });
      assert.equal(status, 200);
      assert.equal(text.split("\n").filter((line) => line.includes("group-")).length, GROUPS);
    });
  }

  test("hold no secret that a server put into a name", async (t) => {
    redaction.learn(["a-secret-in-a-name-of-a-topic"]);
    const { targets } = largeTarget();
    const labels = { topic: "a-secret-in-a-name-of-a-topic" };
    const one = () => [[{ name: "x", labels, value: 1 }]];
    const { url } = await startServer(t, { targets: { ...targets, one, all: one } });
    for (const path of ["/metrics/targets", "/probe?target=orders"]) {
      const { text } = await send(`${url}${path}`, { method: "GET" });
      assert.match(text, /^x\{topic="\[secret\]"\} 1$/m, path);
    }
  });
});
