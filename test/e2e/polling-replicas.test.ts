// needs: postgresql
/** Three bots over one PostgreSQL: two of them poll a target, and all three know what it says. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { startCluster } from "../edges/store/cluster.ts";
import { eventually } from "../support/eventually.ts";

const REPLICAS = ["r0", "r1", "r2"] as const;
type Replica = (typeof REPLICAS)[number];

/** A server that counts who asks for its metrics: each replica has a path of its own to it. */
async function startCounted(t: TestContext) {
  const polls = new Map<string, number>();
  const server = createServer((request, response) => {
    const [, replica = "", path = ""] = (request.url ?? "").split("/");
    if (path === "metrics") polls.set(replica, (polls.get(replica) ?? 0) + 1);
    response.writeHead(path === "metrics" ? 200 : 404, { "content-type": "text/plain" });
    response.end("streamline_active_connections 7\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    of: (replica: Replica) => polls.get(replica) ?? 0,
    addressFor: (replica: Replica) => `http://127.0.0.1:${port}/${replica}`,
  };
}

test("two of three replicas poll a target, the third follows, and polls when one of them stops", async (t) => {
  const cluster = await startCluster();
  const sandbox = await startSandbox({ port: 0 });
  const counted = await startCounted(t);
  const store = await cluster.createDatabase();
  const target = {
    name: "counted",
    kafka: "127.0.0.1:9",
    labels: { job: "counted" },
    timeoutMs: 2_000,
    maxBodyBytes: 1_000_000,
  };
  const start = (replica: Replica) =>
    startApp(
      {
        ...sandbox.config,
        store,
        targets: [{ ...target, http: counted.addressFor(replica) }],
        sampling: { intervalMs: 300 },
      },
      createLog("silent"),
    );
  const bots = new Map<Replica, Awaited<ReturnType<typeof startApp>>>();
  t.after(async () => {
    await Promise.all([...bots.values()].map((bot) => bot.stop()));
    await sandbox.stop();
    await cluster.stop();
  });
  for (const replica of REPLICAS) bots.set(replica, await start(replica));

  const polling = await eventually("two that poll", () => {
    const all = REPLICAS.filter((replica) => counted.of(replica) >= 5);
    return all.length === 2 && all;
  });
  const [follower] = REPLICAS.filter((replica) => !polling.includes(replica));
  const [first] = polling;
  assert.ok(follower !== undefined && first !== undefined);
  const known = await eventually("what the third one knows", async () => {
    const answer = await fetch(`${bots.get(follower)?.url}/probe?target=counted`);
    const text = await answer.text();
    return answer.ok && text;
  });
  assert.match(known, /^streamline_target_probe_success\{.*probe="metrics"\} 1$/m);
  assert.equal(counted.of(follower), 0);

  await bots.get(first)?.stop();
  await eventually("the third one polls", () => counted.of(follower) >= 2);
});
