/** What is asked about servers: lag, topics, charts. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { RangeAnswer } from "../../../src/diagnosis/prometheus-answers.ts";
import type { Reply } from "../../../src/diagnosis/reply.ts";
import { createHistory } from "../../../src/history/history.ts";
import { answered, HUNG, TARGET } from "../../diagnosis/polls.ts";
import { T0 } from "../../incidents/notifications.ts";
import { buttonsOf, STAGING, setUp } from "../commands/setting.ts";

const GROUPS = "/api/v1/consumer-groups";
const TOPICS = "/api/v1/topics";

function json(value: unknown): Reply {
  return answered(JSON.stringify(value));
}

const LISTED = json([
  { group_id: "billing", state: "Stable", member_count: 3 },
  { group_id: "..", state: "Empty", member_count: 0 },
]);

function lagOf(lag: number) {
  const partition = {
    topic: "orders",
    partition: 0,
    current_offset: 5,
    log_end_offset: 5 + lag,
    lag,
  };
  return json({ partitions: [partition] });
}

const PAST = (() => {
  const history = createHistory();
  for (let ago = 600; ago >= 0; ago -= 15) {
    const samples = [
      {
        name: "streamline_records_total",
        labels: { topic: "orders", partition: "0" },
        value: 60_000 - ago * 10,
      },
      { name: "streamline_bytes_in_total", labels: { topic: "orders" }, value: 6e6 - ago * 1024 },
      { name: "streamline_connections_active", labels: {}, value: 40 + (ago % 7) },
      {
        name: "group_committed_offset",
        labels: { group: "billing", topic: "orders", partition: "0" },
        value: 1e6 - ago * 30,
      },
      {
        name: "group_end_offset",
        labels: { group: "billing", topic: "orders", partition: "0" },
        value: 2e6 - ago * 10,
      },
      {
        name: "group_lag",
        labels: { group: "billing", topic: "orders", partition: "0" },
        value: 9_000,
      },
      { name: "group_members", labels: { group: "billing" }, value: 3 },
    ];
    history.append(T0 - ago * 1_000, samples);
  }
  return history;
})();

describe("lag", () => {
  const replies = { [GROUPS]: LISTED, [`${GROUPS}/billing/lag`]: lagOf(12_000) };

  test("of a group shows total, partitions and when it has caught up", async (t) => {
    const { ask } = await setUp(t, { history: PAST, replies });
    const text = await ask("lag billing");
    assert.match(text, /billing on orders: 12,000 messages behind, catches up in 10 min\./);
    assert.match(text, /It reads 30 msg\/s, and 10 msg\/s arrive\./);
    assert.match(text, /orders\/0: lag 12,000/);
  });

  test("without a history says that it is not known yet", async (t) => {
    const { ask } = await setUp(t, { replies });
    assert.match(await ask("lag BILLING"), /not known yet whether it catches up/);
  });

  test("without a group lists all of them, those with most lag first", async (t) => {
    const { ask } = await setUp(t, { history: PAST, replies });
    assert.match(await ask("lag"), /2 consumer groups on orders.*\n.*billing: lag 9,000/);
    assert.match(await ask("lag orders"), /2 consumer groups on orders/, "a target by its name");
  });

  test("of an unknown group gets the nearest, and no path leads elsewhere", async (t) => {
    const { answer, asked } = await setUp(t, { replies });
    const message = await answer("lag biling");
    assert.match(
      message.text,
      /There is no consumer group `biling` on orders\.\nNearest: billing\./,
    );
    assert.deepEqual(buttonsOf(message), ["lag group:billing target:orders", "search lag biling"]);
    for (const name of ["..", "../../secret", "<!channel>", "`x`"]) await answer(`lag ${name}`);
    assert.ok(asked.every((path) => path === `orders ${GROUPS}`));
  });

  test("with several targets asks which, and keeps the group", async (t) => {
    const { answer, asked } = await setUp(t, { targets: [TARGET, STAGING], replies });
    assert.deepEqual(buttonsOf(await answer("lag billing")), [
      "lag billing target:orders",
      "lag billing target:staging",
    ]);
    assert.deepEqual(asked, []);
    await answer("lag billing staging");
    assert.deepEqual(asked, [`staging ${GROUPS}`, `staging ${GROUPS}/billing/lag`]);
  });
});

describe("a server in trouble", () => {
  const troubles: readonly (readonly [string, Reply, RegExp])[] = [
    ["refuses", { kind: "refused", ms: 1 }, /refuses connections: nothing listens there/],
    ["hangs", HUNG, /no complete answer within 2 s/],
    ["answers garbage", answered("<html>"), /something that is not JSON/],
    ["answers other JSON", answered('{"a":1}'), /JSON of another shape/],
    ["answers 500", answered("x", { status: 500 }), /answers 500/],
    ["has no such endpoint", answered("x", { status: 404 }), /404: this build does not have it/],
    [
      "sends 200 MB",
      { kind: "too-large", ms: 9, limitBytes: 16 * 1024 ** 2 },
      /sends more than 16 MiB/,
    ],
  ];
  for (const [what, reply, expected] of troubles) {
    test(`that ${what} is told to do exactly that`, async (t) => {
      const { ask } = await setUp(t, { replies: { [GROUPS]: reply, [TOPICS]: reply } });
      for (const command of ["lag", "lag billing", "topics", "topics orders*"]) {
        const text = await ask(command);
        assert.match(text, /of orders cannot be read/, command);
        assert.match(text, expected, command);
      }
    });
  }
});

describe("topics", () => {
  const topic = (name: string, total_bytes: number) => ({
    name,
    partition_count: 2,
    total_messages: 50,
    total_bytes,
  });
  const replies = {
    [TOPICS]: json([topic("small", 10), topic("orders", 2048), topic("orders-dlq", 100)]),
  };

  test("stand largest first, with how fast they grow", async (t) => {
    const { ask } = await setUp(t, { history: PAST, replies });
    const text = await ask("topics");
    assert.match(text, /3 topics on orders, 2.1 KiB, largest first:/);
    assert.match(
      text,
      /orders: partitions 2, messages 50, size 2 KiB, arrives 10 msg\/s, 1 KiB\/s\n.*orders-dlq.*\n.*small/,
    );
  });

  test("by pattern are those that match; a name in full is that one", async (t) => {
    const { ask } = await setUp(t, { replies, targets: [{ ...TARGET, name: "prod" }] });
    assert.match(await ask("topics orders"), /1 topic matching orders/);
    assert.match(await ask("topics ORD"), /2 topics matching ORD/);
    assert.match(await ask("topics *dlq"), /1 topic matching \*dlq/);
    assert.match(await ask("topics smal"), /1 topic matching/);
    assert.match(
      await ask("topics smoll"),
      /no topic that matches `smoll` on prod\.\nNearest: small\./,
    );
  });
});

describe("chart", () => {
  test("draws a pattern from the history, and says what else matches", async (t) => {
    const { answer } = await setUp(t, { history: PAST });
    const message = await answer("chart bytes_in");
    assert.match(message.text, /orders, last 30 min: `streamline_bytes_in_total per second`/);
    assert.match(message.text, /orders: now 1 KiB\/s, min 768 B\/s, max 1 KiB\/s, trend ▁██/);
    assert.ok(message.blocks.some((block) => (block.type as string) === "data_visualization"));
  });

  test("draws PromQL in backticks, and says what is wrong with it", async (t) => {
    const { ask } = await setUp(t, { history: PAST });
    assert.match(
      await ask("chart `sum(rate(streamline_records_total[2m]))` last:5m"),
      /now 10, min 10/,
    );
    assert.match(
      await ask("chart `sum(rate(up[2m])`"),
      /expression cannot be used: .*at character/,
    );
    assert.match(await ask("chart `streamline_connections_active == -5`"), /fewer than two values/);
    assert.match(await ask("chart `up == 5`"), /no series named up\.$/);
    assert.match(await ask("chart `connections_active` orders"), /streamline_connections_active/);
  });

  test("of an unknown name gets the nearest, and without a history says so", async (t) => {
    const { ask } = await setUp(t, { history: PAST });
    assert.match(
      await ask("chart conections_activ"),
      /Nearest names: streamline_connections_active/,
    );
    assert.match(await ask("chart bytes_in{"), /Write the pattern as|cannot draw/);
    assert.match(await ask("chart bytes_in last:soon"), /not a valid duration/);
    assert.match(await ask("chart"), /Something is missing/);
    const expression = await ask("chart sum(rate(streamline_byts_in_total[5m]))");
    assert.match(expression, /streamline_byts_in_total.*Did you mean streamline_bytes_in_total/);
    assert.doesNotMatch(expression, /fewer than two values/);
    const empty = await setUp(t);
    assert.match(await empty.ask("chart bytes_in"), /I have no history of it yet/);
  });

  test("beyond an hour without a Prometheus draws the hour and says what to configure", async (t) => {
    const { ask } = await setUp(t, { history: PAST });
    const text = await ask("chart bytes_in last:6h");
    assert.match(text, /last 1 h/);
    assert.match(text, /set `prometheus` of this target/);
  });

  const target = { ...TARGET, prometheus: "http://prometheus:9090", labels: { job: "streamline" } };

  async function withPrometheus(t: Parameters<typeof setUp>[0], answers: readonly RangeAnswer[]) {
    const asked: string[] = [];
    const prometheus = {
      range: async (_: unknown, expr: string) => {
        asked.push(expr);
        return answers[asked.length - 1] ?? { kind: "lines" as const, lines: [] };
      },
    };
    const { ask } = await setUp(t, { history: PAST, targets: [target], ports: { prometheus } });
    return { ask, asked };
  }

  const lines: RangeAnswer = {
    kind: "lines",
    lines: [
      {
        labels: { topic: "orders" },
        points: [0, 1]
          .map((n) => ({ timeMs: T0 - n * 18 * 60_000, value: 2_048 * (n + 1) }))
          .toReversed(),
      },
    ],
  };

  test("beyond an hour asks the target's Prometheus, for this target's series", async (t) => {
    const { ask, asked } = await withPrometheus(t, [lines]);
    const text = await ask("chart bytes_in last:6h");
    assert.deepEqual(asked, ['rate(streamline_bytes_in_total{job="streamline"}[1080s])']);
    assert.match(text, /last 6 h/);
    assert.match(text, /now 2 KiB\/s, min 2 KiB\/s, max 4 KiB\/s/);
    assert.match(text, /1 series from Prometheus, 2 points/);
  });

  test("asks without the target's labels when no series has them, and says so", async (t) => {
    const { ask, asked } = await withPrometheus(t, [{ kind: "lines", lines: [] }, lines]);
    assert.match(
      await ask("chart bytes_in last:6h"),
      /No series in Prometheus has this target's labels/,
    );
    assert.equal(asked[1], "rate(streamline_bytes_in_total[1080s])");
  });

  test("shows what Prometheus does instead of answering", async (t) => {
    const refused = await withPrometheus(t, [
      { kind: "refused", status: 400, problem: "parse error: x" },
    ]);
    assert.match(
      await refused.ask("chart `rate(up` last:6h"),
      /Prometheus refuses it: parse error: x/,
    );
    const down = await withPrometheus(t, [{ kind: "unavailable", says: "refuses connections" }]);
    assert.match(
      await down.ask("chart bytes_in last:6h"),
      /Prometheus of orders cannot be read[\s\S]*http:\/\/prometheus:9090 refuses connections/,
    );
    const empty = await withPrometheus(t, []);
    assert.match(
      await empty.ask("chart group_lag last:6h"),
      /Prometheus has no streamline_target_group_lag of it[\s\S]*\/metrics\/targets/,
    );
  });

  test("does not ask it for what the bot has seen", async (t) => {
    const { ask, asked } = await withPrometheus(t, []);
    assert.match(await ask("chart bytes_in last:10m"), /from the bot's samples/);
    assert.deepEqual(asked, []);
  });

  test("asks it for the time before the bot began, and draws its own samples where that has none", async (t) => {
    const { ask, asked } = await withPrometheus(t, [lines]);
    assert.match(await ask("chart bytes_in last:1h"), /1 series from Prometheus/);
    assert.equal(asked.length, 1);
    const down = await withPrometheus(t, [{ kind: "unavailable", says: "refuses connections" }]);
    assert.match(await down.ask("chart bytes_in last:1h"), /from the bot's samples/);
  });

  test("asks for the bot's own series by the name and labels under which they are exported", async (t) => {
    const { ask, asked } = await withPrometheus(t, [lines]);
    assert.match(await ask("chart group_lag last:6h"), /1 series from Prometheus/);
    assert.match(
      asked[0] ?? "",
      /^max without \(.*\) \(last_over_time\(streamline_target_group_lag\{target="orders",server="[^"]+"\}\[1080s\]\)\)$/,
    );
  });
});
