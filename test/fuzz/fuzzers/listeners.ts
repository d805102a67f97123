/** Whole listeners over what arrives: the bot's HTTP port, its Slack half with every feature, a Kafka port. */

import assert from "node:assert/strict";
import { connect } from "node:net";
import { createKafkaProbe } from "../../../src/edges/streamline/kafka-probe.ts";
import { startServer } from "../../edges/http/bot-server.ts";
import { tcpServer } from "../../edges/streamline/servers.ts";
import { setUp } from "../../features/commands/setting.ts";
import { collectAfter } from "../collect-after.ts";
import { seedsOf } from "../corpus.ts";
import type { Fuzzer } from "../fuzzer.ts";
import { startSlackHalf } from "../slack-half.ts";

/** Nothing here waits for a time limit of the bot's own, so whatever takes this long hangs. */
const HANGS_MS = 10_000;
const MINUTE_MS = 60_000;

export const httpFuzzer: Fuzzer = {
  name: "HTTP listener",
  seeds: seedsOf("http"),
  words: [
    ..."GET POST OPTIONS HTTP/1.1 HTTP/1.0 Host: Content-Length: Connection:".split(" "),
    ..."/webhook/alertmanager /metrics /healthz /slack/events %65 .. ?a=b".split(" "),
    "\r\n",
    "\r\n\r\n",
    "Transfer-Encoding: chunked\r\n",
    "Expect: 100-continue\r\n",
    "Upgrade: websocket\r\n",
    "Content-Length: 99999999999\r\n",
    "0\r\n\r\n",
    "\n",
  ],
  async open() {
    const after = collectAfter();
    const limits = { requestsPerSecond: 1e9, connections: 1e6 };
    const { url } = await startServer(after, { limits });
    const port = Number(new URL(url).port);
    return {
      feed: (input) => within(HANGS_MS, ended(port, input)),
      close: after.run,
    };
  },
};

/** Sends it, says that no more comes, and resolves when the server has closed. */
function ended(port: number, input: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(input));
    socket.on("error", () => undefined).on("close", () => resolve());
    socket.resume();
  });
}

export const slackListenerFuzzer: Fuzzer = {
  name: "Slack listeners",
  seeds: seedsOf("slack-requests"),
  words: [
    ..."run_command turn_page show_section find_section U0ALICE C0INCIDENTS D0ALICE".split(" "),
    ..."help search runbook why-slow silence alerts metrics chart DiskFull orders".split(" "),
    ..."block_actions message_action block_suggestion view_submission app_mention im home".split(
      " ",
    ),
  ],
  isJson: true,
  async open() {
    const after = collectAfter();
    const { clock, ...features } = await setUp(after);
    const half = await startSlackHalf(after, features);
    return {
      async feed(input) {
        // Nobody is told to wait: a person has a rate, and the fuzzer is one.
        void clock.advance(MINUTE_MS);
        const { status } = await within(HANGS_MS, half.send(input), half.waitsFor);
        assert.equal(half.errors(), "");
        assert.ok(status === 200 || status === 400, `status ${status}`);
      },
      close: after.run,
    };
  },
};

/** Some peers go on sending; what is read of them is bounded all the same. */
const FLOOD_BYTES = 1024 ** 2;

export const kafkaFuzzer: Fuzzer = {
  name: "Kafka frames",
  seeds: seedsOf("kafka"),
  words: [
    "\u0000\u0000\u0000\u0001",
    "\u0000#",
    "\u007f",
    "\u0080\u0080\u0080\u0080\u0080",
    "HTTP/1.1 ",
  ],
  async open() {
    let answer: Buffer = Buffer.alloc(0);
    const server = await tcpServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => {
        socket.write(answer);
        if (answer.length > 0 && answer.length % 16 === 0)
          socket.write(Buffer.alloc(FLOOD_BYTES, answer));
        // A peer that is silent would only be waited for.
        socket.end();
      });
    });
    const probe = createKafkaProbe(() => 0);
    return {
      async feed(input) {
        answer = input;
        const address = { host: "127.0.0.1", port: server.port };
        const { port, api } = await probe.poll("peer", address, { timeoutMs: HANGS_MS });
        assert.equal(port.kind, "open");
        assert.notEqual(api.kind, "timeout");
        probe.close();
      },
      async close() {
        probe.close();
        await server.stop();
      },
    };
  },
};

/** Turns of a timer, and how late one may come, in milliseconds. */
const TURN_MS = 100;
const LATE_MS = 50;

/**
 * Fails when the work has no end within this time, of which only the turns count that came in time: on
 * a busy machine a process stands still for seconds, and its work with it.
 */
async function within<T>(
  ms: number,
  work: Promise<T>,
  waitsFor: () => string = () => "",
): Promise<T> {
  const late = Promise.withResolvers<never>();
  let left = Math.ceil(ms / TURN_MS);
  let turnedAt = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - turnedAt < TURN_MS + LATE_MS) left -= 1;
    turnedAt = now;
    if (left === 0) late.reject(new Error(`no end after ${ms} ms${waitsFor()}`));
  }, TURN_MS);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearInterval(timer);
  }
}
