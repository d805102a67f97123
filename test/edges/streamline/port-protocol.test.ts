/** Ports that speak another protocol than the address says, over real sockets. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { diagnose } from "../../../src/diagnosis/checks/diagnose.ts";
import { probeSeries } from "../../../src/diagnosis/checks/own-series.ts";
import { type HealthReport, judgeHealth } from "../../../src/diagnosis/health/health-report.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { firstPollProblem } from "../../../src/edges/cli/first-poll.ts";
import { askJson } from "../../../src/edges/doctor/ask-json.ts";
import { createTargetClient } from "../../../src/edges/streamline/target-client.ts";
import { wrongAddresses } from "../../../src/features/doctor/judge-targets.ts";
import { startSimulatedStreamline } from "../../../src/sandbox/streamline/server.ts";
import { evidenceWith } from "../../diagnosis/checks.ts";
import { ownChecks } from "../../eval/own-checks.ts";
import { apiVersionsAnswer, httpServer, kafkaServer, targetAt, tcpServer } from "./servers.ts";

const FILES = {
  cert: readFileSync("test/fixtures/tls/broker.pem"),
  key: readFileSync("test/fixtures/tls/broker.key"),
};
const stops: (() => unknown)[] = [];
after(() => Promise.all(stops.map((stop) => stop())));

/** The HTTP API of a server, as far as a port is known by it. */
const http = await started(
  httpServer((_, response) => {
    response.setHeader("x-streamline-version", "0.2.0");
    response.end('{"version":"0.2.0","data_dir":"/d","topics":1,"uptime_seconds":9}');
  }),
);
/** A real server reads "GET " as the length of a frame that is too long, and is silent (seen so). */
const kafka = await started(
  tcpServer((socket) =>
    socket.on("data", (request: Buffer) => {
      if (request.readInt32BE(0) > 1024 ** 2) return;
      socket.write(apiVersionsAnswer(request.readInt32BE(8)));
    }),
  ),
);
/** Resets plain HTTP, as Node does. */
const https = await secured(createServer(FILES, (_, response) => response.end("{}")));
/** Says 400 to plain HTTP, as nginx and Go do. */
const polite = await started(
  tcpServer((socket) => {
    socket.once("data", (first: Buffer) => {
      if (first[0] !== 0x16) socket.end("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n");
      else socket.end(Buffer.from("1503030002022f", "hex"));
    });
  }),
);
const kafkaInTls = await secured(
  createTlsServer(FILES, (socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (request: Buffer) => {
      socket.write(apiVersionsAnswer(request.readInt32BE(8)));
    });
  }),
);

async function started(server: ReturnType<typeof httpServer>): Promise<number> {
  const running = await server;
  stops.push(() => running.stop());
  return running.port;
}

