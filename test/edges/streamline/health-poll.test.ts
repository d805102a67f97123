/** The whole poll of a target's health, from sockets to the verdict's sentence. */

import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { afterEach, describe, test } from "node:test";
import { type HealthReport, judgeHealth } from "../../../src/diagnosis/health/health-report.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { createTargetClient } from "../../../src/edges/streamline/target-client.ts";
import {
  answering,
  closedPort,
  type FixedAnswer,
  httpServer,
  kafkaServer,
  type Running,
  targetAt,
  tcpServer,
} from "./servers.ts";

/** As in streamline-facts 1.2. */
const HEALTHY: Readonly<Record<string, FixedAnswer>> = {
  "/health": {
    body: '{"status":"healthy","checks":[{"name":"storage","status":"ok"},{"name":"data_directory","status":"ok"}]}',
  },
  "/health/ready": {
    body: '{"status":"ready","components":{"storage":"ready","protocol":"ready","http":"ready"}}',
  },
  "/info": {
    body: '{"version":"0.2.0","listen_addr":"0.0.0.0:9092","http_addr":"0.0.0.0:9094","data_dir":"/var/lib/streamline","topics":12,"uptime_seconds":8123.44}',
  },
  "/metrics": { body: "streamline_uptime_seconds 8120\nstreamline_topics_total 12\n" },
};

/** Of the five things that are asked over HTTP. */
const AT_ONCE = 4;

describe("a poll of health", () => {
  const servers: Running[] = [];

  afterEach(async () => {
    for (const each of servers.splice(0)) await each.stop();
  });

  async function started(server: Promise<Running>): Promise<number> {
    const running = await server;
    servers.push(running);
    return running.port;
  }

  async function report(target: Target): Promise<HealthReport> {
    const poll = createTargetClient({ clock: { now: () => 1_700_000_000_000 } });
    try {
      return judgeHealth(target, await poll.health(target));
    } finally {
      await poll.close();
    }
  }

  function outcomes(health: HealthReport): string[] {
    return health.probes.map((each) => `${each.probe} ${each.ok ? "ok" : each.reason}`);
  }

  test("a healthy server passes every probe, each with its duration", async () => {
    const http = await started(answering(HEALTHY));
    const health = await report(targetAt({ http, kafka: await started(kafkaServer()) }));

    assert.equal(health.verdict.state, "healthy");
    assert.equal(
      health.verdict.sentence,
      "orders is healthy: HTTP and Kafka answer and its checks pass; up 2 h 15 min.",
    );
    assert.ok(health.probes.every((each) => each.ok && each.ms >= 0));
    assert.equal(health.atMs, 1_700_000_000_000);
  });

  test("Kafka answering without HTTP is a state of its own, with the text to search for", async () => {
    const http = await closedPort();
    const health = await report(targetAt({ http, kafka: await started(kafkaServer()) }));

    assert.equal(health.verdict.state, "http-down");
    assert.match(health.verdict.sentence, /Kafka answers, HTTP does not/);
    assert.match(health.verdict.notes.join(" "), /Overlapping method route\. Handler for/);
    assert.deepEqual(outcomes(health).slice(0, 4), [
      "http refused",
      "kafka ok",
      "kafka_api ok",
      "health refused",
    ]);
  });

  test("a target on which nothing listens is down", async () => {
    const health = await report(targetAt({ http: await closedPort() }));
    assert.equal(health.verdict.state, "down");
  });

  test("a target whose HTTP hangs is distinguished from one that is down", async () => {
    const http = await started(tcpServer(() => undefined));
    const kafka = await started(kafkaServer());
    const health = await report(targetAt({ http, kafka }, { timeoutMs: 2_000 }));

    assert.equal(health.verdict.state, "http-hangs");
    assert.match(health.verdict.sentence, /no complete answer within 2 s; Kafka answers\./);
  });

  test("all probes run at once: none waits for another that hangs", async () => {
    const open = new Set<Socket>();
    let isReached = false;
    const http = await started(
      tcpServer((socket) => {
        open.add(socket);
        socket.on("close", () => open.delete(socket));
        // One after the other they would never be so many, and each would wait for its time-out.
        isReached ||= open.size >= AT_ONCE;
        if (isReached) for (const each of open) each.destroy();
      }),
    );
    const health = await report(targetAt({ http, kafka: await started(kafkaServer()) }));
    assert.equal(isReached, true);
    assert.deepEqual(
      outcomes(health).filter((each) => each.includes("timeout")),
      [],
    );
  });

  test("a web server of somebody else is foreign", async () => {
    const http = await started(httpServer((_, response) => response.end("<html>welcome</html>")));
    const health = await report(targetAt({ http, kafka: await started(kafkaServer()) }));
    assert.equal(health.verdict.state, "foreign");
    assert.match(health.verdict.sentence, /answers 200 with something that is not JSON/);
  });

  test("a failed check is reported in the server's own words", async () => {
    const body =
      '{"status":"unhealthy","checks":[{"name":"storage","status":"ok"},{"name":"data_directory","status":"failed","message":"Data directory not accessible"}]}';
    const ready = '{"status":"not_ready","components":{"storage":"ready"}}';
    const http = await started(
      answering({
        ...HEALTHY,
        "/health": { status: 503, body },
        "/health/ready": { status: 503, body: ready },
      }),
    );
    const health = await report(targetAt({ http, kafka: await started(kafkaServer()) }));

    assert.equal(health.verdict.state, "unhealthy");
    assert.match(
      health.verdict.sentence,
      /data_directory failed: Data directory not accessible\.$/,
    );
    assert.match(health.verdict.notes.join(" "), /\/var\/lib\/streamline does not exist any more/);
  });

  test("a flood at /metrics leaves the other probes as they are", async () => {
    const http = await started(
      answering({ ...HEALTHY, "/metrics": { body: "a 1\n".repeat(300_000) } }),
    );
    const health = await report(targetAt({ http, kafka: await started(kafkaServer()) }));

    assert.equal(health.verdict.state, "partial");
    assert.match(
      health.verdict.sentence,
      /\/metrics sends more than 1 MiB \(the rest was not read\)/,
    );
  });
});
