/** The silence modal: what it shows, for whom, and in which Alertmanager. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { View } from "../../../src/block-kit/view.ts";
import { SILENCE } from "../../../src/features/silences/form-names.ts";
import { renderSilences } from "../../../src/features/silences/render-silences.ts";
import { watch } from "../../edges/store/stores.ts";
import { firing, notification, resolved } from "../../incidents/notifications.ts";
import { ALICE, BOB, DOWN, fieldOf, filled, finished, setUp, TARGET, wordsIn } from "./setting.ts";

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
    const { incident, open, clicks } = await setUp(t, {
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
      clicks[SILENCE.label]?.({
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
  test("shows how it is configured, in the modal and under Undo", async (t) => {
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

  test("is shown as missing where none is configured", async (t) => {
    const { alertmanager: _, ...bare } = TARGET;
    const { incident, open, silences } = await setUp(t, { targets: [bare] });
    await incident("i1", [A]);
    assert.match(
      wordsIn((await open("i1")).blocks),
      /No Alertmanager is configured.*targets\[\]\.alertmanager/,
    );
    const { silences: none, nowMs } = await silences.list();
    assert.match(renderSilences(none, nowMs).text, /No Alertmanager is configured/);
  });
});

describe("/streamline silence", () => {
  test("offers what fires, and opens the modal for a name or an id", async (t) => {
    const { incident, silences } = await setUp(t);
    await incident("i1", [A]);
    await incident("i2", [firing("z", { labels: { alertname: "Slow", instance: "b9" } })]);
    const which = await silences.silence({ what: "" }, ALICE);
    assert.ok("blocks" in which);
    assert.match(wordsIn(which.blocks), /Which one\?/);
    const several = await silences.silence({ what: "slow" }, ALICE);
    assert.match(wordsIn(several), /fires in several incidents/);
    const one = await silences.silence({ what: "i2" }, ALICE);
    assert.ok("skeleton" in one);
    assert.match(wordsIn((await filled({ kind: "modal", modal: one })).blocks), /is exactly b9/);
  });

  test("begins with the time that was asked for, also when it is asked which alert", async (t) => {
    const { incident, silences, open } = await setUp(t);
    await incident("i1", [A]);
    for (const [duration, field] of [
      ["4h", /"initial_option":\{[^{}]*\{[^{}]*"4 hours"/],
      ["240m", /"initial_option":\{[^{}]*\{[^{}]*"4 hours"/],
      ["90m", /"initial_value":"90m"/],
    ] as const) {
      const modal = await silences.silence({ what: "Slow", duration }, ALICE);
      assert.ok("skeleton" in modal);
      const view = await filled({ kind: "modal", modal });
      assert.match(JSON.stringify(view.blocks), field);
      const which = await silences.silence({ what: "", duration }, ALICE);
      assert.match(JSON.stringify(which), new RegExp(`"value":"i1 ${duration}"`));
    }
    assert.match(JSON.stringify((await open("i1 90m")).blocks), /"initial_value":"90m"/);
  });

  test("silences an alert that is not firing by its name, with a row in the audit log", async (t) => {
    const { silences, submit, book, database, incidents } = await setUp(t);
    await watch(incidents, "i1", { body: notification([A]) });
    await watch(incidents, "i1", {
      body: notification([resolved("a", { labels: A.labels })]),
      at: Date.now(),
    });
    const modal = await silences.silence({ what: "Slow" }, ALICE);
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

  test("does not take what is not a name", async (t) => {
    const { silences } = await setUp(t);
    assert.match(
      wordsIn(await silences.silence({ what: "x".repeat(201) }, ALICE)),
      /too long for an alert's name/,
    );
  });
});

test("labels more than fit are kept exact, and reported", async (t) => {
  const { incident, open, submit, book } = await setUp(t);
  const labels = Object.fromEntries(
    Array.from({ length: 200 }, (_, n) => [`l${n}`, "v".repeat(n)]),
  );
  await incident("i1", [firing("a", { labels: { alertname: "Wide", ...labels } })]);
  const view: View = await open("i1");
  assert.match(wordsIn(view.blocks), /160 more labels must match exactly, too/);
  await finished(await submit(view));
  // l0 is the empty text, which is no label.
  assert.equal(book.list()[0]?.matchers.length, 200);
});
