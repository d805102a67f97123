/** What the doctor says where few programs run: of the disk, of scopes, of labels. */

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { stringify } from "yaml";
import { unscrapedTargets } from "../../../src/features/doctor/judge-prometheus.ts";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { answerOf, streamlineBot } from "../cli/terminal-program.ts";
import { WEBHOOK_TOKEN } from "./doctor-programs.ts";
import {
  type DoctorAnswer,
  doctor,
  examineHere,
  SCOPES,
  scopesProxy,
  writeConfig,
} from "./doctor-runs.ts";

test("after an upgrade, a scope that only a part needs is named without calling the bot broken", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, streamline } = sandbox;
  const slackUrl = await scopesProxy(t, slack.apiUrl, () =>
    SCOPES.filter((scope) => scope !== "files:write"),
  );
  const file = {
    slack: { mode: "http" },
    store: join(mkdtempSync(join(tmpdir(), "bot-doctor-")), "bot.db"),
    targets: [{ name: "shop", http: streamline.http, kafka: streamline.kafka }],
    routes: [{ channel: slack.channels["incidents"] ?? "" }],
  };
  const { checks } = await examineHere(file, {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slackUrl,
    WEBHOOK_TOKEN,
  });
  const [named, ...others] = checks.filter(({ where }) => where === "scopes");
  assert.equal(others.length, 0);
  assert.equal(named?.state, "note");
  assert.match(named.says, /lacks files:write: without files:write a timeline/);
  assert.match(named.remedy ?? "", /install it again/);
});

test("without a network the disk is checked, and what nobody can know there is not claimed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "bot-doctor-"));
  const key = join(folder, "client.key");
  writeFileSync(key, "no key at all");
  const file = {
    store: join(folder, "bot.db"),
    targets: [
      {
        name: "shop",
        http: "http://127.0.0.1:1",
        kafka: "127.0.0.1:1",
        kafkaTls: { cert: join(folder, "missing.pem"), key },
      },
    ],
    routes: [{ channel: "C0123456789" }],
  };
  const env = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_APP_TOKEN: "xapp-1", WEBHOOK_TOKEN };
  const { code, checks } = await doctor(file, env, ["--offline"]);
  assert.equal(code, 1);
  const wrong = checks.filter(({ state }) => state === "wrong").map(({ says }) => says);
  assert.deepEqual(wrong, ["does not exist", "contains no PEM private key"]);
  assert.ok(checks.every(({ area }) => !["Slack", "Alertmanager", "Target"].includes(area)));
  const unset = await doctor(file, { WEBHOOK_TOKEN: "short" }, ["--offline"]);
  assert.ok(
    unset.checks.some(
      ({ where, remedy }) => where === "SLACK_BOT_TOKEN" && /environment/.test(remedy ?? ""),
    ),
  );
  const check = await streamlineBot(["config", "check", "--config", writeConfig(file)], env);
  assert.equal(check.code, 1);
  assert.match(check.stderr, /missing\.pem: does not exist/);
});

test("a store that is a folder, a folder without pages and a secret's file that is not there are named", async () => {
  const folder = mkdtempSync(join(tmpdir(), "doctor-disk-"));
  const file = join(folder, "streamline-bot.yaml");
  const channel = "C0123456789";
  const targets = [{ name: "orders", http: "http://127.0.0.1:9", kafka: "127.0.0.1:9" }];
  writeFileSync(
    file,
    stringify({ store: folder, knowledge: [folder], targets, routes: [{ channel }] }),
  );
  const env = { SLACK_BOT_TOKEN: "xoxb-1-2-3", SLACK_APP_TOKEN: "xapp-1-2-3" };
  const doctor = async (more: Readonly<Record<string, string>>): Promise<DoctorAnswer> => {
    const args = ["doctor", "--offline", "--json", "--config", file];
    const { code, stdout } = await answerOf(args, { ...env, ...more });
    const { answer, text } = JSON.parse(stdout);
    return { code, text, checks: answer.checks };
  };
  const { code, checks } = await doctor({ WEBHOOK_TOKEN });
  assert.equal(code, 1);
  const store = checks.find(({ area }) => area === "Store");
  assert.equal(store?.state, "wrong");
  assert.match(store?.remedy ?? "", /bot\.db/);
  assert.equal(checks.filter(({ where }) => where === folder).length > 0, true);
  assert.ok(checks.some(({ says, state }) => state === "note" && says.includes("no Markdown")));
  const absent = await doctor({ WEBHOOK_TOKEN_FILE: join(folder, "none") });
  const secret = absent.checks.find(({ where }) => where === "WEBHOOK_TOKEN_FILE");
  assert.equal(secret?.state, "wrong");
  assert.doesNotMatch(secret?.remedy ?? "", /_FILE_FILE/);
});

test("a target whose labels nothing has that its Prometheus scrapes is named, one that is scraped is not", () => {
  const address = "http://prometheus:9090";
  const targets = ["streamline", "streamline-prod"].map((job) => ({
    name: job,
    labels: { job },
    prometheus: `${address}/`,
  }));
  const scraped = [{ job: "streamline", instance: "broker-1:9094" }];
  const named = unscrapedTargets(targets, { address, scraped });
  assert.deepEqual(
    named.map(({ where, state }) => [where, state]),
    [[`${address} target streamline-prod`, "note"]],
  );
  assert.deepEqual(unscrapedTargets(targets, { address, scraped: [] }), []);
});
