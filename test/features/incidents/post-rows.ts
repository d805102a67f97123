/**
 * Other apps' posts in watched channels, and what they must lead to: what was posted, edited and replied,
 * one after the other, and what then fires.
 */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { Json } from "../../support/case-bodies.ts";
import { type CaseWorld, createCaseWorld } from "../../support/case-world.ts";

type Step =
  | { readonly post: Json }
  | { readonly reply: Json }
  | { readonly edit: Json }
  | { readonly wait: number };

/** A post whose words stand in attachments, as Slack hands it over. */
export function attached(...attachments: readonly Json[]): Json {
  return { attachments: attachments.map((each) => ({ mrkdwn_in: ["text"], ...each })) };
}

export const RED = "#D63232";
export const GREEN = "#36a64f";

/** What Grafana adds below its post for each picture. */
export function picture(status: "Firing" | "Resolved", labels: string): Json {
  return attached({
    title: `*${status}*: ConsumerLag`,
    text: `*Labels*: ${labels}`,
    fallback: `*Labels*: ${labels}`,
    color: status === "Firing" ? RED : GREEN,
    image_url: "https://grafana/x.png",
    footer: "Grafana v13.0.1",
  });
}

/** A block with a headline. */
export const heading = (text: string): Json => ({
  type: "header",
  text: { type: "plain_text", text },
});

/** A line of rich text in pieces. */
export const words = (...texts: readonly string[]): Json => ({
  type: "rich_text_section",
  elements: texts.map((text) => ({ type: "text", text })),
});

async function play(t: TestContext, steps: readonly Step[]): Promise<CaseWorld> {
  const world = await createCaseWorld(t);
  for (const step of steps) {
    if ("wait" in step) await world.wait(step.wait);
    else if ("post" in step) await world.play({ post: { body: step.post } });
    else if ("edit" in step) await world.play({ edit: { body: step.edit } });
    else await world.play({ postInThread: { body: step.reply } });
  }
  await world.wait(60);
  return world;
}

/** "firing ConsumerLag a, ConsumerLag b": what of each incident fires, by name and topic or instance. */
async function shown(world: CaseWorld): Promise<string[]> {
  return (await world.incidents()).map(({ status, alerts }) => {
    const firing = alerts.filter((alert) => alert.status === "firing");
    const names = firing.map(({ labels }) =>
      [labels["alertname"], labels["severity"], labels["topic"] ?? labels["instance"]]
        .filter((each) => each !== undefined)
        .join(" "),
    );
    return [status, names.join(", ")].filter((each) => each !== "").join(": ");
  });
}

function runbooksOf({ rendered }: CaseWorld): string[] {
  return rendered.flatMap(({ notice }) => (notice.kind === "runbook" ? [notice.alert] : []));
}

interface Row {
  readonly what: string;
  readonly steps: readonly Step[];
  readonly shows: readonly string[];
  readonly runbooks?: readonly string[];
}

/** A test for each row: its steps are posted in a watched channel of a bot of its own. */
export function check(rows: readonly Row[]): void {
  for (const { what, steps, shows, runbooks } of rows) {
    test(what, async (t) => {
      const world = await play(t, steps);
      assert.deepEqual(await shown(world), shows);
      if (runbooks !== undefined) assert.deepEqual(runbooksOf(world), runbooks);
    });
  }
}

/** A step that lets a minute pass. */
export const MINUTE = { wait: 60 };
