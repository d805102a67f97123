/** What a snapshot of the simulated server holds beside its /metrics. */

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import { OWN_NAMES } from "../../../src/diagnosis/checks/own-series.ts";
import { clock } from "../../../src/edges/clock.ts";
import type { TargetSnapshot } from "../../../src/edges/streamline/sampler.ts";
import { SHAPES } from "../../../src/sandbox/streamline/shape.ts";
import { type Bench, openBench, values } from "./snapshots.ts";

describe("a snapshot", () => {
  let bench: Bench | undefined;

  afterEach(async () => {
    await bench?.close();
    bench = undefined;
  });

  async function opened(options?: Parameters<typeof openBench>[0]): Promise<Bench> {
    bench = await openBench(options);
    return bench;
  }

  const MINUTE = 60_000;

  test("every probe of a server in order succeeds, and /metrics stand beside them", async () => {
    const { pollAfter } = await opened();
    const snapshot = await pollAfter(0);
    const probes = ["http", "kafka", "kafka_api", "health", "ready", "info", "metrics"];

    assert.deepEqual(
      values(snapshot, "probe_success"),
      Object.fromEntries(probes.map((probe) => [probe, 1])),
    );
    assert.deepEqual(Object.keys(values(snapshot, "probe_duration_seconds")), probes);
    assert.deepEqual(values(snapshot, "probe_http_status_code"), {
      health: 200,
      ready: 200,
      info: 200,
      metrics: 200,
    });
    assert.deepEqual(values(snapshot, "probe_failure"), {});
    assert.deepEqual(values(snapshot, "health_check_ok"), { storage: 1, data_directory: 1 });
    assert.deepEqual(values(snapshot, "server_info"), { "0.2.0//var/lib/streamline": 1 });
    assert.deepEqual(values(snapshot, "up"), { "streamline/shop-1:9094": 1 });
    assert.ok(Object.keys(values(snapshot, "streamline_records_total")).length > 20);
  });

  test("uptime, memory and disk are the server's own figures", async () => {
    const { pollAfter, server } = await opened();
    const snapshot = await pollAfter(0);
    assert.equal(Math.round(values(snapshot, "server_uptime_seconds")[""] ?? 0), 3.2 * 3600);
    assert.equal(values(snapshot, "server_memory_bytes")[""], server.model.state.memoryBytes);
    assert.equal(values(snapshot, "filesystem_size_bytes")[""], SHAPES.shop.disk.totalBytes);
    assert.ok((values(snapshot, "data_directory_bytes")[""] ?? 0) > 1024 ** 3);
  });

  test("each group has its state, its members and the lag of each partition", async () => {
    const { pollAfter } = await opened();
    const snapshot = await pollAfter(0);

    assert.deepEqual(values(snapshot, "group_members"), {
      billing: 3,
      fulfilment: 3,
      analytics: 4,
      "search-indexer": 1,
      mailer: 1,
    });
    assert.equal(values(snapshot, "group_state")["billing/Stable"], 1);
    const lag = values(snapshot, "group_lag");
    const committed = values(snapshot, "group_committed_offset");
    const end = values(snapshot, "group_end_offset");
    assert.equal(Object.keys(lag).length, 6 + 6 + 8 + 3 + 1);
    for (const key of Object.keys(lag)) {
      assert.equal(lag[key], Math.max(0, (end[key] ?? 0) - (committed[key] ?? 0)), key);
    }
  });

  test("how long a topic keeps its records is asked in turns and then kept", async () => {
    const { pollAfter, server } = await opened();
    const first = await pollAfter(0);
    assert.equal(Object.keys(values(first, "topic_retention_seconds")).length, 5);
    const second = await pollAfter(15_000);
    assert.equal(values(second, "topic_retention_seconds")["payments"], 3_600);
    assert.equal(Object.keys(values(second, "topic_retention_seconds")).length, 6);
    assert.equal(values(second, "topic_retention_bytes")["payments"], -1);
    await pollAfter(15_000);
    assert.equal(server.requests.byPath.get("GET /api/v1/topics/payments"), 1);
  });

  test("a single node is asked for its cluster once, and again only after ten minutes", async () => {
    const { pollAfter, server } = await opened();
    for (let poll = 0; poll < 5; poll++) await pollAfter(15_000);
    assert.equal(server.requests.byPath.get("GET /api/v1/cluster/status"), 1);
    await pollAfter(10 * MINUTE);
    assert.equal(server.requests.byPath.get("GET /api/v1/cluster/status"), 2);
  });

  test("a cluster has leader, term, voters and members", async () => {
    const { pollAfter, server } = await opened({ shape: SHAPES.cluster });
    const healthy = await pollAfter(0);
    assert.equal(values(healthy, "cluster_healthy")[""], 1);
    assert.equal(values(healthy, "cluster_leader_known")[""], 1);
    assert.equal(values(healthy, "cluster_voters")[""], 5);
    assert.deepEqual(values(healthy, "cluster_members"), { Running: 5 });

    await server.faults.set("cluster-leaderless");
    const leaderless = await pollAfter(30_000);
    assert.equal(values(leaderless, "cluster_healthy")[""], 0);
    assert.equal(values(leaderless, "cluster_leader_known")[""], 0);
  });

  test("what is costly is asked rarely, and lag at every poll: two minutes of polls", async () => {
    const { pollAfter, server } = await opened();
    for (let poll = 0; poll < 9; poll++) await pollAfter(poll === 0 ? 0 : 15_000);
    const asked = (path: string) => server.requests.byPath.get(`GET ${path}`) ?? 0;

    assert.equal(asked("/metrics"), 9);
    assert.equal(asked("/api/v1/dashboard/system"), 1);
    assert.equal(asked("/api/v1/consumer-groups/billing/lag"), 9);
    assert.deepEqual([...server.requests.byMethod.keys()], ["GET"]);
  });

  test("the disk's figures stand between two requests, and not for ever", async () => {
    const { pollAfter, server } = await opened();
    await pollAfter(0);
    assert.ok("" in values(await pollAfter(4 * MINUTE), "data_directory_bytes"));
    await server.faults.set("data-directory-gone");
    assert.deepEqual(values(await pollAfter(10 * MINUTE), "data_directory_bytes"), {});
  });

  test("of many groups some are asked at a time, and all get their turn", async () => {
    const groups = Array.from({ length: 45 }, (_, index) => ({
      id: `g${index}`,
      topics: ["emails"],
      members: 1,
      headroom: 2,
      commitEveryMs: 5_000,
    }));
    const { pollAfter } = await opened({ shape: { ...SHAPES.shop, groups } });
    const seen = new Set<string>();
    const counts: number[] = [];
    for (let poll = 0; poll < 3; poll++) {
      const lag = Object.keys(values(await pollAfter(15_000), "group_lag"));
      counts.push(lag.length);
      for (const key of lag) seen.add(key);
    }
    assert.deepEqual(counts, [20, 20, 20]);
    assert.equal(seen.size, 45);
  });

  test("log signatures begin at zero and grow with what the server logs", async () => {
    const { pollAfter, server } = await opened();
    const before = await pollAfter(0);
    assert.equal(values(before, "log_signature_total")["wal-backpressure"], 0);

    await server.faults.set("wal-backpressure");
    const during = await pollAfter(30_000);
    const counted = values(during, "log_signature_total");
    assert.ok((counted["wal-backpressure"] ?? 0) > 0);
    assert.equal(counted["append-failed"], counted["wal-backpressure"]);
    assert.equal(counted["disk-full"], 0);

    await server.faults.clear("wal-backpressure");
    const settled = await pollAfter(60_000);
    const after = await pollAfter(60_000);
    assert.deepEqual(values(after, "log_signature_total"), values(settled, "log_signature_total"));
  });

  test("the log of a restarted server is counted from its beginning, and nothing twice", async () => {
    const { pollAfter, server } = await opened();
    await pollAfter(0);
    await server.faults.set("wal-backpressure");
    const first = values(await pollAfter(30_000), "log_signature_total");
    await server.faults.clearAll();
    await server.faults.set("just-restarted", { magnitude: "mild" });
    const second = values(await pollUntilUp(60_000), "log_signature_total");

    assert.ok((first["wal-backpressure"] ?? 0) > 0);
    assert.equal(second["wal-backpressure"], first["wal-backpressure"]);
    assert.equal(second["wal-replay"], 1);
  });

  /** The simulated server opens its ports again a moment after its time has come. */
  async function pollUntilUp(ms: number): Promise<TargetSnapshot> {
    assert.ok(bench !== undefined);
    let snapshot = await bench.pollAfter(ms);
    for (let tries = 0; tries < 100 && values(snapshot, "probe_success")["http"] !== 1; tries++) {
      await clock.sleep(50);
      snapshot = await bench.pollAfter(0);
    }
    return snapshot;
  }

  test("a server whose HTTP is down leaves the probes, and nothing is asked in vain", async () => {
    const { pollAfter, server } = await opened();
    await server.faults.set("http-down");
    const snapshot = await pollAfter(15_000);

    assert.deepEqual(values(snapshot, "probe_success"), {
      http: 0,
      kafka: 1,
      kafka_api: 1,
      health: 0,
      ready: 0,
      info: 0,
      metrics: 0,
    });
    assert.equal(values(snapshot, "probe_failure")["http/refused"], 1);
    assert.deepEqual(values(snapshot, "up"), { "streamline/shop-1:9094": 0 });
    const names = new Set(snapshot.samples.map(({ name }) => name));
    assert.ok(!names.has("server_uptime_seconds") && !names.has("group_lag"));
  });

  test("a foreign service on the port is not asked for more", async () => {
    const { pollAfter, server } = await opened();
    await server.faults.set("foreign-service");
    const snapshot = await pollAfter(15_000);
    assert.equal(values(snapshot, "probe_failure")["health/foreign"], 1);
    assert.equal(server.requests.byPath.get("GET /api/v1/logs"), undefined);
  });

  test("requests and bytes of the polls themselves are in the snapshot", async () => {
    const { pollAfter, server } = await opened();
    await pollAfter(0);
    const snapshot = await pollAfter(15_000);
    const tcpAndKafka = 2 * 2;
    assert.equal(values(snapshot, "bot_requests_total")[""], server.requests.total + tcpAndKafka);
    assert.equal(values(snapshot, "bot_received_bytes_total")[""], server.requests.bytes);
  });

  test("each snapshot is kept with its time, and every name of ours is known as ours", async () => {
    const { pollAfter, kept } = await opened({ shape: SHAPES.cluster });
    const first = await pollAfter(0);
    const second = await pollAfter(15_000);
    assert.deepEqual(
      kept.map(({ timeMs }) => timeMs),
      [first.timeMs, first.timeMs + 15_000],
    );
    assert.equal(kept[1]?.samples, second.samples);
    const names = [...new Set(second.samples.map(({ name }) => name))];
    assert.deepEqual(
      names.filter((name) => !OWN_NAMES.has(name) && !/^(streamline|kafka)_/.test(name)),
      [],
    );
  });
});
