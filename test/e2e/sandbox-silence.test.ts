/** Silencing in the sandbox: what the panel fires and ends while it is muted is not told. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.ts";
import { startSandboxBot } from "../support/sandbox-bot.ts";

test("an alert of the panel is silenced, ends unheard, and is heard again after the silence", async (t) => {
  const { slack, alertmanager, url } = await startSandboxBot(t);
  const panel = async (name: string, status: "firing" | "resolved") => {
    const answer = await fetch(`${url}/sandbox/alerts/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ status }),
    });
    assert.equal(answer.status, 200, await answer.text());
  };
  const textOf = (name: string) =>
    slack.messages("incidents").find(({ text }) => text.includes(name))?.text ?? "";

  await panel("CheckoutErrors", "firing");
  await panel("StreamlineDown", "firing");
  const message = await eventually("the message", () =>
    slack.messages("incidents").find(({ text }) => text.includes("StreamlineDown")),
  );
  const { ts } = message;
  await slack.clickButton({ user: "alice", channel: "incidents", ts, actionId: "silence" });
  await eventually("the form", () =>
    JSON.stringify(slack.views("alice")).includes("Now: 1 alert of 2 that fire would be hidden"),
  );
  const values = { silence_comment: { silence_comment: "trying it out" } };
  await slack.submitView({ user: "alice", values });
  await eventually("it is silenced", () => textOf("StreamlineDown").includes("SILENCED"));

  // It ends and begins again, and nothing of that is told.
  await panel("StreamlineDown", "resolved");
  await panel("StreamlineDown", "firing");
  const [silence] = (await (await fetch(`${alertmanager.url}/api/v2/silences`)).json()) as {
    id: string;
    comment: string;
  }[];
  assert.equal(silence?.comment, "trying it out");
  const said = slack.replies("incidents", ts).map(({ text }) => text);
  assert.ok(!said.some((text) => /Resolved after|Firing again/.test(text)), said.join("\n"));
  assert.equal(alertmanager.isMuted({ alertname: "StreamlineDown" }), false);

  const undo = await eventually("Undo", () =>
    slack.replies("incidents", ts).find(({ text }) => text.includes("silenced it until")),
  );
  await slack.clickButton({
    user: "alice",
    channel: "incidents",
    ts: undo.ts,
    actionId: "unsilence",
  });
  await eventually("it is heard again", () =>
    /CRITICAL StreamlineDown/.test(textOf("StreamlineDown")),
  );
  await panel("StreamlineDown", "resolved");
  await eventually("its end is told", () => textOf("StreamlineDown").includes("RESOLVED"));
});
