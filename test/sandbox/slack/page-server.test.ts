import assert from "node:assert/strict";
import { request } from "node:http";
import { after, before, describe, test } from "node:test";
import type { FaultChange } from "../../../src/sandbox/slack/controls.ts";
import type { LocalSlack } from "../../../src/sandbox/slack/local-slack.ts";
import { eventually } from "../../support/eventually.ts";
import { startSlack } from "./echo-bot.ts";

describe("the page's server", () => {
  let slack: LocalSlack;
  const set: [string, FaultChange][] = [];

  before(async () => {
    slack = await startSlack({
      controls: {
        faults: () => [],
        setFault(id, change) {
          if (id === "unknown") throw new Error("There is no such fault");
          set.push([id, change]);
        },
        alerts: () => [],
        fireAlert() {},
      },
    });
  });
  after(() => slack.close());

  /** fetch() would not let a test name another host. */
  function ask(path: string, options: { headers?: Record<string, string>; body?: string } = {}) {
    const { hostname, port } = new URL(slack.url);
    return new Promise<{ status: number; body: string }>((resolve, reject) => {
      const asked = request(
        {
          hostname,
          port,
          path,
          method: options.body === undefined ? "GET" : "POST",
          headers: options.headers ?? {},
        },
        (response) => {
          let body = "";
          response.on("data", (chunk: Buffer) => {
            body += chunk.toString();
          });
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
        },
      );
      asked.on("error", reject);
      asked.end(options.body);
    });
  }

  const json = { "content-type": "application/json" };

  test("answers under loopback names only, so that no foreign name can read it", async () => {
    assert.equal((await ask("/sandbox/state")).status, 200);
    assert.equal((await ask("/sandbox/state", { headers: { host: "localhost:1" } })).status, 200);
    const foreign = await ask("/sandbox/state", { headers: { host: "evil.example" } });
    assert.equal(foreign.status, 403);
  });

  test("takes changes from its own page only, and as JSON", async () => {
    const body = JSON.stringify({ channel: slack.channels["general"], text: "x" });
    const before = slack.messages("general").length;
    const foreign = { ...json, origin: "https://evil.example" };
    assert.equal((await ask("/sandbox/messages", { headers: foreign, body })).status, 403);
    const form = { "content-type": "text/plain" };
    assert.equal((await ask("/sandbox/messages", { headers: form, body })).status, 403);
    assert.equal(slack.messages("general").length, before);
    const own = { ...json, origin: slack.url };
    assert.equal((await ask("/sandbox/messages", { headers: own, body })).status, 200);
    assert.equal(slack.messages("general").length, before + 1);
  });

  test("never shows a token", async () => {
    const { body } = await ask("/sandbox/state");
    assert.doesNotMatch(body, /xox|token|secret/);
  });

  test("takes somebody of an earlier sandbox for the first person", async () => {
    const { body } = await ask("/sandbox/state?user=U-of-yesterday");
    assert.equal((JSON.parse(body) as { me: { name: string } }).me.name, "alice");
  });

  test("hands switches on, and a refusal back in words", async () => {
    const body = JSON.stringify({ on: true, magnitude: "mild" });
    assert.equal((await ask("/sandbox/faults/disk", { headers: json, body })).status, 200);
    assert.deepEqual(set, [["disk", { on: true, magnitude: "mild" }]]);
    const refused = await ask("/sandbox/faults/unknown", { headers: json, body });
    assert.equal(refused.status, 400);
    assert.match(refused.body, /There is no such fault/);
  });

  test("streams to each person what that person may see", async () => {
    const [alice, bob] = [await listen("alice"), await listen("bob")];
    await slack.sendMessage({ user: "bob", channel: "general", text: "for all" });
    const { workspace } = slack;
    await fetch(`${slack.apiUrl}chat.postEphemeral`, {
      method: "POST",
      headers: { ...json, authorization: `Bearer ${workspace.bot.token}` },
      body: JSON.stringify({
        channel: slack.channels["general"],
        user: slack.person("alice").id,
        text: "for alice",
      }),
    });
    await slack.sendMessage({ user: "bob", channel: "general", text: "the end" });
    await eventually("the end", () =>
      [alice, bob].every(({ external }) => external().includes("the end")),
    );
    assert.match(alice.external(), /for alice/);
    assert.match(bob.external(), /for all/);
    assert.doesNotMatch(bob.external(), /for alice/);
    await Promise.all([alice.stop(), bob.stop()]);
  });

  async function listen(user: string) {
    const abort = new AbortController();
    const response = await fetch(`${slack.url}/sandbox/stream?user=${user}`, {
      signal: abort.signal,
    });
    let external = "";
    const reading = (async () => {
      for await (const chunk of response.body ?? []) external += Buffer.from(chunk).toString();
    })().catch(() => undefined);
    return {
      external: () => external,
      stop() {
        abort.abort();
        return reading;
      },
    };
  }
});
