/** The app's manifest: what the bot needs, each with its reason, within Slack's limits. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { parse } from "yaml";
import { missingScopes } from "../../../src/edges/slack/scopes.ts";

const TEXT = readFileSync("docs/slack-manifest.yaml", "utf8");
const manifest = parse(TEXT);

test("it asks for every scope that the bot looks for, and says what each is for", () => {
  const scopes: string[] = manifest.oauth_config.scopes.bot;
  assert.deepEqual(missingScopes(scopes), []);
  const lines = TEXT.split("\n");
  const unexplained = scopes.filter((scope) => {
    const at = lines.findIndex((line) => line.trim().startsWith(`- ${scope}`));
    return !lines[at]?.includes("#") && !lines[at - 1]?.trim().startsWith("#");
  });
  assert.deepEqual(unexplained, []);
});

test("its texts are within Slack's limits (docs.slack.dev, App manifest reference)", () => {
  const { display_information: shown, features, settings } = manifest;
  const limits: readonly (readonly [text: string, most: number])[] = [
    [shown.name, 35],
    [shown.description, 140],
    [features.bot_user.display_name, 80],
    ...features.shortcuts.flatMap((each: { name: string; description: string }) => [
      [each.name, 24] as const,
      [each.description, 150] as const,
    ]),
    ...features.slash_commands.flatMap((each: { description: string; usage_hint: string }) => [
      [each.description, 2_000] as const,
      [each.usage_hint, 1_000] as const,
    ]),
  ];
  for (const [text, most] of limits) assert.ok(text.length <= most, text);
  assert.match(shown.background_color, /^#[0-9a-f]{6}$/);
  const addresses = TEXT.match(/https:\/\/\S+\/slack\/events/g) ?? [];
  assert.equal(new Set(addresses).size, 1, "one address for commands, events and clicks");
  assert.equal(addresses.length, 3 + (TEXT.match(/^#.*https:.*\/slack\/events/gm)?.length ?? 0));
  assert.equal(settings.socket_mode_enabled, true);
});
