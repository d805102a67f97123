/** The app's manifest: as Slack takes one, and with the scopes that what the bot calls needs: no more, no fewer. */

import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { parse, parseDocument } from "yaml";
import { MCP_PATH } from "../../../src/edges/mcp/mcp-route.ts";
import { APP_SCOPES, missingScopes } from "../../../src/edges/slack/scopes.ts";
import { EVENT_SCOPES, FEATURE_SCOPES, MANIFEST, METHOD_SCOPES } from "./manifest-shape.ts";

const TEXT = readFileSync("docs/slack-manifest.yaml", "utf8");
const manifest = MANIFEST.parse(parse(TEXT));
const SCOPES = manifest.oauth_config.scopes.bot ?? [];
const EVENTS = manifest.settings.event_subscriptions?.bot_events ?? [];

/** `client.chat.update(`, over several lines or not, and the helper for files. */
const CALL =
  /\b(?:web|client|slack)\s*\.\s*(?:(filesUploadV2)|([a-z]\w+(?:\s*\.\s*[a-z]\w+){1,2}))\s*\(/g;
/** `.apps.connections.open()` of a client that is made on the spot. */
const ON_THE_SPOT = /new WebClient\([^;]*?\}\)\s*\.\s*([a-z]+(?:\.[a-z]+){1,2})\(/gs;

function methodsCalled(): Set<string> {
  const files = globSync(["src/edges/slack/**/*.ts", "src/edges/doctor/**/*.ts", "src/app/*.ts"]);
  assert.ok(files.length > 20, "the folders are where this test looks");
  const found = new Set<string>();
  for (const file of files) {
    const code = readFileSync(file, "utf8");
    for (const [, files2, dotted] of code.matchAll(CALL)) {
      const method = (files2 ?? dotted ?? "").replace(/\s/g, "");
      if (method.startsWith("files") || /^[a-z]+\./.test(method)) found.add(method);
    }
    for (const [, dotted] of code.matchAll(ON_THE_SPOT)) found.add(dotted ?? "");
  }
  return found;
}

test("it has Slack's shape, and what Slack would refuse is refused", () => {
  const broken: readonly (readonly [path: readonly (string | number)[], value: unknown])[] = [
    [["features", "slash_command"], []],
    [["display_information", "name"], "x".repeat(36)],
    [["features", "bot_user", "display_name"], "Streamline Bot"],
    [["oauth_config", "scopes", "bot", 1], SCOPES[0]],
    [["settings", "event_subscriptions", "request_url"], "http://bot.example.com"],
    [["features", "shortcuts", 0, "type"], "channel"],
    [["display_information"], undefined],
  ];
  for (const [path, value] of broken) {
    const copy = parseDocument(TEXT);
    copy.setIn(path, value);
    assert.equal(MANIFEST.safeParse(copy.toJS()).success, false, path.join("."));
  }
});

test("each scope is needed by a method, an event or a feature that the bot uses, and none is missing", () => {
  const called = methodsCalled();
  // The reading of the code is itself held: a method that the table knows and nobody calls is a mistake.
  assert.deepEqual([...called].toSorted(), Object.keys(METHOD_SCOPES).toSorted());
  assert.deepEqual(EVENTS.toSorted(), Object.keys(EVENT_SCOPES).toSorted());
  const needed = new Set([
    ...Object.values(METHOD_SCOPES).flat(),
    ...Object.values(EVENT_SCOPES).flat(),
    ...FEATURE_SCOPES,
  ]);
  assert.deepEqual(SCOPES.toSorted(), [...needed].toSorted());
});

test("the doctor checks every scope of it, and says of each what does not work without it", () => {
  assert.deepEqual(APP_SCOPES.map(({ scope }) => scope).toSorted(), SCOPES.toSorted());
  assert.deepEqual(missingScopes(SCOPES), []);
  for (const scope of SCOPES) {
    const [lacking, ...others] = missingScopes(SCOPES.filter((each) => each !== scope));
    assert.equal(lacking?.scope, scope);
    assert.equal(others.length, 0);
    assert.ok((lacking?.without.length ?? 0) > 10, scope);
  }
  assert.deepEqual(missingScopes(undefined), [], "Slack did not say");
});

test("it says what each scope is for", () => {
  const lines = TEXT.split("\n");
  const unexplained = SCOPES.filter((scope) => {
    const at = lines.findIndex((line) => line.trim().startsWith(`- ${scope}`));
    return !lines[at]?.includes("#") && !lines[at - 1]?.trim().startsWith("#");
  });
  assert.deepEqual(unexplained, []);
});

test("with its lines for Slackbot it is one, too", () => {
  const lines = TEXT.split("\n").map((line) =>
    /^ *# (?:- mcp:connect|mcp_servers:| {2,}\w+:)/.test(line) ? line.replace("# ", "") : line,
  );
  const whole = MANIFEST.parse(parse(lines.join("\n")));
  assert.ok(whole.oauth_config.scopes.bot?.includes("mcp:connect"));
  const servers = Object.values(whole.mcp_servers ?? {});
  assert.equal(servers.length, 1);
  assert.equal(servers[0]?.auth_type, "slack_identity_auth");
  assert.ok(servers[0]?.url.endsWith(MCP_PATH));
});

test("commands, events and clicks have one address, and Socket Mode is on", () => {
  const addresses = TEXT.match(/https:\/\/\S+\/slack\/events/g) ?? [];
  assert.equal(new Set(addresses).size, 1);
  assert.equal(addresses.length, 3 + (TEXT.match(/^#.*https:.*\/slack\/events/gm)?.length ?? 0));
  assert.equal(manifest.settings.socket_mode_enabled, true);
});
