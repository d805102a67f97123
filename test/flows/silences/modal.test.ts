/** The silence modal: what it shows, and what becomes of it when Alertmanager or the store fail. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { SILENCE } from "../../../src/messages/render-silence-form.ts";
import type { View } from "../../../src/messages/view.ts";
import { hear } from "../../edges/store/stores.ts";
import { firing, HOUR, MINUTE, notification, resolved } from "../../incidents/notifications.ts";
import {
  ALICE,
  AT,
  BOB,
  DOWN,
  fieldOf,
  filled,
  finished,
  LOST,
  setUp,
  TARGET,
  wordsIn,
} from "./setting.ts";

const A = firing("a", { labels: { alertname: "Slow", instance: "b1" } });
const B = firing("b", { labels: { alertname: "Other", instance: "b2" } });

describe("the preview", () => {
  test("says that Alertmanager cannot tell, and still what was hidden in the past", async (t) => {
    const { incident, open, fail } = await setUp(t);
    await incident("i1", [A]);
    fail("alerts", DOWN);
    const words = wordsIn((await open("i1")).blocks);
    assert.match(
      words,
      /Now: I cannot tell\. Alertmanager at http:\/\/alertmanager:9093 refuses connections/,
    );
    assert.match(words, /In the last 7 days: 1 alert in 1 incident would have been hidden: Slow\./);
  });

  test("asks for what would be hidden where all that fires is too much to read", async (t) => {
    const { incident, open, alertmanagers } = await setUp(t, {
      ports: (ports) => ({
        alertmanagers: {
          ...ports.alertmanagers,
          alerts: async (address, matchers) =>
            matchers.length === 0
              ? { ...DOWN, isTooLarge: true }
              : ports.alertmanagers.alerts(address, matchers),
        },
      }),
    });
    assert.ok(alertmanagers);
    await incident("i1", [A]);
    assert.match(wordsIn((await open("i1")).blocks), /Now: 1 alert would be hidden: Slow\./);
  });

  test("counts what is silenced already as not seen, so that the rest is everything", async (t) => {
    const { incident, hold, open, choose, book } = await setUp(t);
    await incident("i1", [A]);
    hold([A, B, firing("c", { labels: { alertname: "Hushed" } })]);
    book.put({
      matchers: [{ name: "alertname", value: "Hushed", isRegex: false }],
      startsAt: new Date(0).toISOString(),
      endsAt: "2099-01-01T00:00:00Z",
      createdBy: "x",
      comment: "x",
    });
    const view = await open("i1");
    const wider = await choose(view, {
      [fieldOf(view, "alertname")]: "2",
      [fieldOf(view, "instance")]: "2",
    });
    assert.match(
      wordsIn(wider.blocks),
      /That is everything that fires now, more than this incident/,
    );
  });

  test("of an earlier choice does not take the place of a later one's", async (t) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    let asks = 0;
    const { incident, open, silences } = await setUp(t, {
      ports: ({ alertmanagers }) => ({
        alertmanagers: {
          ...alertmanagers,
          alerts: async (...asked) => {
            asks += 1;
            if (asks === 2) await promise;
            return alertmanagers.alerts(...asked);
          },
        },
      }),
    });
    await incident("i1", [A]);
    const view = await open("i1");
    const click = (choice: string) =>
      silences.interactions.clicks[SILENCE.label]?.({
        person: ALICE,
        action: SILENCE.label,
        actionId: fieldOf(view, "instance"),
        value: choice,
        fields: { [fieldOf(view, "instance")]: choice },
        view: { id: "V1", callbackId: view.callbackId, metadata: view.metadata ?? "" },
      });
    const first = click("0");
    assert.equal((await click("1"))?.kind, "view");
    resolve();
    assert.equal((await first)?.kind, "nothing");
  });
});

describe("who may not silence", () => {
  test("is told how it is configured, in the modal and under Undo", async (t) => {
    const { incident, open, click, book, submit } = await setUp(t);
    await incident("i1", [A]);
    assert.match(wordsIn((await open("i1", BOB)).blocks), /permissions\.silence/);
    await finished(await submit(await open("i1")));
    const id = book.list()[0]?.id ?? "";
    for (const [action, value] of [
      ["unsilence", `i1 ${id}`],
      ["end_silence", id],
    ] as const) {
      const reaction = await click(action, value, BOB);
      assert.ok(reaction.kind === "message");
      assert.match(reaction.message.text, /permissions\.silence/);
    }
    assert.equal(book.find(id)?.state, "active");
  });
});

describe("a submitted silence", () => {
  test("is made, kept with the incident and in the audit log", async (t) => {
    const { incident, open, submit, book, store } = await setUp(t);
    await incident("i1", [A, { ...A, fingerprint: "a2", labels: { ...A.labels, instance: "b2" } }]);
    const done = await finished(await submit(await open("i1"), { [SILENCE.duration]: "2h" }));
    assert.match(
      wordsIn(done.blocks),
      /Silenced until .*2 alerts that fire now will not be notified/,
    );
    const [made] = book.list();
    assert.equal(made?.endsAt, (made?.startsAt ?? 0) + 2 * HOUR);
    const kept = await store.incident("i1");
    assert.deepEqual(
      kept?.silences?.map(({ id, alertmanager }) => [id, alertmanager]),
      [[made?.id, AT]],
    );
    const audit = (await store.timeline("i1", 10)).filter(({ kind }) => kind === "audit");
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
    assert.match(
      words,
      /Nothing was silenced, since nobody can tell what it would hide.*refuses connections/,
    );
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

  test("of alerts that changed since is shown anew instead of made", async (t) => {
    const { incident, open, submit, store, book, choose } = await setUp(t);
    await incident("i1", [A]);
    const view = await open("i1");
    const more = [A, { ...B, labels: { ...B.labels, alertname: "Slow" } }];
    await hear(store, "x", { body: notification(more, { groupKey: "i1" }) });
    const wide = { [fieldOf(view, "instance")]: "2" };
    assert.match(wordsIn((await choose(view, wide)).blocks), /have changed since you looked/);
    const after = await finished(await submit(view, wide));
    assert.match(wordsIn(after.blocks), /have changed since you looked, so nothing was silenced/);
    assert.match(wordsIn(after.blocks), /is one of b1, b2/);
    assert.deepEqual(book.list(), []);
    await finished(await submit(after));
    assert.deepEqual(book.list()[0]?.matchers.at(-1)?.value, "b1|b2");
  });

  test("whose answer was lost is found and not made twice", async (t) => {
    const { incident, open, submit, fail, book, store } = await setUp(t);
    await incident("i1", [A]);
    fail("make", LOST);
    const done = await finished(await submit(await open("i1")));
    assert.match(wordsIn(done.blocks), /Silenced until/);
    assert.equal(book.list().length, 1);
    assert.equal((await store.incident("i1"))?.silences?.length, 1);
  });

  test("of which nobody knows whether it was made is not made twice when sent again", async (t) => {
    const { incident, open, submit, fail, book, clock, store } = await setUp(t);
    await incident("i1", [A]);
    fail("make", LOST);
    fail("silences", DOWN);
    const doubtful = await finished(await submit(await open("i1")));
    assert.match(wordsIn(doubtful.blocks), /nobody knows yet whether it was silenced/);
    const still = await finished(await submit(doubtful));
    assert.match(wordsIn(still.blocks), /still does not tell which silences it has/);
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
      (await store.incident("i1"))?.silences?.map(({ id }) => id),
      [held[0]?.id],
    );
  });

  test("that cannot be written down is ended again", async (t) => {
    const { incident, open, submit, book, log } = await setUp(t, {
      ports: ({ store }) => ({
        store: { ...store, change: () => Promise.reject(new Error("disk full")) },
      }),
    });
    await incident("i1", [A]);
    const after = await finished(await submit(await open("i1")));
    assert.match(wordsIn(after.blocks), /could not be written down with me, so I ended it again/);
    assert.deepEqual(
      book.list().map(({ state }) => state),
      ["expired"],
    );
    assert.deepEqual(log.lines, ["error: a silence could not be written down"]);
  });

  test("that can neither be written down nor ended is told with its id", async (t) => {
    const { incident, open, submit, book, fail } = await setUp(t, {
      ports: ({ store }) => ({
        store: { ...store, change: () => Promise.reject(new Error("disk full")) },
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
    assert.match(wordsIn((await finished(await submit(view))).blocks), /do not know this incident/);
    assert.match(wordsIn((await open("i1")).blocks), /do not know this incident/);
  });
});

describe("which Alertmanager", () => {
  const [ONE, TWO] = ["http://one:9093", "http://two:9093"];
  const targets = [
    { ...TARGET, name: "a", alertmanager: ONE },
    { ...TARGET, name: "b", alertmanager: TWO },
    { ...TARGET, name: "c", alertmanager: TWO },
  ];

  test("is asked where several are configured and nothing tells, each once", async (t) => {
    const asked: string[] = [];
    const { incident, open, submit } = await setUp(t, {
      targets,
      ports: ({ alertmanagers }) => ({
        alertmanagers: {
          ...alertmanagers,
          make: (address, silence) => {
            asked.push(address);
            return alertmanagers.make(address, silence);
          },
        },
      }),
    });
    await incident("i1", [A]);
    const view = await open("i1");
    const words = wordsIn(view.blocks);
    assert.match(words, /In which Alertmanager/);
    assert.match(words, /b, c: http:\/\/two:9093/);
    assert.match(words, /Now: choose an Alertmanager above/);
    const again = await finished(await submit(view));
    assert.match(wordsIn(again.blocks), /Choose in which Alertmanager first/);
    await finished(await submit(again, { [SILENCE.where]: "b" }));
    assert.deepEqual(asked, [TWO]);
  });

  test("is said to be missing where none is configured", async (t) => {
    const { alertmanager: _, ...bare } = TARGET;
    const { incident, open, silences } = await setUp(t, { targets: [bare] });
    await incident("i1", [A]);
    assert.match(
      wordsIn((await open("i1")).blocks),
      /No Alertmanager is configured.*targets\[\]\.alertmanager/,
    );
    assert.match((await silences.list()).text, /No Alertmanager is configured/);
  });
});

describe("/streamline silence", () => {
  test("offers what fires, and opens the modal for a name or an id", async (t) => {
    const { incident, silences } = await setUp(t);
    await incident("i1", [A]);
    await incident("i2", [firing("z", { labels: { alertname: "Slow", instance: "b9" } })]);
    const which = await silences.silence("", ALICE);
    assert.ok("blocks" in which);
    assert.match(wordsIn(which.blocks), /Which one\?/);
    const several = await silences.silence("slow", ALICE);
    assert.match(wordsIn(several), /fires in several incidents/);
    const one = await silences.silence("i2", ALICE);
    assert.ok("skeleton" in one);
    assert.match(wordsIn((await filled({ kind: "modal", modal: one })).blocks), /is exactly b9/);
  });

  test("silences an alert that is not firing by its name, with a row in the audit log", async (t) => {
    const { silences, submit, book, database, store } = await setUp(t);
    await hear(store, "i1", { body: notification([A]) });
    await hear(store, "i1", {
      body: notification([resolved("a", { labels: A.labels })]),
      at: Date.now(),
    });
    const modal = await silences.silence("Slow", ALICE);
    assert.ok("skeleton" in modal);
    const view = await filled({ kind: "modal", modal });
    assert.match(wordsIn(view.blocks), /Slow, which is not firing/);
    await finished(await submit(view));
    assert.deepEqual(book.list()[0]?.matchers, [
      { name: "alertname", value: "Slow", isRegex: false, isEqual: true },
    ]);
    const rows = await database.sql.selectFrom("audit").selectAll().execute();
    assert.deepEqual(
      rows.map(({ who, action, incident_id }) => [who, action, incident_id]),
      [[ALICE.user, "silence", null]],
    );
  });

  test("does not take what is no name", async (t) => {
    const { silences } = await setUp(t);
    assert.match(
      wordsIn(await silences.silence("x".repeat(201), ALICE)),
      /too long for an alert's name/,
    );
  });
});

describe("ending a silence", () => {
  const silenced = async (t: Parameters<typeof setUp>[0]) => {
    const setting = await setUp(t);
    await setting.incident("i1", [A]);
    await finished(await setting.submit(await setting.open("i1")));
    return { ...setting, id: setting.book.list()[0]?.id ?? "" };
  };

  test("from the list tells the incident, too", async (t) => {
    const { click, id, store } = await silenced(t);
    const reaction = await click("end_silence", id);
    assert.ok(reaction.kind === "replacement");
    assert.match(reaction.message.text, /Nothing is silenced/);
    const { silences, mutedIn } = (await store.incident("i1")) ?? {};
    assert.deepEqual([silences, mutedIn], [undefined, AT]);
  });

  test("that Alertmanager does not do leaves it as it is, and says so", async (t) => {
    const { click, id, store, fail } = await silenced(t);
    fail("end", DOWN);
    const reaction = await click("unsilence", `i1 ${id}`);
    assert.ok(reaction.kind === "message");
    assert.match(reaction.message.text, /It still holds\. Alertmanager at .* refuses connections/);
    assert.equal((await store.incident("i1"))?.silences?.length, 1);
  });

  test("that no Alertmanager knows says so", async (t) => {
    const { click } = await silenced(t);
    const reaction = await click("end_silence", "00000000-0000-0000-0000-000000000000");
    assert.ok(reaction.kind === "message");
    assert.match(reaction.message.text, /No configured Alertmanager knows this silence/);
  });
});

test("labels more than fit are kept exact, and said", async (t) => {
  const { incident, open, submit, book } = await setUp(t);
  const labels = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`l${n}`, "v".repeat(n)]),
  );
  await incident("i1", [firing("a", { labels: { alertname: "Wide", ...labels } })]);
  const view: View = await open("i1");
  assert.match(wordsIn(view.blocks), /160 more labels must be exactly as they are, too/);
  await finished(await submit(view));
  // l0 is the empty text, which is no label.
  assert.equal(book.list()[0]?.matchers.length, 200);
});
