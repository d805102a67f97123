/**
 * Whatever people, other apps, Alertmanagers and servers send, the event loop goes on: no stretch of work
 * between two of its turns takes longer than 200 ms of CPU. What other programs take does not count.
 */
// takes: 60 s

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { parseSlackPost } from "../src/alerts/parse-slack-post.ts";
import { canJudge, hiding } from "../src/alerts/silence.ts";
import { parseConfig } from "../src/config/parse-config.ts";
import { foreignPostOf } from "../src/edges/slack/external-post.ts";
import { messageWords } from "../src/edges/slack/message-words.ts";
import { createTargetClient } from "../src/edges/streamline/target-client.ts";
import { startServer, TOKEN } from "./edges/http/bot-server.ts";
import { startSignedSlack } from "./edges/slack/signed-slack.ts";
import { httpServer, type Running, targetAt, tcpServer } from "./edges/streamline/servers.ts";
import { setUp } from "./features/commands/setting.ts";
import { goesOn } from "./support/loop-watch.ts";

const MIB = 1024 ** 2;

/** What is harmless once and may not be ten thousand times: each makes some kind of pattern go back. */
const PIECES: readonly string[] = [
  ...'0 1. a A Aa0 a- a. a: - . , ! ? ` * ~ _ ( [ { < = % $ # / ://: Aa\' " \\ \\" 0-a 12: 1m'.split(
    " ",
  ),
  ..."eyJ- eyJaaaaaa. xoxb- password= token: Bearer authorization: -----BEGIN node= FIRING".split(
    " ",
  ),
  " ",
  "\t",
  "\n",
  "\n*",
  "? ",
  "how?\n",
  "<@U1|",
  "&gt;",
  " - `",
  " | http",
  "é",
  "👩‍👩‍👧",
  "\u00ad",
];

/** The most that Slack lets a person send. */
const PASTE = 40_000;

function pumped(piece: string, length: number): string {
  return piece.repeat(Math.floor(length / piece.length));
}

/** With a beginning that lets a pattern in, and an end that lets it not out. */
function pumpedWith(head: string, length: number): [string, string][] {
  return PIECES.map((piece) => [`${head}${piece}…`, `${head}${pumped(piece, length)}\u0001x`]);
}

