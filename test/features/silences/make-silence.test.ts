/** A submitted silence, and what becomes of it when Alertmanager or the store fail. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ACTS } from "../../../src/features/incidents/render-acts.ts";
import { SILENCE } from "../../../src/features/silences/form-names.ts";
import { watch } from "../../edges/store/stores.ts";
import { firing, HOUR, MINUTE, notification } from "../../incidents/notifications.ts";
import { ALICE, AT, DOWN, fieldOf, finished, LOST, setUp, wordsIn } from "./setting.ts";

const A = firing("a", { labels: { alertname: "Slow", instance: "b1" } });
const B = firing("b", { labels: { alertname: "Other", instance: "b2" } });

describe("a submitted silence", () => {
  test("is made, kept with the incident and in the audit log", async (t) => {
    const { incident, open, submit, book, incidents } = await setUp(t);
    await incident("i1", [A, { ...A, fingerprint: "a2", labels: { ...A.labels, instance: "b2" } }]);
    const done = await finished(await submit(await open("i1"), { [SILENCE.duration]: "2h" }));
    assert.match(
      wordsIn(done.blocks),
      /Silenced until .*2 alerts that fire now will not be notified/,
    );
    const [made] = book.list();
    assert.equal(made?.endsAt, (made?.startsAt ?? 0) + 2 * HOUR);
    const kept = await incidents.incident("i1");
    assert.deepEqual(
      kept?.silences?.map(({ id, alertmanager }) => [id, alertmanager]),
      [[made?.id, AT]],
    );
    const audit = (await incidents.timeline("i1", 10)).filter(({ kind }) => kind === "audit");
    assert.partialDeepStrictEqual(audit, [
      { who: ALICE.user, action: "silence", detail: { id: made?.id } },
    ]);
  });

  for (const [what, fields, errors] of [
    ["a time that cannot be read", { [SILENCE.other]: "soon" }, { silence_other: /90m/ }],
    ["too short a time", { [SILENCE.other]: "30s" }, { silence_other: /From 1m to 30d/ }],
    ["too long a time", { [SILENCE.other]: "31d" }, { silence_other: /From 1m to 30d/ }],
    ["no comment", { [SILENCE.comment]: " \n" }, { silence_comment: /Say why/ }],
  ] as const) {
    test(`with ${what} is refused at its field`, async (t) => {
      const { incident, open, submit, calls } = await setUp(t);
      await incident("i1", [A]);
      const result = await submit(await open("i1"), fields);
      assert.ok(result.kind === "errors");
      for (const [name, says] of Object.entries(errors))
        assert.match(result.errors[name] ?? "", says);
      assert.ok(!calls.includes("make"));
    });
  }

  test("is not made when nobody can tell what it would hide; what was typed stays", async (t) => {
    const { incident, open, submit, fail, book } = await setUp(t);
    await incident("i1", [A]);
    const view = await open("i1");
    fail("alerts", DOWN);
    const after = await finished(
      await submit(view, {
        [SILENCE.other]: "3h",
        [SILENCE.comment]: "kept words",
        [fieldOf(view, "instance")]: "1",
      }),
    );
    const words = wordsIn(after.blocks);
    assert.match(words, /Nothing was silenced, because .*refuses connections/);
    assert.match(words, /kept words/);
    assert.match(words, /3h/);
    assert.match(
      JSON.stringify(after.blocks),
      /"initial_option":\{"text":\{"type":"plain_text","text":"starts with b1"/,
    );
    assert.deepEqual(book.list(), []);
  });

  test("that hides everything is refused, though more than the incident fires only since", async (t) => {
    const { incident, hold, open, submit, book } = await setUp(t);
    await incident("i1", [A]);
    const view = await open("i1");
    hold([A, B]);
    const wide = { [fieldOf(view, "alertname")]: "2", [fieldOf(view, "instance")]: "2" };
    assert.match(
      wordsIn((await finished(await submit(view, wide))).blocks),
      /Nothing was silenced: it would hide everything that fires now/,
    );
    assert.deepEqual(book.list(), []);
  });

  test("of alerts that changed since is shown again instead of made", async (t) => {
    const { incident, open, submit, incidents, book, choose } = await setUp(t);
    await incident("i1", [A]);
    const view = await open("i1");
    const more = [A, { ...B, labels: { ...B.labels, alertname: "Slow" } }];
    await watch(incidents, "x", { body: notification(more, { groupKey: "i1" }) });
    const wide = { [fieldOf(view, "instance")]: "2" };
    assert.match(
      wordsIn((await choose(view, wide)).blocks),
      /changed after you opened this window/,
    );
    const after = await finished(await submit(view, wide));
    assert.match(
      wordsIn(after.blocks),
      /changed after you opened this window, so nothing was silenced/,
    );
    assert.match(wordsIn(after.blocks), /is one of b1, b2/);
    assert.deepEqual(book.list(), []);
    await finished(await submit(after));
    assert.deepEqual(book.list()[0]?.matchers.at(-1)?.value, "b1|b2");
  });

  test("whose answer was lost is found and not made twice", async (t) => {
    const { incident, open, submit, fail, book, incidents } = await setUp(t);
    await incident("i1", [A]);
    fail("make", LOST);
    const done = await finished(await submit(await open("i1")));
    assert.match(wordsIn(done.blocks), /Silenced until/);
    assert.equal(book.list().length, 1);
    assert.equal((await incidents.incident("i1"))?.silences?.length, 1);
  });

  test("of which nobody knows whether it was made is not made twice when sent again", async (t) => {
    const { incident, open, submit, fail, book, clock, incidents } = await setUp(t);
    await incident("i1", [A]);
    fail("make", LOST);
    fail("silences", DOWN);
    const doubtful = await finished(await submit(await open("i1")));
    assert.match(wordsIn(doubtful.blocks), /not known whether it was silenced/);
    const still = await finished(await submit(doubtful));
    assert.match(wordsIn(still.blocks), /still does not say which silences it has/);
    fail("make");
    fail("silences");
    await clock.advance(10 * MINUTE);
    await finished(await submit(still, { [SILENCE.other]: "3h" }));
    const held = book.list().filter(({ state }) => state !== "expired");
    assert.deepEqual(
      held.map(({ endsAt }) => endsAt),
      [clock.now() + 3 * HOUR],
    );
    assert.deepEqual(
      (await incidents.incident("i1"))?.silences?.map(({ id }) => id),
      [held[0]?.id],
    );
  });

  test("that cannot be written down is ended again", async (t) => {
    const { incident, open, submit, book, log } = await setUp(t, {
      ports: ({ incidents }) => ({
        incidents: { ...incidents, change: () => Promise.reject(new Error("disk full")) },
      }),
    });
    await incident("i1", [A]);
    const after = await finished(await submit(await open("i1")));
    assert.match(wordsIn(after.blocks), /could not store it, so I ended it again/);
    assert.deepEqual(
      book.list().map(({ state }) => state),
      ["expired"],
    );
    assert.deepEqual(log.lines, ["error: a silence could not be written down"]);
  });

  test("that can neither be written down nor ended is reported with its id", async (t) => {
    const { incident, open, submit, book, fail } = await setUp(t, {
      ports: ({ incidents }) => ({
        incidents: { ...incidents, change: () => Promise.reject(new Error("disk full")) },
      }),
    });
    await incident("i1", [A]);
    const view = await open("i1");
    fail("end", DOWN);
    const words = wordsIn((await finished(await submit(view))).blocks);
    assert.ok(words.includes(`its id is ${book.list()[0]?.id}`), words);
  });

  test("of an incident that is gone meanwhile says so", async (t) => {
    const { incident, open, submit, database } = await setUp(t);
    await incident("i1", [A]);
    const view = await open("i1");
    await database.sql.deleteFrom("incidents").execute();
    assert.match(
      wordsIn((await finished(await submit(view))).blocks),
      /no longer have this incident/,
    );
    assert.match(wordsIn((await open("i1")).blocks), /no longer have this incident/);
  });
});

describe("a label whose name Alertmanager does not take", () => {
  const C = firing("c", { labels: { alertname: "Slow", "service.name": "cart" } });

  test("is named, left out in the form that follows, and then it is silenced without it", async (t) => {
    const { incident, open, submit, fail, book } = await setUp(t);
    await incident("i1", [C]);
    const view = await open("i1");
    const problem = 'Alertmanager refused it: invalid label name "service.name".';
    fail("make", { ...DOWN, problem, refusedMatcher: 1 });
    const after = await finished(await submit(view));
    const words = wordsIn(after.blocks);
    assert.match(words, /Nothing was silenced\..*service\.name/);
    assert.match(words, /Left out, .*label of that name.*: service\.name/);
    assert.match(words, /Now: 1 alert of 1 that fire/);
    assert.throws(() => fieldOf(after, "service.name"));
    fail("make");
    const done = await finished(await submit(after));
    assert.match(wordsIn(done.blocks), /Silenced until/);
    assert.deepEqual(
      book.list().flatMap(({ matchers }) => matchers.map(({ name, value }) => [name, value])),
      [["alertname", "Slow"]],
    );
  });
});

describe("an incident of a source with several members", () => {
  const MEMBERS = ["http://am-0:9093", "http://am-1:9093"];

  test("is silenced by the one that answers, and Undo asks the other when that is gone", async (t) => {
    const down = new Set(["http://am-0:9093"]);
    const asked: string[] = [];
    const { incident, open, submit, incidents, click, book } = await setUp(t, {
      targets: [],
      sources: [
        {
          name: "default",
          members: MEMBERS,
          arePeers: true,
          headers: {},
          targets: [],
          everyMs: 25_000,
          absentForMs: 30_000,
        },
      ],
      ports: ({ alertmanagers }) => {
        const through = <T>(call: string, address: string, act: () => Promise<T>) => {
          asked.push(`${call} ${address}`);
          return down.has(address) ? Promise.resolve(DOWN) : act();
        };
        return {
          alertmanagers: {
            ...alertmanagers,
            alerts: (at, matchers) =>
              through("alerts", at, () => alertmanagers.alerts(at, matchers)),
            make: (at, silence) => through("make", at, () => alertmanagers.make(at, silence)),
            end: (at, id) => through("end", at, () => alertmanagers.end(at, id)),
          },
        };
      },
    });
    await incident("i1", [A]);
    const view = await open("i1");
    assert.match(wordsIn(view.blocks), /in Alertmanager at http:\/\/am-1:9093/);
    await finished(await submit(view));
    const [made] = (await incidents.incident("i1"))?.silences ?? [];
    assert.equal(made?.alertmanager, "http://am-1:9093");
    assert.deepEqual(
      asked.filter((call) => call.startsWith("make")),
      ["make http://am-1:9093"],
    );
    down.clear();
    down.add("http://am-1:9093");
    await click(ACTS.unsilence, `i1 ${made?.id}`);
    assert.ok(book.list().every(({ state }) => state === "expired"));
  });
});

test("a choice says how many others it would take in, and another choice counts again", async (t) => {
  const pods = ["cart-1", "cart-2"].map((pod, n) =>
    firing(`c${n}`, { labels: { alertname: "Crash", pod } }),
  );
  const others = ["cart-3", "billing-1"].map((pod, n) =>
    firing(`o${n}`, { labels: { alertname: "Crash", pod } }),
  );
  const { incident, hold, open } = await setUp(t);
  await incident("i1", pods);
  hold([...pods, ...others]);
  const words = wordsIn((await open("i1")).blocks);
  assert.match(words, /starts with cart-: 1 other alert, too/);
  assert.match(words, /any value, or none: 2 other alerts, too/);
});
