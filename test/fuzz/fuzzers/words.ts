/** What people type and other apps post: read as a command, a question or alerts; never an exception. */

import assert from "node:assert/strict";
import { parseSlackPost } from "../../../src/alerts/parse-slack-post.ts";
import { foreignPostOf } from "../../../src/edges/slack/external-post.ts";
import { readSlackRequest } from "../../../src/edges/slack/read-request.ts";
import { parseJson } from "../../../src/exposition/parse-json.ts";
import { createSearch } from "../../../src/search/create-search.ts";
import { searchSections } from "../../../src/search/library-sections.ts";
import { libraryOf } from "../../block-kit/sections.ts";
import { TABLE } from "../../features/commands/setting.ts";
import { seedsOf } from "../corpus.ts";
import type { Fuzzer } from "../fuzzer.ts";

const NAMES = {
  isTarget: (word: string) => word === "orders",
  isTopic: (word: string) => word === "payments",
  isGroup: (word: string) => word === "billing",
};

export const typedTextFuzzer: Fuzzer = {
  name: "typed text",
  seeds: seedsOf("commands"),
  words: [
    ...TABLE.rows.map(({ name }) => `${name} `),
    ..."topic: group: target: since: orders payments billing 2h 30m why is slow".split(" "),
    '"',
    "“",
    "’",
    "`",
    "\u001b[31m",
    "ERROR ",
    "\n    at ",
  ],
  open: async () => {
    const library = libraryOf({
      "runbooks/DiskFull.md":
        "---\nalerts: [DiskFull]\nlogs: ['No space left on device']\n---\n# Full\n\n## Meaning\n\nFull.\n",
      "GUIDE.md": "# Guide\n\n## Slow\n\nThe server is slow.\n\n## Lag\n\nConsumers lag.\n",
    });
    const search = await createSearch(searchSections(library));
    return {
      feed(input) {
        const text = input.toString("utf8");
        const read = TABLE.read(text, NAMES);
        if (read.kind === "not-understood") assert.notEqual(read.problem, "");
        return search.ask(text, { limit: 5 });
      },
    };
  },
};

export const slackRequestFuzzer: Fuzzer = {
  name: "Slack requests",
  seeds: seedsOf("slack-requests"),
  words: [
    ..."type user id channel actions action_id view state values event message ts text".split(" "),
    ..."block_actions view_submission message_action event_callback app_mention message im".split(
      " ",
    ),
    ..."bot_id subtype message_changed attachments blocks fields title_link [FIRING:2] ".split(" "),
  ],
  isJson: true,
  open: async () => ({
    feed(input) {
      const form = new URLSearchParams({ payload: input.toString("utf8") }).toString();
      for (const [type, body] of [
        ["application/json", input],
        ["application/x-www-form-urlencoded; charset=utf-8", Buffer.from(form)],
        ["application/x-www-form-urlencoded", input],
      ] as const) {
        const read = readSlackRequest(type, body);
        if (read.kind === "malformed") assert.notEqual(read.reason, "");
        if (read.kind === "event") feedPost(read.body["event"]);
      }
      // Whatever is in the channel's history comes without being checked.
      feedPost(parseJson(input.toString("utf8")));
    },
  }),
};

function feedPost(event: unknown): void {
  if (typeof event !== "object" || event === null) return;
  const found = foreignPostOf(event, { botId: "B0OWN", appId: undefined });
  if (found === undefined) return;
  const read = parseSlackPost(found.post, (name) => name === "DiskFull");
  if (read.kind !== "alerts") assert.notEqual(read.reason, "");
  else assert.ok(read.posted.alerts.length > 0);
}
