/** `ack` and `unack`: the incident that is meant, and what is said where none or several could be. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { firing } from "../../incidents/notifications.ts";
import { ALICE, setUp } from "../commands/setting.ts";

const alert = (name: string) => firing(name, { labels: { alertname: name, severity: "critical" } });
const BOB = { ...ALICE, user: "U0BOB" };

describe("ack", () => {
  test("by an alert's name, whatever its case, and back with unack", async (t) => {
    const { ask, fire, incidents } = await setUp(t);
    const id = await fire("g1", [alert("DiskFull")]);
    await fire("g2", [alert("StreamlineDown")]);
    assert.match(await ask("ack diskfull", { person: BOB }), /You are on DiskFull/);
    assert.equal((await incidents.incident(id))?.acknowledged?.by, "U0BOB");
    assert.match(await ask("unack DiskFull"), /Nobody is on DiskFull/);
    assert.equal((await incidents.incident(id))?.acknowledged, undefined);
  });

  test("without a name takes the thread's incident, or the only one that nobody is on", async (t) => {
    const { ask, fire, incidents } = await setUp(t);
    const first = await fire("g1", [alert("DiskFull")]);
    const second = await fire("g2", [alert("StreamlineDown")]);
    assert.match(await ask("ack", { threadTs: "ts-g2" }), /You are on StreamlineDown/);
    assert.match(await ask("ack"), /You are on DiskFull/);
    for (const id of [first, second]) {
      assert.notEqual((await incidents.incident(id))?.acknowledged, undefined);
    }
    assert.match(await ask("ack"), /nothing to acknowledge/);
  });

  test("asks back when several could be meant, with ids where names are the same", async (t) => {
    const { ask, fire } = await setUp(t);
    const first = await fire("g1", [alert("DiskFull")]);
    const second = await fire("g2", [alert("DiskFull")]);
    const question = await ask("ack DiskFull");
    assert.match(question, /Which of these 2 incidents/);
    for (const id of [first, second]) assert.ok(question.includes(id), id);
    assert.match(await ask(`ack ${second}`), /You are on DiskFull/);
  });

  test("names the nearest alert where none has the name", async (t) => {
    const { ask, fire } = await setUp(t);
    await fire("g1", [alert("DiskFull")]);
    assert.match(await ask("ack DiskFul"), /no open incident `DiskFul`[\s\S]*DiskFull/);
    assert.match(await ask("unack"), /not acknowledged|Somebody has already undone/);
  });

  test("in plain words, and as a question where it only begins so", async (t) => {
    const { ask, fire, incidents } = await setUp(t);
    const id = await fire("g1", [alert("DiskFull")]);
    await ask("what does ack mean for a producer?");
    assert.equal((await incidents.incident(id))?.acknowledged, undefined);
    assert.match(await ask("I'm on it", { threadTs: "ts-g1" }), /You are on DiskFull/);
  });

  test("is refused to whoever may not acknowledge, and does not show others' channels", async (t) => {
    const permissions = { acknowledge: { users: ["U0BOB"], groups: [] } };
    const { ask, fire, incidents } = await setUp(t, { permissions });
    const id = await fire("g1", [alert("DiskFull")]);
    assert.doesNotMatch(await ask("ack DiskFull"), /You are on/);
    assert.equal((await incidents.incident(id))?.acknowledged, undefined);
    assert.match(await ask("ack DiskFull", { person: BOB }), /You are on DiskFull/);
  });
});
