import assert from "node:assert/strict";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { test } from "node:test";
import { failureOf, START_MS, startForTest } from "./simulated.ts";

test("a server answers its probes as the real one does, version headers included", async (t) => {
  const { get, json } = await startForTest(t);
  const health = await get("/health");
  assert.equal(health.status, 200);
  assert.equal(health.headers.get("x-streamline-version"), "0.2.0");
  assert.equal(health.headers.get("x-api-version"), "v1");
  assert.deepEqual(await health.json(), {
    status: "healthy",
    checks: [
      { name: "storage", status: "ok" },
      { name: "data_directory", status: "ok" },
    ],
  });
  assert.equal(await (await get("/health/live")).text(), "OK");
  assert.deepEqual(await json("/health/ready"), {
    status: "ready",
    components: { storage: "ready", protocol: "ready", http: "ready" },
  });
});

test("/metrics is plain text without a version parameter", async (t) => {
  const { get } = await startForTest(t);
  const metrics = await get("/metrics");
  assert.equal(metrics.headers.get("content-type"), "text/plain; charset=utf-8");
  assert.equal(metrics.headers.get("x-streamline-version"), "0.2.0");
});

test("/info names the addresses that the server really listens on", async (t) => {
  const { server, json } = await startForTest(t);
  const info = await json("/info");
  assert.deepEqual(info, {
    version: "0.2.0",
    listen_addr: server.kafka,
    http_addr: server.http.replace("http://", ""),
    data_dir: "/var/lib/streamline",
    topics: 6,
    uptime_seconds: 11_520,
  });
});

test("time passes in the model as it passes on the clock", async (t) => {
  const { sum, wait } = await startForTest(t);
  const before = await sum("streamline_records_total");
  wait(60);
  const perSecond = ((await sum("streamline_records_total")) - before) / 60;
  assert.ok(perSecond > 4_000 && perSecond < 8_000, `${perSecond} records a second`);
});

test("a server that is down refuses both ports and comes back on the same ones", async (t) => {
  const { server, get, wait, json } = await startForTest(t);
  const { http, kafka } = server;
  await server.faults.set("server-down");
  assert.equal(await failureOf(get("/health")), "ECONNREFUSED");
  assert.equal(await failureOf(connectTo(kafka)), "ECONNREFUSED");
  await server.faults.clear("server-down");
  assert.equal(server.http, http);
  assert.equal((await get("/health")).status, 200);
  (await connectTo(kafka)).destroy();
  wait(20);
  assert.match(JSON.stringify(await json("/api/v1/logs?limit=10000")), /Replaying WAL entries/);
});

test("a crash loop closes and opens the ports on its own", async (t) => {
  const { server, get, wait } = await startForTest(t);
  await server.faults.set("crash-loop", { magnitude: 40 });
  assert.equal(await failureOf(get("/health")), "ECONNREFUSED");
  wait(10);
  while ((await failureOf(get("/health"))) !== "no failure") await new Promise(setImmediate);
  wait(32);
  while ((await failureOf(get("/health"))) === "no failure") await new Promise(setImmediate);
  const knock = async () => (await connectTo(server.kafka)).destroy();
  while ((await failureOf(knock())) === "no failure") await new Promise(setImmediate);
  assert.equal(await failureOf(knock()), "ECONNREFUSED");
});

test("a port that another program took is reported, and taken back when it is free", async (t) => {
  const { server, get } = await startForTest(t);
  await server.faults.set("http-down");
  const thief = createServer();
  thief.listen(Number(new URL(server.http).port), "127.0.0.1");
  await once(thief, "listening");
  await assert.rejects(server.faults.clear("http-down"), { code: "EADDRINUSE" });
  thief.close();
  await once(thief, "close");
  while ((await failureOf(get("/health"))) !== "no failure") await new Promise(setImmediate);
  assert.equal((await get("/health")).status, 200);
});

test("with HTTP down the Kafka port still takes connections", async (t) => {
  const { server, get } = await startForTest(t);
  await server.faults.set("http-down");
  assert.equal(await failureOf(get("/health")), "ECONNREFUSED");
  (await connectTo(server.kafka)).destroy();
  await server.faults.clearAll();
  assert.equal((await get("/health")).status, 200);
});

test("a slow server makes a client with a deadline give up, and answers one that waits", async (t) => {
  const { server } = await startForTest(t);
  await server.faults.set("http-slow", { magnitude: 0.3 });
  const hasty = fetch(`${server.http}/health`, { signal: AbortSignal.timeout(50) });
  await assert.rejects(hasty, { name: "TimeoutError" });
  assert.equal((await fetch(`${server.http}/health`)).status, 200);
});

