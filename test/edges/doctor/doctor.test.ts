/** The doctor over a whole set-up of real programs, with mistakes planted one by one. */
// needs: prometheus, prometheus-alertmanager
// takes: 15 s

import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { stringify } from "yaml";
import { startSandbox } from "../../../src/sandbox/sandbox.ts";
import { eventually } from "../../support/eventually.ts";
import { freePort, startAlertmanager, startProgram } from "../../support/programs.ts";
import {
  alertmanagerConfig,
  prometheusArgs,
  prometheusWithRules,
  WEBHOOK_TOKEN,
} from "./doctor-programs.ts";
import { type DoctorAnswer, doctor, examineHere, SCOPES, scopesProxy } from "./doctor-runs.ts";

/** Each address where the other belongs. */
function swapped({ http, kafka }: { readonly http: string; readonly kafka: string }) {
  return { http: `http://${kafka}`, kafka: new URL(http).host };
}

test("a set-up that is right is called ready, and ten mistakes are named with their remedies", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const { slack, streamline } = sandbox;
  const channel = slack.channels["incidents"] ?? "";
  const random = slack.channels["random"] ?? "";
  const slackUrl = await scopesProxy(t, slack.apiUrl, () => scopes);
  let scopes = SCOPES;

  const good = await startAlertmanager(t, stringify(alertmanagerConfig({})));
  const mute = await startAlertmanager(
    t,
    stringify(alertmanagerConfig({ resolved: false, watchdogTo: "elsewhere" })),
  );
  const unrouted = await startAlertmanager(t, stringify(alertmanagerConfig({ isRouted: false })));
  const prometheus = await prometheusWithRules(t, new URL(good.url).host, streamline.http);
  const bare = await startProgram(t, {
    command: "/usr/bin/prometheus",
    files: { "prometheus.yml": "scrape_configs: []\n" },
    args: prometheusArgs,
    readyPath: "/-/ready",
  });

  const target = {
    name: "shop",
    http: streamline.http,
    kafka: streamline.kafka,
    alertmanager: good.url,
    prometheus: prometheus.url,
  };
  const file = {
    listen: `127.0.0.1:${await freePort()}`,
    slack: { mode: "http" },
    store: join(mkdtempSync(join(tmpdir(), "bot-doctor-")), "bot.db"),
    targets: [target],
    routes: [{ channel, heartbeat: { alert: "Watchdog", within: "6m" } }],
  };
  const env = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slackUrl,
    WEBHOOK_TOKEN,
  };
  const examine = (change: object = {}, environment: Record<string, string> = env) =>
    examineHere({ ...file, ...change }, environment);

  // On a busy machine the first scrape can miss its deadline; then the doctor is asked again.
  const ready = await eventually("a set-up in order", async () => {
    const answer = await doctor(file, env);
    return (
      !answer.checks.some(
        ({ state, says }) => state === "wrong" && says.includes("deadline exceeded"),
      ) && answer
    );
  });
  const wrongs = ready.checks.filter(({ state }) => state === "wrong");
  assert.deepEqual(wrongs, []);
  assert.equal(ready.code, 0);
  assert.match(ready.text, /^Ready/);

  const mistakes: readonly (readonly [
    what: string,
    run: () => Promise<DoctorAnswer>,
    says: RegExp,
    remedy: RegExp,
  ])[] = [
    [
      "a token that Slack does not know",
      () => examine({}, { ...env, SLACK_BOT_TOKEN: "xoxb-wrong" }),
      /refuses it \(invalid_auth\)/,
      /OAuth & Permissions/,
    ],
    [
      "a scope that the app lacks",
      async () => {
        scopes = SCOPES.filter((scope) => scope !== "usergroups:read");
        const answer = await examine();
        scopes = SCOPES;
        return answer;
      },
      /lacks usergroups:read: without usergroups:read user groups/,
      /docs\/slack-manifest\.yaml.*install it again/,
    ],
    [
      "a channel that is not there",
      () => examine({ operators: "C0NOWHERE1" }),
      /does not know this channel/,
      /\/invite @/,
    ],
    [
      "a channel without the bot",
      () => examine({ routes: [{ channel: random }] }),
      /the bot is not in #random/,
      /\/invite @streamline/,
    ],
    [
      "a user group that is not there",
      () => examine({ permissions: { silence: { groups: ["S0NOBODY"] } } }),
      /not know this user group/,
      /User groups/,
    ],
    [
      "a user group that a route calls, and that is not there",
      () => examine({ routes: [{ channel, mentions: [{ who: ["S0NOBODY"] }] }] }),
      /not know this user group/,
      /User groups/,
    ],
    [
      "a person of a schedule who is not there",
      () =>
        examine({
          schedules: [{ name: "duty", calendar: "/nowhere.ics", people: { Ann: "U0NOBODY12" } }],
        }),
      /not know this person/,
      /member id/,
    ],
    [
      "the channel of a review without the bot",
      () => examine({ reviews: [{ channel: random, cron: "0 9 * * 1" }] }),
      /the bot is not in #random/,
      /\/invite @streamline/,
    ],
    [
      "a signing secret that is another thing",
      () => examine({}, { ...env, SLACK_SIGNING_SECRET: "xoxb-1-2-abcdefghijklmn" }),
      /is not a signing secret/,
      /Basic Information/,
    ],
    [
      "an address that does not speak TLS",
      () => examine({ targets: [{ ...target, http: streamline.http.replace("http", "https") }] }),
      /speaks HTTP without TLS/,
      new RegExp(`http of the target shop to ${streamline.http}`),
    ],
    [
      "swapped ports",
      () => examine({ targets: [{ ...target, ...swapped(streamline) }] }),
      /two addresses are swapped/,
      new RegExp(`to ${streamline.http}, and kafka to ${streamline.kafka}`),
    ],
    [
      "one server under two names",
      () => {
        const http = streamline.http.replace("127.0.0.1", "localhost");
        return examine({
          targets: [target, { name: "orders", http: `${http}/`, kafka: "[::1]:1" }],
        });
      },
      /both have the same HTTP address: .*localhost/,
      /keep one target/,
    ],
    [
      "the addresses of Alertmanager and Prometheus mixed up",
      () => examine({ targets: [{ ...target, alertmanager: bare.url, prometheus: mute.url }] }),
      /status 404/,
      /9093 by default/,
    ],
    [
      "send_resolved that is off",
      () => examine({ targets: [{ ...target, alertmanager: mute.url }] }),
      /send_resolved is off/,
      /send_resolved: true in the webhook_configs of bot/,
    ],
    [
      "a heartbeat that goes elsewhere",
      () => examine({ targets: [{ ...target, alertmanager: mute.url }] }),
      /Watchdog goes to elsewhere/,
      /alertname = Watchdog/,
    ],
    [
      "a receiver without a route",
      () => examine({ targets: [{ ...target, alertmanager: unrouted.url }] }),
      /no route leads to the receiver bot/,
      /routes: \[\{ receiver: bot/,
    ],
    [
      "rules that Prometheus did not load",
      () => examine({ targets: [{ ...target, prometheus: bare.url }] }),
      /streamline\.rules\.yml is not loaded/,
      /rule_files/,
    ],
    [
      "a Prometheus without an Alertmanager",
      () => examine({ targets: [{ ...target, prometheus: bare.url }] }),
      /to no Alertmanager/,
      /alerting\.alertmanagers/,
    ],
    [
      "a Kafka address that is none",
      () => examine({ targets: [{ ...target, kafka: "127.0.0.1:1" }] }),
      /Kafka port.*refuses connections/,
      /targets\[\]\.kafka/,
    ],
    [
      "a certificate and a folder that do not exist",
      () =>
        examine({
          knowledge: ["/nowhere/pages"],
          targets: [{ ...target, kafkaTls: { ca: "/nowhere/ca.pem" } }],
        }),
      /does not exist/,
      /Put the PEM file there/,
    ],
    [
      "an Alertmanager that does not run",
      () => examine({ targets: [{ ...target, alertmanager: "http://127.0.0.1:1" }] }),
      /refuse/,
      /Check that it runs/,
    ],
  ];
  for (const [what, run, says, remedy] of mistakes) {
    const { code, checks, text } = await run();
    const wrong = checks.filter(({ state }) => state === "wrong");
    assert.equal(code, 1, what);
    assert.match(text, /^Not ready/, what);
    const named = wrong.filter((check) => says.test(check.says));
    assert.ok(named.length > 0, `${what}: ${JSON.stringify(wrong)}`);
    assert.ok(
      named.some((check) => remedy.test(check.remedy ?? "")),
      `${what}: ${JSON.stringify(named)}`,
    );
  }
});
