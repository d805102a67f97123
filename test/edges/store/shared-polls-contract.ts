/** Who of several replicas polls, and what the others learn of it. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { sharePolls } from "../../../src/edges/store/shared-polls.ts";
import type { PollPart } from "../../../src/edges/streamline/poll-share.ts";
import { SECOND, T0 } from "../../incidents/notifications.ts";
import { type FreshAddress, openStore } from "./stores.ts";

const INTERVAL_MS = 15 * SECOND;

/** For a database that replicas may share. */
export function sharedPollsContract(fresh: FreshAddress): void {
  const replicas = async (t: TestContext, count: number) => {
    const address = await fresh(t);
    return Promise.all(
      Array.from({ length: count }, async () => {
        const { database, store } = await openStore(t, address);
        return { ...sharePolls(database, INTERVAL_MS), setTime: store.setTime };
      }),
    );
  };
  const sorted = (parts: readonly PollPart[]) => parts.toSorted();

  test("of four replicas that ask at the same time two poll, and go on polling", async (t) => {
    const all = await replicas(t, 4);
    await Promise.all(all.map((each) => each.part("orders")));
    const first = await Promise.all(all.map((each) => each.part("orders")));
    assert.deepEqual(sorted(first), ["follows", "follows", "polls", "publishes"]);
    const again = await Promise.all(all.map((each) => each.part("orders")));
    assert.deepEqual(again, first);
  });

  test("each target has two places of its own", async (t) => {
    const [one, two, three] = await replicas(t, 3);
    assert.ok(one !== undefined && two !== undefined && three !== undefined);
    await Promise.all([one.part("orders"), two.part("orders")]);
    assert.deepEqual(
      [await three.part("orders"), await three.part("billing")],
      ["follows", "polls"],
    );
  });

  test("the place of a replica that stops is free at once, of one that died after its lease", async (t) => {
    const [one, two, three] = await replicas(t, 3);
    assert.ok(one !== undefined && two !== undefined && three !== undefined);
    await one.part("orders");
    await two.part("orders");
    assert.equal(await three.part("orders"), "follows");
    await two.release();
    assert.equal(await three.part("orders"), "polls");
    three.setTime(T0 + 60 * SECOND);
    two.setTime(T0 + 60 * SECOND);
    await three.part("orders");
    assert.notEqual(await two.part("orders"), "follows", "the first one's lease is over");
    one.setTime(T0 + 61 * SECOND);
    assert.equal(await one.part("orders"), "follows", "it came back, and its place is taken");
  });

  test("who follows gets each poll once, with every value and character", async (t) => {
    const [one, two] = await replicas(t, 2);
    assert.ok(one !== undefined && two !== undefined);
    const values = [0, -1.5, 1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const samples = Array.from({ length: 5_000 }, (_, n) => ({
      name: `streamline_${n % 7}`,
      labels: { topic: `t\u0000${n}`, path: 'a "quoted" \ud800 one' },
      value: values[n % values.length] ?? 0,
    }));
    await one.publish("orders", { timeMs: T0, samples });
    const seen = await two.latest("orders", 0);
    assert.equal(seen?.timeMs, T0);
    assert.deepEqual(seen.samples, samples);
    assert.equal(await two.latest("orders", T0), undefined);
    await one.publish("orders", { timeMs: T0 - 1, samples: [] });
    assert.equal((await two.latest("orders", 0))?.timeMs, T0, "an older one comes late");
  });
}