test("a hanging server accepts the request and never answers", async (t) => {
  const { server, get } = await startForTest(t);
  await server.faults.set("http-hanging");
  const waiting = fetch(`${server.http}/health`, { signal: AbortSignal.timeout(100) });
  await assert.rejects(waiting, { name: "TimeoutError" });
  await server.faults.clear("http-hanging");
  assert.equal((await get("/health")).status, 200);
});

test("garbage is answered with 200 and is not JSON; severe garbage is not HTTP", async (t) => {
  const { server, get } = await startForTest(t);
  await server.faults.set("http-garbage", { magnitude: "mild" });
  const garbage = await get("/health");
  assert.equal(garbage.status, 200);
  const text = await garbage.text();
  assert.throws(() => JSON.parse(text), SyntaxError);
  assert.equal(garbage.headers.get("x-streamline-version"), null);
  await server.faults.set("http-garbage", { magnitude: "severe" });
  assert.notEqual(await failureOf(get("/health")), "no failure");
});

test("a foreign service has no version header and answers in its own way", async (t) => {
  const { server, get } = await startForTest(t);
  await server.faults.set("foreign-service", { magnitude: "mild" });
  const page = await get("/health");
  assert.equal(page.status, 404);
  assert.match(await page.text(), /<!doctype html>/);
  await server.faults.set("foreign-service", { magnitude: "severe" });
  const metrics = await (await get("/metrics")).text();
  assert.match(metrics, /^cached_items 1024$/m);
  assert.doesNotMatch(metrics, /streamline_/);
});

test("a flooded /metrics announces 200 MB and sends them as they are read", async (t) => {
  const { server, get } = await startForTest(t);
  await server.faults.set("metrics-flood");
  const flood = await get("/metrics");
  const announced = Number(flood.headers.get("content-length"));
  assert.ok(announced > 200_000_000 && announced < 201_000_000, `${announced} bytes`);
  let read = 0;
  for await (const chunk of flood.body ?? []) {
    read += chunk.length;
    if (read > 3_000_000) break;
  }
  assert.ok(server.requests.bytes < 50_000_000, `${server.requests.bytes} bytes were made`);
});

test("a flood of a given size has exactly that size", async (t) => {
  const { server, get } = await startForTest(t);
  await server.faults.set("metrics-flood", { magnitude: 1_000_001 });
  const flood = await get("/metrics");
  const body = await flood.arrayBuffer();
  assert.equal(body.byteLength, Number(flood.headers.get("content-length")));
});

test("a request that would change something is refused and counted", async (t) => {
  const { server } = await startForTest(t);
  const refused = await fetch(`${server.http}/api/v1/topics/orders?x=1`, { method: "DELETE" });
  assert.equal(refused.status, 405);
  const absent = await fetch(`${server.http}/api/v1/topics/orders/messages`, { method: "POST" });
  assert.equal(absent.status, 404);
  await fetch(`${server.http}/health`);
  assert.deepEqual(
    [...server.requests.byMethod],
    [
      ["DELETE", 1],
      ["POST", 1],
      ["GET", 1],
    ],
  );
  assert.equal(server.requests.byPath.get("DELETE /api/v1/topics/orders"), 1);
  assert.equal(server.requests.total, 3);
});

test("a wrong path, a broken escape and a wild query are answered, not fatal", async (t) => {
  const { get } = await startForTest(t);
  assert.equal((await get("/status")).status, 404);
  assert.equal((await get("/api/v1/topics/%E0%A4%A")).status, 404);
  assert.equal((await get("/api/v1/logs?limit=-1")).status, 400);
  assert.equal((await get("/api/v1/logs/search")).status, 400);
  assert.equal((await get("//")).status, 404);
});

test("an unknown fault is refused with the names of those there are", async (t) => {
  const { server } = await startForTest(t);
  await assert.rejects(server.faults.set("nonsense"), /No scenario "nonsense".*server-down/);
});

test("faults that are on are listed with their magnitude and their moment", async (t) => {
  const { server, wait } = await startForTest(t);
  wait(10);
  await server.faults.set("disk-full", { magnitude: "mild" });
  const [active] = server.faults.active();
  assert.equal(active?.scenario.id, "disk-full");
  assert.equal(active?.magnitude, 0.3);
  assert.equal(active?.sinceMs, START_MS + 10_000);
});

async function connectTo(address: string) {
  const [host = "", port = ""] = address.split(":");
  const socket = connect(Number(port), host);
  await once(socket, "connect");
  return socket;
}
