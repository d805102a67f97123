/** A test alert of the doctor through a real Alertmanager. */
// needs: prometheus-alertmanager

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { stringify } from "yaml";
import { startApp } from "../../../src/app.ts";
import { parseConfig } from "../../../src/config/parse-config.ts";
import { createLog } from "../../../src/edges/log.ts";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { freePort, startAlertmanager } from "../../support/programs.ts";
import { alertmanagerConfig, WEBHOOK_TOKEN } from "./doctor-programs.ts";
import { doctor } from "./doctor-runs.ts";

test("a test alert goes from a real Alertmanager into Slack, or is reported not to have come", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, streamline } = sandbox;
  const port = await freePort();
  const listening = alertmanagerConfig({ port });
  const alertmanager = await startAlertmanager(t, stringify(listening));
  const store = join(mkdtempSync(join(tmpdir(), "bot-doctor-")), "bot.db");
  const file = {
    listen: `127.0.0.1:${port}`,
    slack: { mode: "http" },
    store,
    targets: [
      {
        name: "shop",
        http: streamline.http,
        kafka: streamline.kafka,
        alertmanager: alertmanager.url,
      },
    ],
    routes: [{ channel: slack.channels["incidents"] ?? "" }],
  };
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    WEBHOOK_TOKEN,
  };
  const notRunning = await doctor(file, env, ["--send-test-alert"]);
  assert.ok(
    notRunning.checks.some(({ says, state }) => state === "wrong" && /no store/.test(says)),
  );

  const parsed = parseConfig({ env, yaml: stringify(file) });
  assert.ok(parsed.ok);
  const bot = await startApp(parsed.config, createLog("silent"));
  t.after(() => bot.stop());
  sandbox.connect(bot.url);
  const arrived = await doctor(file, env, ["--send-test-alert"]);
  assert.ok(
    arrived.checks.some(
      ({ area, where, state }) => area === "Webhook" && /test alert/.test(where) && state === "ok",
    ),
    arrived.text,
  );
});