async function secured(server: ReturnType<typeof createTlsServer>): Promise<number> {
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

interface Seen {
  readonly report: HealthReport;
  readonly first: string | undefined;
}

/** What health, the checks and the doctor say of a target. */
async function seen(target: Target): Promise<Seen & { readonly remedies: string }> {
  const client = createTargetClient({ clock: { now: () => 1_700_000_000_000 } });
  try {
    const poll = await client.health(target);
    const report = judgeHealth(target, poll);
    const { checks } = ownChecks();
    const { verdict } = diagnose({
      checks,
      ...evidenceWith(4, () => probeSeries(target, poll)),
    });
    const first = verdict.kind === "active" ? verdict.cause.check.id : undefined;
    const remedies = wrongAddresses(target, report.probes).map(({ remedy }) => remedy);
    return { report, first, remedies: remedies.join("\n") };
  } finally {
    await client.close();
  }
}

const quick = { timeoutMs: 2_000 };
const secure = (port: number) => ({ ...quick, http: `https://127.0.0.1:${port}` });

const CASES: readonly (readonly [what: string, target: Target, check: string, remedy: RegExp])[] = [
  [
    "swapped ports",
    targetAt({ http: kafka, kafka: http }, quick),
    "addresses-swapped",
    new RegExp(
      `http of .* to http://127\\.0\\.0\\.1:${http}, and kafka to 127\\.0\\.0\\.1:${kafka}`,
    ),
  ],
  [
    "the Kafka port as HTTP address",
    targetAt({ http: kafka, kafka }, quick),
    "http-is-kafka",
    /http of .*9094/,
  ],
  [
    "the HTTP port as Kafka address",
    targetAt({ http, kafka: http }, quick),
    "kafka-is-http",
    /kafka of .*9092/,
  ],
  [
    "http:// to a TLS port that resets",
    targetAt({ http: https, kafka }, quick),
    "http-speaks-tls",
    new RegExp(`https://127\\.0\\.0\\.1:${https}`),
  ],
  [
    "http:// to a TLS port that says 400",
    targetAt({ http: polite, kafka }, quick),
    "http-speaks-tls",
    new RegExp(`https://127\\.0\\.0\\.1:${polite}`),
  ],
  [
    "https:// to a plain port",
    targetAt({ http, kafka }, secure(http)),
    "http-without-tls",
    new RegExp(`http://127\\.0\\.0\\.1:${http}`),
  ],
  [
    "https:// to the Kafka port",
    targetAt({ http: kafka, kafka }, secure(kafka)),
    "http-is-kafka",
    /9094/,
  ],
  [
    "a Kafka port in TLS without kafkaTls",
    targetAt({ http, kafka: kafkaInTls }, quick),
    "kafka-speaks-tls",
    /kafkaTls/,
  ],
  [
    "kafkaTls for a plain port",
    targetAt({ http, kafka }, { ...quick, kafkaTls: { ca: "test/fixtures/tls/ca.pem" } }),
    "kafka-without-tls",
    /Remove kafkaTls/,
  ],
];

for (const [what, target, check, remedy] of CASES) {
  test(`${what}: health, why-slow and the doctor name it`, async () => {
    const { report, first, remedies } = await seen(target);
    assert.equal(report.verdict.state, "wrong-address", report.verdict.sentence);
    assert.equal(first, check);
    assert.match(remedies, remedy);
  });
}

test("a certificate that is not trusted is no wrong address", async () => {
  const { report, first, remedies } = await seen(targetAt({ http: https, kafka }, secure(https)));
  assert.equal(report.verdict.state, "http-broken");
  assert.match(report.verdict.sentence, /certificate/);
  assert.equal(first, "http-tls-fails");
  assert.equal(remedies, "");
});

test("a server that hangs is one that hangs, and one that answered before is not asked what it speaks", async (t) => {
  let isHung = false;
  let connections = 0;
  const server = await tcpServer((socket) => {
    connections += 1;
    socket.once("data", () => {
      if (!isHung) socket.end("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    });
  });
  t.after(() => server.stop());
  const client = createTargetClient({ clock: { now: () => 0 } });
  t.after(() => client.close());
  const target = targetAt({ http: server.port }, { timeoutMs: 300 });
  assert.equal((await client.get(target, "/health")).kind, "answered");
  isHung = true;
  const before = connections;
  assert.equal((await client.get(target, "/health")).kind, "timeout");
  assert.equal(connections - before, 1);
  const fresh = createTargetClient({ clock: { now: () => 0 } });
  t.after(() => fresh.close());
  assert.equal((await fresh.get(target, "/info")).kind, "timeout");
});

test("a port is asked once what it speaks, however many requests fail", async (t) => {
  let hellos = 0;
  const server = await tcpServer((socket) => {
    socket.once("data", (first: Buffer) => {
      if (first[0] === 0x16) hellos += 1;
      socket.destroy();
    });
  });
  t.after(() => server.stop());
  const client = createTargetClient({ clock: { now: () => 0 } });
  t.after(() => client.close());
  const target = targetAt({ http: server.port, kafka: await started(kafkaServer()) });
  await client.health(target);
  await client.health(target);
  assert.equal(hellos, 1);
});

test("a first look says what is wrong with the addresses, and nothing of a server that is well", async (t) => {
  const swapped = await firstPollProblem(targetAt({ http: kafka, kafka: http }, quick));
  assert.match(swapped ?? "", /swapped[\s\S]*Swap them/);
  const server = await startSimulatedStreamline();
  t.after(() => server.close());
  const { port } = new URL(server.http);
  const well = targetAt({ http: Number(port) }, { kafka: server.kafka, timeoutMs: 30_000 });
  assert.equal(await firstPollProblem(well), undefined);
});

test("the same is said of Alertmanager's and Prometheus's addresses", async () => {
  const ask = async (url: string) => {
    const answer = await askJson({ url, headers: {} });
    return answer.kind === "failed" ? answer.problem : "answered";
  };
  assert.match(await ask(`http://127.0.0.1:${https}/api/v2/status`), /https:\/\//);
  assert.match(await ask(`https://127.0.0.1:${http}/api/v2/status`), /http:\/\//);
  assert.match(await ask(`http://127.0.0.1:${kafka}/api/v2/status`), /Kafka/);
});
