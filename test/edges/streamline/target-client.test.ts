/** Polls over real sockets at servers that hang, refuse, cut, redirect, flood and lie. */

import assert from "node:assert/strict";
import { createServer as createTlsServer } from "node:https";
import { afterEach, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { failureText } from "../../../src/diagnosis/reply.ts";
import {
  createTargetClient,
  type PollEvent,
  type TargetClient,
} from "../../../src/edges/streamline/target-client.ts";
import { answering, closedPort, httpServer, type Running, targetAt, tcpServer } from "./servers.ts";

describe("the client of a target", () => {
  const cleanUp: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const each of cleanUp.splice(0).toReversed()) await each();
  });

  function newClient(onPoll: (event: PollEvent) => void = () => undefined): TargetClient {
    const poll = createTargetClient({ clock: Date, onPoll });
    cleanUp.push(() => poll.close());
    return poll;
  }

  async function started(server: Promise<Running>): Promise<Running> {
    const running = await server;
    cleanUp.push(() => running.stop());
    return running;
  }

  test("an answer comes with status, headers, body, duration and size", async () => {
    const server = await started(answering({ "/health": { status: 503, body: "größer" } }));
    const reply = await newClient().get(targetAt({ http: server.port }), "/health");

    assert.equal(reply.kind, "answered");
    assert.equal(reply.status, 503);
    assert.equal(reply.headers["x-streamline-version"], "0.2.0");
    assert.equal(reply.body, "größer");
    assert.equal(reply.bytes, 8);
    assert.ok(reply.ms > 0);
  });

  test("only GET is sent, without asking for compression", async () => {
    const seen: (string | undefined)[] = [];
    const server = await started(
      httpServer((request, response) => {
        seen.push(request.method, request.headers["accept-encoding"]?.toString());
        response.end();
      }),
    );
    await newClient().get(targetAt({ http: server.port }), "/info");
    assert.deepEqual(seen, ["GET", "identity"]);
  });

  test("a path that would leave the configured address is refused before anything is sent", async () => {
    const server = await started(answering({}));
    const target = targetAt(
      { http: server.port },
      { http: `http://127.0.0.1:${server.port}/prefix` },
    );
    const poll = newClient();

    for (const path of ["/../admin", "/x/../../admin", "@example.org/", "health"]) {
      await assert.rejects(poll.get(target, path), /is not below the target's address/, path);
    }
    assert.equal(server.connections(), 0);
  });

  test("nothing listening is refused", async () => {
    const reply = await newClient().get(targetAt({ http: await closedPort() }), "/health");
    assert.equal(reply.kind, "refused");
  });

  test("a host name without an address is unresolved", async () => {
    const target = targetAt({ http: 1 }, { http: "http://no-such-host.invalid:9094" });
    assert.equal((await newClient().get(target, "/health")).kind, "unresolved");
  });

  test("a server that takes the connection and hangs is a timeout after the target's limit", async () => {
    const server = await started(tcpServer(() => undefined));
    const target = targetAt({ http: server.port }, { timeoutMs: 1_000 });
    const reply = await newClient().get(target, "/health");

    assert.equal(reply.kind, "timeout");
    assert.equal(reply.afterMs, 1_000);
    assert.equal(reply.connected, true);
  });

  test("headers and then a drip of bytes is a timeout, however often a byte comes", async () => {
    const server = await started(
      httpServer((_, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write("x"), 20);
        response.on("close", () => clearInterval(drip));
      }),
    );
    const target = targetAt({ http: server.port }, { timeoutMs: 1_000 });
    const reply = await newClient().get(target, "/health");
    assert.equal(reply.kind, "timeout");
  });

  test("200 MB are cut off at the limit, and the connection with them", async () => {
    let written = 0;
    const closed = Promise.withResolvers<undefined>();
    const server = await started(
      httpServer((_, response) => {
        const part = Buffer.alloc(1024 * 1024, "x");
        const flood = (): void => {
          while (written < 200 * part.length && response.write(part)) written += part.length;
        };
        response.on("drain", flood);
        response.on("close", () => closed.resolve(undefined));
        flood();
      }),
    );
    const target = targetAt({ http: server.port }, { maxBodyBytes: 3 * 1024 * 1024 });
    const reply = await newClient().get(target, "/api/v1/topics");
    await closed.promise;

    assert.equal(reply.kind, "too-large");
    assert.equal(reply.limitBytes, 3 * 1024 * 1024);
    assert.ok(written < 60 * 1024 * 1024, `${written} bytes were taken in`);
  });

  test("a probe is cut off at 1 MiB even where the target's own limit is larger", async () => {
    const server = await started(answering({ "/health": { body: "x".repeat(1024 * 1024 + 1) } }));
    const target = targetAt({ http: server.port }, { maxBodyBytes: 64 * 1024 * 1024 });
    const reply = await newClient().get(target, "/health");
    assert.equal(reply.kind, "too-large");
    assert.equal(reply.limitBytes, 1024 * 1024);
  });

  test("a body that ends before its announced length is a reset", async () => {
    const server = await started(
      tcpServer((socket) => {
        socket.on("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"));
      }),
    );
    const reply = await newClient().get(targetAt({ http: server.port }), "/health");
    assert.equal(reply.kind, "reset");
  });

  test("a connection that is reset is a reset", async () => {
    const server = await started(
      tcpServer((socket) => {
        socket.on("data", () => socket.resetAndDestroy());
      }),
    );
    const reply = await newClient().get(targetAt({ http: server.port }), "/health");
    assert.equal(reply.kind, "reset");
  });

  for (const [what, bytes] of [
    ["another protocol", "SSH-2.0-OpenSSH_9.6\r\n"],
    ["binary garbage", "\u0000\u0001\u0002\u00ff\u00fe\r\n\r\n"],
    ["a broken header", "HTTP/1.1 200 OK\r\nContent-Length: lots\r\n\r\n"],
    ["headers without end", `HTTP/1.1 200 OK\r\n${`X-Filler: ${"x".repeat(1000)}\r\n`.repeat(40)}`],
  ] as const) {
    test(`${what} is not HTTP`, async () => {
      const server = await started(
        tcpServer((socket) => {
          socket.on("data", () => socket.write(bytes, "latin1"));
        }),
      );
      const reply = await newClient().get(targetAt({ http: server.port }), "/health");
      assert.equal(reply.kind, "not-http");
    });
  }

  test("a redirect is an answer, and is not followed", async () => {
    const elsewhere = await started(answering({}));
    const location = `http://127.0.0.1:${elsewhere.port}/secret`;
    const server = await started(
      answering({ "/health": { status: 302, headers: { location }, body: "" } }),
    );
    const reply = await newClient().get(targetAt({ http: server.port }), "/health");

    assert.equal(reply.kind, "answered");
    assert.equal(reply.status, 302);
    assert.equal(elsewhere.connections(), 0);
  });

  test("a gzip bomb stays as small as it came", async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024));
    const server = await started(
      httpServer((_, response) => {
        response.writeHead(200, { "content-encoding": "gzip" });
        response.end(bomb);
      }),
    );
    const reply = await newClient().get(targetAt({ http: server.port }), "/health");
    assert.equal(reply.kind, "answered");
    assert.equal(reply.bytes, bomb.length);
  });

  test("plain HTTP where TLS is configured is named as that", async () => {
    const server = await started(answering({ "/health": { body: "" } }));
    const target = targetAt({ http: 1 }, { http: `https://127.0.0.1:${server.port}` });
    const reply = await newClient().get(target, "/health");
    assert.equal(reply.kind, "other-protocol");
    assert.equal(reply.speaks, "http");
  });

  test("TLS that no cipher can be agreed on is a TLS failure", async () => {
    const server = createTlsServer({});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    cleanUp.push(() => new Promise((resolve) => server.close(resolve)));
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    const target = targetAt({ http: 1 }, { http: `https://127.0.0.1:${address.port}` });
    assert.equal((await newClient().get(target, "/health")).kind, "tls");
  });

  test("polls of the same path at the same time share one request", async () => {
    const held = Promise.withResolvers<undefined>();
    let requests = 0;
    const server = await started(
      httpServer((_, response) => {
        requests++;
        void held.promise.then(() => response.end("one"));
      }),
    );
    const poll = newClient();
    const target = targetAt({ http: server.port });
    const replies = [poll.get(target, "/info"), poll.get(target, "/info")];
    held.resolve(undefined);

    assert.deepEqual(await Promise.all(replies), [await replies[0], await replies[0]]);
    assert.equal(requests, 1);
    await poll.get(target, "/info");
    assert.equal(requests, 2);
  });

  test("requests and bytes are counted per target, and each poll is reported to the hook", async () => {
    const server = await started(answering({ "/info": { body: "12345" } }));
    const events: PollEvent[] = [];
    const poll = newClient((event) => events.push(event));
    const target = targetAt({ http: server.port });
    await poll.get(target, "/info");
    await poll.get(target, "/info");
    await poll.get({ ...target, name: "other" }, "/info");

    assert.deepEqual(poll.counts(target), { requests: 2, bytes: 10 });
    assert.deepEqual(poll.counts({ ...target, name: "third" }), { requests: 0, bytes: 0 });
    assert.deepEqual(
      events.map(({ ms, ...event }) => ({ ...event, took: ms > 0 })),
      ["orders", "orders", "other"].map((name) => ({
        target: name,
        by: "http",
        asked: "/info",
        outcome: "answered",
        bytes: 5,
        took: true,
      })),
    );
  });

  test("metrics are read as samples, and what could not be read is counted", async () => {
    const body = '# TYPE a gauge\na{x="1"} 2\nbroken line here\na{x="1"} 3\nb NaN\n';
    const server = await started(answering({ "/metrics": { body } }));
    const reply = await newClient().metrics(targetAt({ http: server.port }));

    assert.equal(reply.kind, "answered");
    assert.deepEqual(reply.samples, [
      { name: "a", labels: { x: "1" }, value: 2 },
      { name: "b", labels: {}, value: Number.NaN },
    ]);
    assert.equal(reply.brokenLines, 1);
    assert.equal(reply.duplicates, 1);
  });

  test("metrics in protobuf are refused by name", async () => {
    const headers = {
      "content-type": "application/vnd.google.protobuf; proto=io.prometheus.client",
    };
    const server = await started(answering({ "/metrics": { headers, body: "\u0001\u0002up" } }));
    const reply = await newClient().metrics(targetAt({ http: server.port }));
    assert.equal(reply.kind, "protobuf");
    assert.ok(reply.kind === "protobuf" && /protobuf/.test(failureText(reply)));
  });

  test("an error page at /metrics is not metrics", async () => {
    const server = await started(answering({ "/metrics": { status: 404, body: "a 1\n" } }));
    const reply = await newClient().metrics(targetAt({ http: server.port }));
    assert.equal(reply.kind, "answered");
    assert.equal(reply.status, 404);
    assert.deepEqual(reply.samples, []);
  });

  test("closing ends what is under way", async () => {
    const server = await started(tcpServer(() => undefined));
    const poll = newClient();
    const target = targetAt({ http: server.port }, { timeoutMs: 60_000 });
    const health = poll.health(target);
    await poll.close();
    const { http, kafka, info, metrics } = await health;
    assert.deepEqual(
      [kafka.api.kind, info.kind, metrics.kind, http.kind === "timeout"],
      ["failed", "failed", "failed", false],
    );
  });
});
