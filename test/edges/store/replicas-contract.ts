/** What several replicas over one database do at the same time, and what must come of it once. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createDigestStore } from "../../../src/edges/store/digest-store.ts";
import { passTime } from "../../../src/incidents/act-on-incident.ts";
import { MINUTE, T0 } from "../../incidents/notifications.ts";
import { drain, type FreshAddress, ONE, openStore, watch } from "./stores.ts";

const COUNT = 3;

export function replicasContract(fresh: FreshAddress): void {
  const replicas = async (t: TestContext) => {
    const address = await fresh(t);
    const all = await Promise.all(
      Array.from({ length: COUNT }, async () => {
        const { store, database } = await openStore(t, address);
        return { ...store, digests: createDigestStore(database) };
      }),
    );
    const [first] = all;
    assert.ok(first !== undefined);
    return { all, first };
  };

  test("replicas that see a reminder fall due at the same time give it once, and so its end", async (t) => {
    const { all, first } = await replicas(t);
    await watch(first, "i1", { notices: [] });
    await first.change("i1", T0, (incident) => ({
      incident: {
        ...incident,
        acknowledged: { by: "U1", at: T0, remindAt: T0 + 5 * MINUTE, until: T0 + 10 * MINUTE },
      },
      notices: [],
    }));
    for (const [at, kind] of [
      [T0 + 6 * MINUTE, "reminder"],
      [T0 + 11 * MINUTE, "acknowledgement-ended"],
    ] as const) {
      await Promise.all(
        all.map(async (replica) => {
          for (const id of await replica.dueIncidents(at, 10)) {
            await replica.change(id, at, (incident) => passTime(incident, at));
          }
        }),
      );
      assert.deepEqual(
        (await drain(first, at)).filter((each) => each.endsWith(` ${kind}`)),
        [`i1 ${kind}`],
      );
    }
  });

  test("replicas that gather a storm at the same time make one digest, with each incident once", async (t) => {
    const { all, first } = await replicas(t);
    for (let n = 0; n < 40; n += 1) await watch(first, `i${n}`, { notices: ONE });
    const limits = { threshold: 10, most: 100, openMs: 10 * MINUTE };
    const gathered = await Promise.all(all.map(({ digests }) => digests.gather("C1", limits)));
    assert.equal(
      gathered.reduce((sum, count) => sum + count, 0),
      40,
    );
    const [said, ...others] = await drain(first, T0);
    assert.deepEqual(others, []);
    assert.match(said ?? "", / digest$/);
    const digest = await first.digests.digest((said ?? "").split(" ")[0] ?? "");
    assert.equal(new Set(digest?.incidents.map(({ id }) => id)).size, 40);
  });
}
