/**
 * The event loop goes on, whatever an Alertmanager, a Prometheus, a server or a calendar answers with, up
 * to the most that is read of it, and whatever stands in what people press and submit.
 */
// takes: 40 s

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, type TestContext, test } from "node:test";
import { API } from "../src/diagnosis/health/api-answers.ts";
import { createAlertmanagers } from "../src/edges/alertmanager/alertmanagers.ts";
import { createCalendars } from "../src/edges/calendars/calendars.ts";
import { createPrometheus } from "../src/edges/prometheus/query-range.ts";
import { ask } from "../src/edges/streamline/source.ts";
import { createTargetClient } from "../src/edges/streamline/target-client.ts";
import { SILENCE } from "../src/features/silences/form-names.ts";
import { targetAt } from "./edges/streamline/servers.ts";
import { setUp } from "./features/commands/setting.ts";
import { setUp as setUpSilences } from "./features/silences/setting.ts";
import { startSlackHalf } from "./fuzz/slack-half.ts";
import { firing } from "./incidents/notifications.ts";
import { goesOn } from "./support/loop-watch.ts";

const MIB = 1024 ** 2;
const PATIENCE_MS = 60_000;

/** What may be sent at a place where a list of something is expected, of about so many bytes. */
const NOT_MEANT: Readonly<Record<string, (bytes: number) => string>> = {
  "lists within lists": (bytes) => "[".repeat(bytes),
  "objects within objects": (bytes) => '{"a":'.repeat(bytes / 5),
  "a list of nothing": (bytes) => `[${"{},".repeat(bytes / 3 - 2)}{}]`,
  "a list of numbers": (bytes) => `[${"1,".repeat(bytes / 2 - 2)}1]`,
  "one text": (bytes) => JSON.stringify("x".repeat(bytes - 10)),
  "a text without end": (bytes) => `"${'\\"'.repeat(bytes / 2 - 10)}`,
  "one object of a million keys": (bytes) =>
    `[{"labels":{${Array.from({ length: bytes / 18 }, (_, at) => `"k${at}":"v"`).join(",")}}}]`,
};

