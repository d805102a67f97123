/** What is asked about incidents: alerts, history, handoff, timeline. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TURN_PAGE } from "../../../src/block-kit/paging.ts";
import { SHARE_HANDOFF } from "../../../src/features/history/render-handoff.ts";
import { ACTS } from "../../../src/features/incidents/render-acts.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { firing, HOUR, MINUTE, resolved, T0 } from "../../incidents/notifications.ts";
import { buttonsOf, STAGING, setUp, textOf } from "../commands/setting.ts";

function named(alertname: string, severity = "warning", extra = {}) {
  return firing(alertname, { labels: { alertname, severity, ...extra } });
}

describe("alerts", () => {
  test("without an incident says that nothing fires", async (t) => {
    const { ask } = await setUp(t);
    assert.match(await ask("alerts"), /Nothing is firing\./);
    assert.match(await ask("alerts silenced"), /No incident is silenced\./);
  });

  test("lists what is open by severity, and each state on its own", async (t) => {
    const { ask, fire, incidents } = await setUp(t);
    await fire("a", [named("Small", "info")]);
    const mine = await fire("b", [named("Mine", "warning")]);
    const quiet = await fire("c", [named("Quiet", "critical")]);
    const acknowledged = { by: "U0ALICE", at: T0, until: T0 + HOUR };
    await incidents.change(mine, T0, (incident) => ({
      incident: { ...incident, acknowledged },
      notices: [],
    }));
    const silences = [{ id: "s", by: "U0BOB", at: T0, until: T0 + HOUR, comment: "" }];
    await incidents.change(quiet, T0, (incident) => ({
      incident: { ...incident, silences },
      notices: [],
    }));

    assert.match(await ask("alerts"), /3 incidents are open.*\n.*Quiet.*\n.*Mine.*\n.*Small/);
    const firingOnes = await ask("alerts firing");
    assert.match(firingOnes, /2 incidents are firing/);
    assert.match(firingOnes, /1 other incident/);
    assert.match(
      await ask("alerts acknowledged"),
      /Mine.*acknowledged by <@U0ALICE> until <!date\^\d+\^[^|]*\|04:00/,
    );
    assert.match(
      await ask("alerts silenced orders"),
      /Quiet.*silenced by <@U0BOB> until <!date\^\d+\^[^|]*\|04:00/,
    );
    assert.match(await ask("alerts nowhere"), /There is no target `nowhere`/);
  });

  test("of another target are not shown for this one", async (t) => {
    const { ask, fire } = await setUp(t, { targets: [TARGET, STAGING] });
    await fire("a", [named("Small")]);
    assert.match(await ask("alerts staging"), /Nothing is firing on staging\./);
  });

  test("of hundreds come in pages, of which the next takes the place of the one before", async (t) => {
    const { answer, fire, click } = await setUp(t);
    for (let n = 0; n < 25; n++) await fire(`g${n}`, [named(`Alert${n}`)]);
    const message = await answer("alerts");
    assert.deepEqual(buttonsOf(message), ["alerts page:2"]);
    const reaction = await click(TURN_PAGE, "alerts page:3");
    assert.ok(reaction.kind === "replacement");
    assert.match(reaction.message.text, /Page 3 of 3/);
  });
});

describe("history", () => {
  test("of an alert shows how often, how long, and what helped", async (t) => {
    let own = "";
    const { answer, clock, fire } = await setUp(t, {
      ports: {
        verdicts: {
          ofAlert: async (alert) => {
            assert.equal(alert, "DiskFull");
            const counts = { useful: 0, notUseful: 1, cleared: 4 };
            return [
              { sectionId: "gone.md#x", ...counts },
              { sectionId: "runbooks/DiskFull.md#meaning", useful: 2, notUseful: 0, cleared: 0 },
              { sectionId: "runbooks/DiskFull.md#mitigation", ...counts },
            ];
          },
          fixes: async () => [
            { who: "U0ALICE", at: T0, text: "grew the volume", incidentId: own },
            { who: "U0ALICE", at: T0, text: "of a channel that is not seen", incidentId: "b" },
          ],
        },
      },
    });
    own = await fire("a", [named("DiskFull")], T0);
    const over = {
      labels: { alertname: "DiskFull", severity: "warning" },
      endsAt: T0 + 12 * MINUTE,
    };
    await fire("a", [resolved("DiskFull", over)], T0 + 12 * MINUTE);
    await clock.advance(2 * HOUR);
    const message = await answer("history diskfull");
    assert.match(message.text, /DiskFull: fired 1 time in 7 days, 1 time in 30\./);
    assert.match(message.text, /Median duration 12 min, longest 12 min\./);
    assert.match(
      message.text,
      /What helped:\n.*Mitigation: cleared it 4 times, not to 1\n.*Meaning: useful to 2/,
    );
    assert.match(message.text, /What fixed it, as people wrote:\n.*“grew the volume” \(.*U0ALICE/);
    assert.doesNotMatch(message.text, /not seen/);
    assert.match(message.text, /<!date\^1795402800\^[^>]*> on orders: resolved after 12 min/);
    assert.ok(buttonsOf(message).includes("runbook DiskFull"));
  });

  test("of an alert that never fired says so; an unknown one gets the nearest of all names", async (t) => {
    const { ask, answer, fire } = await setUp(t);
    await fire("a", [named("BrokerGone")]);
    assert.match(
      await ask("history HighProduceLatency"),
      /has not fired since I started to record alerts/,
    );
    assert.deepEqual(buttonsOf(await answer("history DiskFul")), [
      "history DiskFull",
      "search history DiskFul",
    ]);
    assert.match(await ask("history BrokerGon"), /Nearest: BrokerGone\./);
    assert.match(await ask("history HighProducLatency"), /Nearest: HighProduceLatency\./);
    assert.match(await ask("history <!channel>`x`"), /There is no alert/);
  });
});

describe("handoff", () => {
  test("shows what is open, what was resolved and what had no answer", async (t) => {
    const { ask, clock, fire } = await setUp(t, {
      ports: {
        gaps: {
          since: async () => [
            { gap: "1", text: "how do I bake a cake", who: "U0BOB", channel: "C0INCIDENTS" },
            { gap: "1", text: "how do I bake a cake", who: "U0BOB", channel: "C0PUBLIC" },
          ],
        },
      },
    });
    await fire("a", [named("Open", "critical")]);
    await fire("b", [named("Over")]);
    const over = { labels: { alertname: "Over", severity: "warning" }, endsAt: T0 + MINUTE };
    await fire("b", [resolved("Over", over)], T0 + MINUTE);
    await clock.advance(HOUR);
    const text = await ask("handoff last:6h");
    assert.match(text, /Handoff: 1 open, 0 acknowledged, 0 silenced\. Last 6 h:/);
    assert.match(text, /Unacknowledged:\n• 🔴 CRITICAL Open · orders/);
    assert.match(text, /Resolved: 1, 1 of them never acknowledged\./);
    assert.match(text, /no runbook.*:\n• how do I bake a cake/);
    assert.match(await ask("handoff last:soon"), /not a valid duration/);
  });

  test("is shared with the channel by its button, without the button", async (t) => {
    const { answer, fire, click, slack } = await setUp(t);
    await fire("a", [named("Open", "critical")]);
    const [value = ""] = buttonsOf(await answer("handoff last:6h"));
    assert.equal(value, String(6 * HOUR));
    const reaction = await click(SHARE_HANDOFF, value);
    assert.deepEqual(reaction, { kind: "nothing" });
    assert.equal(slack.messages[0]?.channel, "C0INCIDENTS");
    assert.match(slack.messages[0]?.text ?? "", /Handoff: 1 open/);
  });

  test("that Slack refuses is told to whoever shared it", async (t) => {
    const { click, slack } = await setUp(t);
    slack.trouble("post", [{ kind: "refused", error: "not_in_channel", of: "channel" }]);
    assert.match(
      textOf(await click(SHARE_HANDOFF, "rubbish")),
      /could not post it here \(not_in_channel\)\. Invite me/,
    );
  });
});

describe("timeline", () => {
  test("of an incident goes into its thread as a file, with what people said", async (t) => {
    const { ask, fire, uploads } = await setUp(t, {
      ports: {
        talk: {
          read: async (channel, ts) => {
            assert.deepEqual([channel, ts], ["C0INCIDENTS", "ts-a"]);
            const text = "on it with @U0000BOB and @U0000EVE";
            return { kind: "read", messages: [{ at: T0 + MINUTE, by: "U0ALICE", text }] };
          },
          // Slack does not say who U0000EVE is.
          names: async (ids) => {
            assert.ok(ids.includes("U0000BOB"));
            return new Map([
              ["U0ALICE", "Alice"],
              ["U0000BOB", "Bob"],
            ]);
          },
        },
      },
    });
    const id = await fire("a", [named("DiskFull")]);
    assert.match(await ask("timeline DiskFull"), /timeline of DiskFull is in its thread/);
    assert.match(await ask(`timeline ${id}`), /is in its thread/);
    assert.match(await ask("timeline", { threadTs: "ts-a" }), /is in its thread/);
    assert.equal(uploads.length, 3);
    assert.partialDeepStrictEqual(uploads[0], { channel: "C0INCIDENTS", threadTs: "ts-a" });
    assert.match(uploads[0]?.filename ?? "", /^incident-2026-11-23-[\w-]+\.md$/);
    assert.match(
      uploads[0]?.text ?? "",
      /\*\*fired\*\*: `DiskFull`\n.*`Alice` wrote: `on it with @Bob and @U0000EVE`/,
    );
  });

  test("asked for in private stays there", async (t) => {
    const { ask, fire, uploads } = await setUp(t);
    await fire("a", [named("DiskFull")]);
    await ask("timeline DiskFull", { person: { user: "U0ALICE", channel: "D0ALICE" } });
    assert.equal(uploads[0]?.channel, "D0ALICE");
    assert.equal(uploads[0]?.threadTs, undefined);
  });

  test("that Slack takes no file for is shown as it is", async (t) => {
    const { ask, fire } = await setUp(t, {
      ports: {
        files: { upload: async () => "missing_scope" },
        talk: {
          read: async () => ({ kind: "refused", error: "missing_scope", of: "channel" }),
          names: async () => new Map(),
        },
      },
    });
    await fire("a", [named("DiskFull")]);
    const text = await ask("timeline DiskFull");
    assert.match(text, /```\n# Incident: `DiskFull`/);
    assert.match(text, /could not be read: `missing_scope`/);
    assert.match(text, /could not post it as a file: missing_scope\./);
  });

  test("without a name offers the latest incidents, and with an unknown one the nearest", async (t) => {
    const { answer, ask, fire } = await setUp(t);
    assert.match(await ask("timeline"), /No incident yet/);
    const id = await fire("a", [named("DiskFull")]);
    assert.deepEqual(buttonsOf(await answer("timeline")), [`timeline ${id}`]);
    assert.match(
      await ask("timeline DiskFul"),
      /There is no incident `DiskFul`.*\nNearest: DiskFull\./,
    );
  });

  test("by its button needs the right to ask", async (t) => {
    const permissions = { ask: { users: ["U0NOBODY"], channels: [] } };
    const { fire, click, uploads } = await setUp(t, { permissions });
    const id = await fire("a", [named("DiskFull")]);
    for (const action of [ACTS.timeline, SHARE_HANDOFF]) {
      assert.match(textOf(await click(action, id)), /does not let you ask/);
    }
    assert.equal(uploads.length, 0);
  });
});

test("search --explain shows routes, words and scores of each result", async (t) => {
  const { ask } = await setUp(t);
  for (const flag of ["--explain", "—explain", "-- explain"]) {
    const text = await ask(`search ${flag} disk full`);
    assert.match(text, /How “disk full” was found/, flag);
    assert.match(text, /The disk is full.*: score [\d.]+.*(name|words) [\d.]+: /, flag);
  }
  assert.match(
    await ask("search --explain apple pie"),
    /Nothing in the runbooks covers “apple pie”/,
  );
  assert.match(await ask("search --explain"), /Something is missing/);
});
