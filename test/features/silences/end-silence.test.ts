/** Undo, and the End button of the list. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { firing } from "../../incidents/notifications.ts";
import { AT, DOWN, finished, setUp } from "./setting.ts";

const A = firing("a", { labels: { alertname: "Slow", instance: "b1" } });

describe("ending a silence", () => {
  const silenced = async (t: Parameters<typeof setUp>[0]) => {
    const setting = await setUp(t);
    await setting.incident("i1", [A]);
    await finished(await setting.submit(await setting.open("i1")));
    return { ...setting, id: setting.book.list()[0]?.id ?? "" };
  };

  test("from the list tells the incident, too", async (t) => {
    const { click, id, incidents } = await silenced(t);
    const reaction = await click("end_silence", id);
    assert.ok(reaction.kind === "replacement");
    assert.match(reaction.message.text, /Nothing is silenced/);
    const { silences, mutedIn } = (await incidents.incident("i1")) ?? {};
    assert.deepEqual([silences, mutedIn], [undefined, AT]);
  });

  test("that Alertmanager does not do leaves it as it is, and says so", async (t) => {
    const { click, id, incidents, fail } = await silenced(t);
    fail("end", DOWN);
    const reaction = await click("unsilence", `i1 ${id}`);
    assert.ok(reaction.kind === "message");
    assert.match(
      reaction.message.text,
      /It is still active\. Alertmanager at .* refuses connections/,
    );
    assert.equal((await incidents.incident("i1"))?.silences?.length, 1);
  });

  test("that no Alertmanager knows says so", async (t) => {
    const { click } = await silenced(t);
    const reaction = await click("end_silence", "00000000-0000-0000-0000-000000000000");
    assert.ok(reaction.kind === "message");
    assert.match(reaction.message.text, /No configured Alertmanager knows this silence/);
  });
});
