/** What is asked about servers: lag and topics, also of one in trouble. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Reply } from "../../../src/diagnosis/reply.ts";
import { answered, HUNG, TARGET } from "../../diagnosis/polls.ts";
import { buttonsOf, STAGING, setUp } from "../commands/setting.ts";
import { PAST } from "./target-replies.ts";

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