async function serve(t: TestContext, body: string): Promise<{ url: string; port: number }> {
  const server = createServer((_, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

function times<T>(length: number, make: (at: number) => T): T[] {
  return Array.from({ length }, (_, at) => make(at));
}

describe("a Prometheus", () => {
  const series = (count: number, moments: number): string =>
    JSON.stringify({
      status: "success",
      data: {
        resultType: "matrix",
        result: times(count, (at) => ({
          metric: { __name__: "x", topic: `orders-${at}` },
          values: times(moments, (moment) => [1_700_000_000 + moment, String(at * moment)]),
        })),
      },
    });
  const bodies: Readonly<Record<string, () => string>> = {
    "ten thousand series of twenty moments": () => series(10_000, 20),
    "a hundred thousand series of one": () => series(90_000, 1),
    ...Object.fromEntries(
      Object.entries(NOT_MEANT).map(([what, make]) => [what, () => make(7 * MIB)]),
    ),
    "an error of megabytes": () =>
      JSON.stringify({ status: "error", errorType: "bad_data", error: "x".repeat(7 * MIB) }),
  };
  for (const [what, make] of Object.entries(bodies)) {
    test(`may answer with ${what}`, async (t) => {
      const { url, port } = await serve(t, make());
      const prometheus = createPrometheus({ timeoutMs: PATIENCE_MS });
      t.after(() => prometheus.close());
      const target = { ...targetAt({ http: port }), prometheus: url };
      const moments = { startMs: 0, endMs: 19_000, stepMs: 1_000 };
      const answer = await goesOn(what, () => prometheus.range(target, "x", moments));
      if (what.includes("series")) assert.equal(answer.kind, "lines");
      if (answer.kind === "refused") assert.ok(answer.problem.length < 1_000);
    });
  }
});

describe("an Alertmanager", () => {
  const at = "2026-11-23T03:00:00.000Z";
  const alert = (n: number, words: number) => ({
    fingerprint: `f${n}`,
    labels: { alertname: "A", severity: "critical", instance: `broker-${n}:9094` },
    annotations: { summary: "x".repeat(words) },
    startsAt: at,
    endsAt: at,
    updatedAt: at,
    receivers: [{ name: "r" }],
    status: { state: "active", silencedBy: [], inhibitedBy: [] },
  });
  const silence = (n: number) => ({
    id: `id${n}`,
    matchers: [{ name: "a", value: "x".repeat(40), isRegex: true, isEqual: true }],
    createdBy: "me",
    comment: "c".repeat(60),
    startsAt: at,
    endsAt: at,
    status: { state: "active" },
  });
  type Api = ReturnType<typeof createAlertmanagers>;
  const asked: Readonly<
    Record<
      string,
      readonly [
        (api: Api, url: string) => Promise<{ kind: string; problem?: string }>,
        () => string,
      ]
    >
  > = {
    alerts: [
      (api, url) => api.alerts(url, []),
      () => JSON.stringify(times(15_000, (n) => alert(n, 500))),
    ],
    "held alerts": [
      (api, url) => api.members.held(url),
      () => JSON.stringify(times(35_000, (n) => alert(n, 1))),
    ],
    silences: [(api, url) => api.silences(url), () => JSON.stringify(times(30_000, silence))],
    groups: [
      (api, url) => api.members.groups(url, "r"),
      () => JSON.stringify([{ labels: {}, alerts: times(15_000, (n) => alert(n, 500)) }]),
    ],
  };
  for (const [what, [askIt, make]] of Object.entries(asked)) {
    test(`may have 15 MiB of ${what}, which are read`, async (t) => {
      const { url } = await serve(t, make());
      const api = createAlertmanagers({ timeoutMs: PATIENCE_MS });
      t.after(() => api.close());
      const answer = await goesOn(what, () => askIt(api, url));
      assert.equal(answer.kind, "answered", answer.problem);
    });
    for (const [other, makeOther] of Object.entries(NOT_MEANT)) {
      test(`may answer with ${other} instead of ${what}, which is reported`, async (t) => {
        const { url } = await serve(t, makeOther(15 * MIB));
        const api = createAlertmanagers({ timeoutMs: PATIENCE_MS });
        t.after(() => api.close());
        const answer = await goesOn(`${other} for ${what}`, () => askIt(api, url));
        assert.equal(answer.kind, "failed");
        assert.match(answer.problem ?? "", /is not an Alertmanager/);
      });
    }
  }
});

describe("a server's API", () => {
  const lag = (n: number) => ({
    topic: `a-topic-of-some-name-${n}`,
    partition: n,
    current_offset: n,
    log_end_offset: n * 3,
    lag: n * 2,
  });
  const entry = (n: number) => ({ id: n, timestamp: n, level: "ERROR", message: "x".repeat(60) });
  const asked = {
    groupLag: () => JSON.stringify({ partitions: times(35_000, lag) }),
    logs: () => JSON.stringify({ entries: times(35_000, entry) }),
    ...Object.fromEntries(
      Object.entries(NOT_MEANT).map(([what, make]) => [what, () => make(7 * MIB)]),
    ),
  };
  for (const [what, make] of Object.entries(asked)) {
    test(`may answer with ${what}`, async (t) => {
      const { port } = await serve(t, make());
      const poll = createTargetClient({ clock: Date });
      t.after(() => poll.close());
      const target = targetAt({ http: port }, { maxBodyBytes: 64 * MIB, timeoutMs: PATIENCE_MS });
      const shape = what === "logs" ? API.logs : API.groupLag;
      const path = "/api/v1/consumer-groups/g/lag";
      const answer = await goesOn(what, () => ask<unknown>({ poll, target }, path, shape));
      assert.equal(answer.kind, what in NOT_MEANT ? "failed" : "value");
    });
  }
});

test("a calendar may have 5 MB of events that repeat, and is read beside", async (t) => {
  const event = (n: number): string =>
    `BEGIN:VEVENT\r\nUID:${n}\r\nDTSTART:20260101T000000Z\r\nDTEND:20260101T080000Z\r\nRRULE:FREQ=DAILY\r\nSUMMARY:Alice ${n}\r\nEND:VEVENT\r\n`;
  const { url } = await serve(
    t,
    `BEGIN:VCALENDAR\r\n${times(33_000, event).join("")}END:VCALENDAR\r\n`,
  );
  const calendars = createCalendars({ readMs: 3_000 });
  t.after(() => calendars.close());
  const schedule = { name: "first", calendar: `${url}/a.ics`, people: { Alice: "U1" } };
  const span = { from: Date.UTC(2026, 10, 1), until: Date.UTC(2026, 10, 30) };
  const read = goesOn("a calendar", () => calendars.read(schedule, span));
  await assert.rejects(read, /takes too long|more than|cannot be read/);
});

describe("whoever presses and submits", () => {
  const LONG = "a(b".repeat(60_000);
  const fields = Object.fromEntries(
    times(20_000, (at) => [`b${at}`, { [`a${at}`]: { type: "plain_text_input", value: "x" } }]),
  );
  const options = (count: number) => times(count, (at) => ({ value: `v${at}` }));
  const values: Readonly<Record<string, object>> = {
    "a text of 180 kB in each field": {
      [SILENCE.other]: { [SILENCE.other]: { type: "plain_text_input", value: LONG } },
      [SILENCE.comment]: { [SILENCE.comment]: { type: "plain_text_input", value: LONG } },
      [SILENCE.where]: { [SILENCE.where]: { type: "static_select", selected_option: null } },
    },
    "20,000 fields": fields,
    "30,000 choices": {
      [SILENCE.where]: { [SILENCE.where]: { type: "x", selected_options: options(30_000) } },
    },
    "a field within a field, 10,000 deep": {
      a: { a: JSON.parse(`${'{"a":'.repeat(400)}1${"}".repeat(400)}`) as object },
    },
  };
  const metadata: Readonly<Record<string, string>> = {
    "what we wrote": JSON.stringify({ i: "i1", d: "0".repeat(12) }),
    "an alert's name of 3,000 characters": JSON.stringify({ a: "(a+)+$".repeat(500), d: "0" }),
    "lists without end": "[".repeat(3_000),
  };

  test("may have written what they like, into whichever fields", async (t) => {
    const features = await setUp(t);
    const silences = await setUpSilences(t);
    await silences.incident("i1", [firing("a", { labels: { alertname: "A" } })]);
    const clicks = { ...features.clicks, ...silences.clicks };
    const submissions = { ...features.submissions, ...silences.submissions };
    const half = await startSlackHalf(t, { ...features, clicks, submissions });
    const user = { id: "U0ALICE" };
    for (const [what, state] of Object.entries(values)) {
      for (const [kept, written] of Object.entries(metadata)) {
        for (const callback of Object.keys(submissions)) {
          const view = {
            id: "V1",
            type: "modal",
            callback_id: callback,
            title: { type: "plain_text", text: "t" },
            private_metadata: written,
            state: { values: state },
          };
          const name = `${what}, ${kept}, ${callback}`;
          const submitted = { type: "view_submission", user, view };
          const { status } = await goesOn(name, () =>
            half.send(Buffer.from(JSON.stringify(submitted))),
          );
          assert.equal(status, 200, name);
          const acted = {
            type: "block_actions",
            user,
            view,
            trigger_id: "1.2",
            actions: [{ action_id: SILENCE.where, type: "static_select", value: LONG }],
          };
          await goesOn(`${name}, pressed`, () => half.send(Buffer.from(JSON.stringify(acted))));
        }
      }
      await features.clock.advance(60_000);
    }
    assert.equal(half.errors(), "");
  });

  test("may press any button with any value", async (t) => {
    const features = await setUp(t);
    const half = await startSlackHalf(t, features);
    for (const action of Object.keys(features.clicks)) {
      for (const value of [LONG, "\u0000".repeat(2_000), `${"x ".repeat(50_000)}`]) {
        await features.clock.advance(60_000);
        const acted = {
          type: "block_actions",
          user: { id: "U0ALICE" },
          channel: { id: "C0INCIDENTS" },
          message: { ts: "1.1", text: LONG },
          trigger_id: "1.2",
          actions: times(3_000, () => ({ action_id: action, type: "button", value: "" })),
        };
        const [first] = acted.actions;
        if (first !== undefined) first.value = value;
        const { status } = await goesOn(action, () =>
          half.send(Buffer.from(JSON.stringify(acted))),
        );
        assert.equal(status, 200, action);
      }
    }
    assert.equal(half.errors(), "");
  });
});