function ownPages(): Record<string, string> {
  const folder = new URL("../knowledge/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const pages = files.filter((file) => file.endsWith(".md"));
  return Object.fromEntries(
    pages.map((file) => [file, readFileSync(new URL(file, folder), "utf8")]),
  );
}

describe("a person", () => {
  test("may paste what they like behind any command, or none", async (t) => {
    const { ask, clock } = await setUp(t, { pages: ownPages() });
    for (const command of [
      "",
      "search ",
      "runbook ",
      "silence ",
      "why-slow ",
      "metrics ",
      "note ",
    ]) {
      for (const [what, text] of pumpedWith(command, PASTE)) {
        void clock.advance(60_000);
        const answer = await goesOn(what, () => ask(text));
        assert.notEqual(answer, "", what);
      }
    }
  });

  test("may send a message of a megabyte, whose parts all say the same", async () => {
    for (const [what, text] of pumpedWith("ERROR ", PASTE)) {
      const elements = Array.from({ length: 20 }, () => ({ type: "text", text }));
      const block = { type: "rich_text", elements: [{ type: "rich_text_section", elements }] };
      await goesOn(what, () => messageWords({ text, blocks: [block] }));
    }
  });
});

describe("a silence in Alertmanager", () => {
  const patterns = [
    "(([a-z_])+)+[0-9]",
    "(x+x+)+y",
    "(a|aa)+$",
    "(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)[0-9]z",
    `${"(a?){20}".repeat(20)}b`,
    "(?i)(é|e|E){1,200}z",
    "[a-z]{1,1000}[0-9]",
  ];
  for (const value of patterns) {
    test(`may hold the pattern ${value.slice(0, 40)}`, async () => {
      const matchers = [{ name: "a", value, isRegex: true, isEqual: true }];
      if (!canJudge(matchers)) return;
      const hides = hiding(matchers);
      const labels = Array.from({ length: 20 }, (_, at) => ({ a: "xaeé".repeat(100) + at }));
      for (const each of labels) await goesOn(value, () => hides(each));
    });
  }
});

describe("another app", () => {
  test("may post what it likes in a channel that is watched", async () => {
    const heads = ["", "[FIRING", "[FIRING:1] ", "FIRING", "Alert: ", "[FIRING:1] A0A", "• a = "];
    for (const head of heads) {
      for (const [what, text] of pumpedWith(head, 20_000)) {
        const part = { title: text, text, pretext: text, fallback: text };
        const fields = Array.from({ length: 10 }, () => ({
          title: text.slice(0, 2_000),
          value: text,
        }));
        const message = {
          type: "message",
          channel: "C1",
          ts: "1.1",
          bot_id: "B1",
          text,
          attachments: [{ ...part, fields, title_link: `https://a.example/?filter=${text}` }],
        };
        await goesOn(what, () => {
          const found = foreignPostOf(message, { botId: "B0", appId: undefined });
          assert.ok(found !== undefined);
          return parseSlackPost(found.post, () => false);
        });
      }
    }
  });
});

describe("the holder of a webhook token", () => {
  const alert = (labels: object): object => ({ status: "firing", labels, annotations: {} });
  const bodyOf = (alerts: readonly object[]): string =>
    JSON.stringify({ version: "4", groupKey: "g", status: "firing", alerts });
  const many = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`label_${at}`, `v${at}`]));
  const bodies: Readonly<Record<string, () => string>> = {
    "one alert with 400,000 labels": () => bodyOf([alert({ alertname: "A", ...many(300_000) })]),
    "40,000 alerts": () =>
      bodyOf(Array.from({ length: 40_000 }, (_, at) => alert({ alertname: "A", at: `${at}` }))),
    "a label of 7 MB": () => bodyOf([alert({ alertname: "A", a: "x".repeat(7 * MIB) })]),
    "names that are one word after the other": () =>
      bodyOf(Array.from({ length: 500 }, () => alert({ alertname: "Aa0".repeat(1_000) }))),
    "lists within lists": () => `{"alerts":${"[".repeat(4 * MIB)}`,
    "objects within objects": () => `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
    "numbers that are none": () => `{"alerts":[${"NaN,".repeat(1_000_000)}1]}`,
    "quotes without end": () => `{"alerts":"${'\\"'.repeat(3 * MIB)}`,
  };
  for (const [what, body] of Object.entries(bodies)) {
    test(`may send ${what}`, async (t) => {
      const { url } = await startServer(t);
      const sent = body();
      const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
      const answer = await goesOn(what, () =>
        fetch(`${url}/webhook/alertmanager`, { method: "POST", headers, body: sent }),
      );
      assert.ok([200, 413, 422].includes(answer.status), `${answer.status}`);
    });
  }
});

describe("whoever can sign as Slack", () => {
  const form = (payload: string): string => new URLSearchParams({ payload }).toString();
  const bodies: Readonly<Record<string, readonly [string, string]>> = {
    "a payload nested without end": [form("[".repeat(300_000)), "form"],
    "half a million pairs": ["a=&".repeat(300_000), "form"],
    "a value of a megabyte": [`command=x&text=${"%41".repeat(300_000)}`, "form"],
    "an event nested without end": [`{"event":${'{"a":'.repeat(150_000)}`, "json"],
    "a list of 300,000": [
      JSON.stringify({ type: "event_callback", event: Array(300_000).fill(1) }),
      "json",
    ],
  };
  for (const [what, [body, kind]] of Object.entries(bodies)) {
    test(`may send ${what}`, async (t) => {
      const { request } = await startSignedSlack(t);
      const type = kind === "form" ? "application/x-www-form-urlencoded" : "application/json";
      const { status } = await goesOn(what, () => request(body, type));
      assert.ok(status === 200 || status === 400, `${status}`);
    });
  }
});

