/** Senders that never come to an end hold their places for a while and no longer, and nobody else up. */

import assert from "node:assert/strict";
import { connect, type Socket } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "../../support/eventually.ts";
import { goesOn } from "../../support/loop-watch.ts";
import { startServer, TOKEN } from "./bot-server.ts";

/** On Linux each address of 127.0.0.0/8 is this machine, and another one to the server. */
const ATTACKER = "127.0.0.66";
const OTHER = "127.0.0.77";

interface Slow {
  readonly socket: Socket;
  readonly answer: () => string;
  readonly isClosed: () => boolean;
}

/** Sends the beginning at once, then `byte` every few milliseconds until the server has had enough. */
function slowly(t: TestContext, url: string, beginning: string, byte: string): Slow {
  const { port } = new URL(url);
  const socket = connect({ port: Number(port), host: "127.0.0.1", localAddress: ATTACKER });
  let answer = "";
  let isClosed = false;
  socket.on("connect", () => socket.write(beginning));
  const timer = setInterval(() => socket.write(byte), 20);
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    isClosed = true;
    clearInterval(timer);
  });
  t.after(() => {
    clearInterval(timer);
    socket.destroy();
  });
  return { socket, answer: () => answer, isClosed: () => isClosed };
}

/**
 * What somebody at another address gets; empty when the connection is closed at once. On a machine so busy
 * that this very request took as long as a slow sender may, it is one of them, and the next one counts.
 */
function asked(url: string, path: string): Promise<string> {
  const { port } = new URL(url);
  return new Promise((resolve) => {
    let text = "";
    const socket = connect({ port: Number(port), host: "127.0.0.1", localAddress: OTHER }, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`),
    );
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("error", () => undefined).on("close", () => resolve(text));
  });
}

const SOON = { headersMs: 300, requestMs: 600, everyMs: 50 };
const POST = `POST /webhook/alertmanager HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-type: application/json\r\n`;

const SENDERS: Readonly<Record<string, readonly [beginning: string, byte: string]>> = {
  "headers, a byte at a time": ["GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow: ", "a"],
  "nothing at all": ["", ""],
  "the method alone": ["G", ""],
  "empty lines": ["", "\r\n"],
  "a body, a byte at a time": [`${POST}content-length: 1000000\r\n\r\n{`, " "],
  "chunks without end": [`${POST}transfer-encoding: chunked\r\n\r\n`, "1\r\n \r\n"],
  "a body that was announced and never comes": [`${POST}content-length: 1000\r\n\r\n`, ""],
  "a body for somebody who proves nothing": [
    "POST /webhook/alertmanager HTTP/1.1\r\nhost: x\r\ncontent-length: 1000000\r\n\r\n",
    "x",
  ],
};

describe("forty connections that send", () => {
  for (const [what, [beginning, byte]] of Object.entries(SENDERS)) {
    test(`${what} are ended, and others are answered meanwhile`, async (t) => {
      const { url, external } = await startServer(t, { limits: SOON });
      let answered = 0;
      const all = await goesOn(what, async () => {
        const senders = Array.from({ length: 40 }, () => slowly(t, url, beginning, byte));
        while (senders.some(({ isClosed }) => !isClosed())) {
          const began = performance.now();
          const answer = await asked(url, "/healthz");
          const isSlowItself = performance.now() - began >= SOON.headersMs;
          if (!isSlowItself) assert.match(answer, /^HTTP\/1\.1 200/);
          if (answer.startsWith("HTTP/1.1 200")) answered += 1;
          await sleep(20);
        }
        return senders;
      });
      assert.ok(answered > 0, "nobody else was answered meanwhile");
      for (const { answer } of all) assert.match(answer(), /^(?:HTTP\/1\.1 4\d\d|$)/);
      assert.equal(external.length, 0, "half a notification is none");
    });
  }
});

test("whoever takes all the connections of an address takes none of another's", async (t) => {
  const { url } = await startServer(t, { limits: { connections: 20 } });
  const held = Array.from({ length: 60 }, () => slowly(t, url, "G", ""));
  await eventually("those beyond are closed", () => {
    const closed = held.filter(({ isClosed }) => isClosed()).length;
    return closed === 40;
  });
  for (const path of ["/healthz", "/readyz", "/metrics"]) {
    assert.match(await asked(url, path), /^HTTP\/1\.1 200/, path);
  }
});
