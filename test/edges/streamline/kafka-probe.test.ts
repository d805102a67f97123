/** One Kafka request to servers that speak Kafka, something else, or nothing. */

import assert from "node:assert/strict";
import type { Socket } from "node:net";
import { afterEach, describe, type TestContext, test } from "node:test";
import { createKafkaProbe } from "../../../src/edges/streamline/kafka-probe.ts";
import { probeKafka } from "./kafka-probes.ts";
import {
  apiVersionsAnswer,
  closedPort,
  httpServer,
  kafkaServer,
  type Running,
  tcpServer,
} from "./servers.ts";

describe("one Kafka request", () => {
  let running: Running | undefined;

  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  async function probe(server: Promise<Running>, timeoutMs = 5_000) {
    running = await server;
    return probeKafka({ host: "127.0.0.1", port: running.port }, { timeoutMs });
  }

  /** Answers the first request with these bytes, and keeps the connection. */
  function notice(...parts: readonly Buffer[]): Promise<Running> {
    return tcpServer((socket) => {
      socket.once("data", () => {
        for (const part of parts) socket.write(part);
      });
    });
  }

  test("a Kafka server answers ApiVersions", async () => {
    const { port, api } = await probe(kafkaServer());
    assert.equal(port.kind, "open");
    assert.equal(api.kind, "answered");
    assert.equal(api.errorCode, 0);
  });

  test("the request is a valid ApiVersions v3 frame with our client id", async () => {
    const received = Promise.withResolvers<Buffer>();
    await probe(
      tcpServer((socket) => {
        socket.once("data", (data) => {
          received.resolve(Buffer.from(data));
          socket.write(apiVersionsAnswer(1));
        });
      }),
    );
    const frame = await received.promise;
    assert.equal(frame.readInt32BE(0), frame.length - 4);
    assert.equal(frame.readInt16BE(4), 18);
    assert.equal(frame.readInt16BE(6), 3);
    assert.equal(frame.toString("utf8", 14, 14 + frame.readInt16BE(12)), "streamline-incident-bot");
  });

  test("an answer that arrives byte by byte is put together", async () => {
    const { api } = await probe(
      tcpServer((socket) => {
        socket.setNoDelay(true);
        socket.once("data", () => {
          const bytes = [...apiVersionsAnswer(1)];
          const next = (): void => {
            const byte = bytes.shift();
            if (byte !== undefined) socket.write(Buffer.from([byte]), () => setImmediate(next));
          };
          next();
        });
      }),
    );
    assert.equal(api.kind, "answered");
  });

  test("an error in the answer is still an answer: an old server knows no version 3", async () => {
    const v0 = Buffer.from("0000000e" + "00000001" + "0023" + "00000001" + "00120000", "hex");
    const { api } = await probe(notice(v0.subarray(0, 18)));
    assert.equal(api.kind, "answered");
    assert.equal(api.errorCode, 35);
  });

  test("an open port that says nothing is a timeout on an open port", async () => {
    const { port, api } = await probe(notice(), 150);
    assert.equal(port.kind, "open");
    assert.equal(api.kind, "timeout");
    assert.equal(api.connected, true);
  });

  test("a connection closed without an answer is a reset", async () => {
    const { port, api } = await probe(
      tcpServer((socket) => socket.once("data", () => socket.end())),
    );
    assert.equal(port.kind, "open");
    assert.equal(api.kind, "reset");
  });

  test("nothing listening is refused, for the port and for the request", async () => {
    const { port, api } = await probeKafka(
      { host: "127.0.0.1", port: await closedPort() },
      { timeoutMs: 5_000 },
    );
    assert.equal(port.kind, "refused");
    assert.equal(api.kind, "refused");
  });

  test("a web server on the port is named as that", async () => {
    const { api } = await probe(httpServer((_, response) => response.end()));
    assert.equal(api.kind, "other-protocol");
    assert.equal(api.speaks, "http");
  });

  for (const [what, bytes] of [
    ["five zero bytes", "0000000000"],
    ["a negative length", "ffffffff00000001"],
    ["a length of 2 GB", "7fffffff000000010000"],
    ["another request's correlation id", "0000000600000002" + "0000"],
    ["an array that ends early", "0000000700000001" + "0000" + "7f"],
    ["an array of four billion entries", "0000000b00000001" + "0000" + "ffffffff0f"],
  ] as const) {
    test(`${what} instead of an answer is not Kafka, and does no harm`, async () => {
      const { api } = await probe(notice(Buffer.from(bytes, "hex")));
      assert.equal(api.kind, "not-kafka");
    });
  }

  describe("the connection", () => {
    test("is kept from poll to poll, since a server never frees one that was closed", async (t) => {
      const { polls, server } = await repeated(t, kafkaServer());
      for (const poll of [await polls(), await polls(), await polls()]) {
        assert.equal(poll.port.kind, "open");
        assert.equal(poll.api.kind, "answered");
      }
      assert.equal(server.connections(), 1);
    });

    test("is made anew when the server has cut it, within the same poll", async (t) => {
      const sockets: Socket[] = [];
      const answering = tcpServer((socket) => {
        sockets.push(socket);
        socket.on("data", (request) => {
          socket.write(apiVersionsAnswer(Buffer.from(request).readInt32BE(8)));
        });
      });
      const { polls, server } = await repeated(t, answering);
      await polls();
      sockets[0]?.destroy();
      assert.equal((await polls()).api.kind, "answered");
      assert.equal(server.connections(), 2);
    });

    test("is made again every quarter of an hour, to prove that new ones are taken", async (t) => {
      const { polls, server, pass } = await repeated(t, kafkaServer());
      await polls();
      pass(14);
      await polls();
      assert.equal(server.connections(), 1);
      pass(2);
      assert.equal((await polls()).api.kind, "answered");
      assert.equal(server.connections(), 2);
    });

    test("to a server that died is a refused one at the next poll", async (t) => {
      const { polls, server } = await repeated(t, kafkaServer());
      await polls();
      await server.stop();
      const { port, api } = await polls();
      assert.deepEqual([port.kind, api.kind], ["refused", "refused"]);
    });

    test("on which nothing is answered any more is reported as such", async (t) => {
      let answers = 1;
      const hanging = tcpServer((socket) => {
        socket.on("data", (request) => {
          answers -= 1;
          if (answers < 0) return;
          socket.write(apiVersionsAnswer(Buffer.from(request).readInt32BE(8)));
        });
      });
      const { polls } = await repeated(t, hanging, 200);
      assert.equal((await polls()).api.kind, "answered");
      assert.equal((await polls()).api.kind, "timeout");
    });
  });

  /** One probe that asks again and again, and a clock that is set. */
  async function repeated(t: TestContext, starting: Promise<Running>, timeoutMs = 5_000) {
    const server = await starting;
    let nowMs = 0;
    const kafka = createKafkaProbe(() => nowMs);
    t.after(async () => {
      kafka.close();
      await server.stop();
    });
    const address = { host: "127.0.0.1", port: server.port };
    return {
      server,
      polls: () => kafka.poll("target", address, { timeoutMs }),
      pass: (minutes: number) => {
        nowMs += minutes * 60_000;
      },
    };
  }
});