describe("a server that is polled", () => {
  const bodies: Readonly<Record<string, () => Buffer | string>> = {
    "a number without end": () => `a ${"17".repeat(2 * MIB)}x\n`,
    "many numbers that are none": () => `a ${"1".repeat(60_000)}x\n`.repeat(60),
    "bounds that are none": () => `a_bucket{le="${"1".repeat(60_000)}x"} 1\n`.repeat(60),
    "no line end": () => "a".repeat(4 * MIB),
    "labels without end": () => `a{${'b="c",'.repeat(600_000)}`,
    "a quote without end": () => `a{b="${'\\"'.repeat(2 * MIB)}`,
    "comments alone": () => "# HELP a b\n".repeat(300_000),
    "blank lines alone": () => "\n \t\r\n".repeat(800_000),
    "a hundred thousand series": () =>
      Array.from({ length: 100_000 }, (_, at) => `a{b="${at}"} ${at}`).join("\n"),
    "one series a hundred thousand times": () => 'a{b="c"} 1\n'.repeat(100_000),
    "what a gzip bomb looks like": () => gzipSync(Buffer.alloc(64 * MIB)),
  };
  const openClient = () => createTargetClient({ clock: Date, onPoll: () => undefined });

  for (const [what, make] of Object.entries(bodies)) {
    test(`may answer with ${what}`, async (t) => {
      const body = make();
      const server = await httpServer((_, response) => {
        const headers = what.includes("gzip") ? { "content-encoding": "gzip" } : {};
        response
          .writeHead(200, { "content-type": "text/plain; version=0.0.4", ...headers })
          .end(body);
      });
      t.after(() => server.stop());
      const client = openClient();
      t.after(() => client.close());
      const target = targetAt({ http: server.port }, { maxBodyBytes: 8 * MIB, timeoutMs: 60_000 });
      await goesOn(what, () => client.metrics(target));
    });
  }

  const json: Readonly<Record<string, string>> = {
    "lists within lists": "[".repeat(4 * MIB),
    "a list of a million": `[${"1,".repeat(1_000_000)}1]`,
  };
  for (const [what, body] of Object.entries(json)) {
    test(`may answer its API with ${what}`, async (t) => {
      const server = await httpServer((_, response) => response.end(body));
      t.after(() => server.stop());
      const client = openClient();
      t.after(() => client.close());
      const target = targetAt({ http: server.port }, { maxBodyBytes: 16 * MIB, timeoutMs: 60_000 });
      assert.equal(
        (await goesOn(what, () => client.get(target, "/api/v1/topics"))).kind,
        "answered",
      );
    });
  }

  const peers: Readonly<Record<string, Buffer>> = {
    "a frame of 2 GB": Buffer.concat([Buffer.from("7fffffff00000001", "hex"), Buffer.alloc(MIB)]),
    "a frame of less than nothing": Buffer.from("80000000", "hex"),
    "a flood": Buffer.alloc(16 * MIB, 0x41),
  };
  for (const [what, answer] of Object.entries(peers)) {
    test(`may send ${what} on its Kafka port`, async (t) => {
      const server: Running = await tcpServer((socket) => {
        socket.on("error", () => undefined).once("data", () => socket.write(answer));
      });
      t.after(() => server.stop());
      const client = openClient();
      t.after(() => client.close());
      const { api } = await goesOn(what, () => client.kafka(targetAt({ http: server.port })));
      assert.equal(api.kind, "not-kafka");
    });
  }
});

test("whoever reaches the port may send what is not HTTP", async (t) => {
  const { url } = await startServer(t, { limits: { requestsPerSecond: 10_000 } });
  const port = Number(new URL(url).port);
  const host = "Host: x\r\n";
  const inputs: Readonly<Record<string, string>> = {
    "two thousand requests in one breath": `GET /healthz HTTP/1.1\r\n${host}\r\n`.repeat(2_000),
    "chunks of one byte": `POST /slack/events HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n${"1\r\na\r\n".repeat(200_000)}0\r\n\r\n`,
    "a chunk that is longer than it says": `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\nffffffffffff\r\n`,
    "two lengths": `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef`,
    "a length and chunks": `POST / HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    "ten thousand headers": `GET / HTTP/1.1\r\n${"a: b\r\n".repeat(10_000)}\r\n`,
    "an address without end": `GET /${"%2e".repeat(100_000)} HTTP/1.1\r\n${host}\r\n`,
    "another host's address": `GET http://other.example/metrics HTTP/1.1\r\n${host}\r\n`,
    "a tunnel": `CONNECT other.example:443 HTTP/1.1\r\n${host}\r\n`,
    "an upgrade": `GET /healthz HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    TLS: "\u0016\u0003\u0001\u0002\u0000\u0001",
    "nothing but line ends": "\r\n".repeat(100_000),
  };
  for (const [what, bytes] of Object.entries(inputs)) {
    await goesOn(what, () => closedAfter(port, bytes));
  }
  assert.equal((await fetch(`${url}/healthz`)).status, 200);
});

/** Sends it, says that no more comes, and resolves with the first answer when the server has closed. */
function closedAfter(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes, "latin1"));
    socket.on("data", (chunk) => {
      if (answer.length < 1_000) answer += chunk.toString("latin1");
    });
    socket.on("error", () => undefined).on("close", () => resolve(answer));
  });
}

test("a configuration that is nested without end is refused with words", () => {
  const read = parseConfig({ env: {}, yaml: `a: ${"[".repeat(50_000)}` });
  assert.ok(!read.ok);
  const blocks = Array.from({ length: 5_000 }, (_, at) => `${" ".repeat(at)}a:`).join("\n");
  assert.ok(!parseConfig({ env: {}, yaml: blocks }).ok);
});
