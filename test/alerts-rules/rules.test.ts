// needs: prometheus, prometheus-alertmanager
// takes: 15 s
/**
 * The shipped rules and example configurations, judged by Prometheus's and Alertmanager's own
 * checkers, and the links from each alert to its runbook and its dashboard.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import matter from "gray-matter";
import { z } from "zod";
import { OWN_ALERTS } from "../../src/alerts/own-alerts.ts";
import { parsePromql } from "../../src/promql/parse.ts";
import { postAlerts } from "../support/alertmanager-api.ts";
import { startAlertmanager } from "../support/programs.ts";
import { writeAlone } from "./alone.ts";
import { GO_PROGRAM } from "./go-program.ts";
import { ALERTS, RULE_FILES, RULES, type Rule, TEST_FILES } from "./rule-files.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const RUNBOOKS = join(ROOT, "knowledge", "runbooks");
const REPOSITORY = "https://github.com/streamline-incident-bot/streamline-incident-bot/blob/main/";

/** The rules of the document this project began with; dashboards and routes of others name them. */
const SEED_ALERTS = ["StreamlineDown", "HighProduceLatency", "ReplicationLag"];

describe("the checkers accept what is shipped", () => {
  for (const file of RULE_FILES) {
    test(`promtool finds the rules of ${file} valid`, () => {
      assert.match(run("promtool", ["check", "rules", file]), /SUCCESS: \d+ rules found/);
    });
  }

  for (const file of TEST_FILES) {
    test(`the rules fire and stay silent when ${file} says so`, (t) => {
      const folder = mkdtempSync(join(tmpdir(), "rules-alone-"));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const tests = writeAlone(folder, file);

      const output = run("promtool", ["test", "rules", ...tests], folder);

      assert.equal(output.match(/SUCCESS/g)?.length, tests.length, output);
    });
  }

  test("promtool accepts the example of prometheus.yml, which loads every file of rules", () => {
    const output = run("promtool", ["check", "config", "prometheus.yml"]);

    assert.match(output, /SUCCESS: prometheus\.yml is valid prometheus config file syntax/);
    for (const file of RULE_FILES) assert.ok(output.includes(`Checking ${file}`), file);
  });

  test("amtool accepts the example of alertmanager.yml and finds its receivers", () => {
    const output = run("amtool", ["check-config", "alertmanager.yml"]);

    assert.match(output, /SUCCESS/);
    assert.match(output, /- 3 receivers/);
    const rules = readFileSync(join(ALERTS, "alertmanager.yml"), "utf8").match(
      /^ {2}- source_matchers:/gm,
    );
    assert.match(output, new RegExp(`- ${rules?.length} inhibit rules`));
  });

  test("Alertmanager routes every alert to the bot, its own elsewhere as well, and Watchdog alone to the dead man's switch", async (t) => {
    const { url } = await startAlertmanager(
      t,
      readFileSync(join(ALERTS, "alertmanager.yml"), "utf8"),
    );
    await postAlerts(
      url,
      RULES.map(({ alert, labels }) => ({ ...labels, alertname: alert })),
    );
    const held = ROUTED.parse(await (await fetch(`${url}/api/v2/alerts`)).json());
    const receivers = new Map(
      held.map((alert) => [alert.labels["alertname"], alert.receivers.map(({ name }) => name)]),
    );
    for (const { alert } of RULES) {
      assert.deepEqual(receivers.get(alert)?.toSorted(), receiversOf(alert), alert);
    }
  });
});

function receiversOf(alert: string): string[] {
  if (alert === "Watchdog") return ["dead-mans-switch"];
  const bot = "streamline-incident-bot";
  return alert.startsWith("IncidentBot") ? ["beside-the-bot", bot] : [bot];
}

const ROUTED = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    receivers: z.array(z.object({ name: z.string() })),
  }),
);

describe("the rules as a whole", () => {
  test("keep the three names of the seed document", () => {
    const names = new Set(RULES.map(({ alert }) => alert));

    for (const name of SEED_ALERTS) assert.ok(names.has(name), name);
  });

  test("say in each description of a cluster rule that only some builds can fire it", () => {
    const cluster = RULES.filter(({ file }) => file === "cluster.rules.yml");

    assert.ok(cluster.length > 0);
    for (const { alert, annotations } of cluster) {
      assert.match(annotations.description, /builds that record cluster metrics/, alert);
    }
  });

  test("have expressions that the bot itself can evaluate", () => {
    for (const { alert, expr } of RULES) assert.doesNotThrow(() => parsePromql(expr), alert);
  });
});

describe("every alert is tested and leads to its runbook and its dashboard", () => {
  const tests = TEST_FILES.map((file) => readFileSync(join(ALERTS, file), "utf8")).join("\n");
  const pages = runbooksByAlert();
  const dashboards = dashboardPaths();

  for (const rule of new Map(RULES.map((each) => [each.alert, each])).values()) {
    test(`${rule.alert} is tested before, at and after it fires, and with a near miss`, () => {
      const evaluations = tests.split(`alertname: ${rule.alert}\n`).slice(1);
      const silent = evaluations.filter((each) => /^\s*exp_alerts: \[\]/.test(each)).length;
      const isAlways = rule.expr === "vector(1)";

      assert.ok(isAlways || silent >= 4, `silent at ${silent} evaluations`);
      assert.ok(evaluations.length - silent >= 1, "never fires");
    });

    test(`${rule.alert} names a runbook_url that exists here, down to the section`, () => {
      const [url = "", anchor] = rule.annotations.runbook_url.split("#");
      assert.ok(url.startsWith(REPOSITORY), url);

      const file = join(ROOT, url.slice(REPOSITORY.length));
      assert.equal(file, pages.get(rule.alert), "another page answers it, or none");
      assert.ok(existsSync(file), `${file} does not exist`);
      assert.equal(anchor, "meaning");
      assert.match(readFileSync(file, "utf8"), /^## Meaning$/m);
    });

    test(`${rule.alert} names a dashboard that exists here`, () => {
      assert.ok(dashboards.has(rule.annotations.dashboard), rule.annotations.dashboard);
    });
  }

  test("no runbook answers an alert that no rule declares", () => {
    const declared = new Set<string>([...RULES.map(({ alert }) => alert), ...OWN_ALERTS]);

    assert.deepEqual(
      [...pages.keys()].filter((alert) => !declared.has(alert)),
      [],
    );
  });
});

/** What the program printed; a failure of the program fails the test with that text. */
function run(program: string, args: string[], cwd = ALERTS): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: GO_PROGRAM,
  });

  if (error) throw new Error(`${program} could not be run`, { cause: error });
  assert.equal(status, 0, `${program} ${args.join(" ")}\n${stdout}${stderr}`);

  return `${stdout}${stderr}`;
}

/** Alert name to the path of the page whose front matter lists it. */
function runbooksByAlert(): Map<Rule["alert"], string> {
  const pages = new Map<string, string>();

  for (const name of readdirSync(RUNBOOKS)) {
    const file = join(RUNBOOKS, name);
    const { alerts } = z
      .object({ alerts: z.array(z.string()).default([]) })
      .parse(matter(readFileSync(file, "utf8")).data);

    for (const alert of alerts) {
      assert.equal(alert, basename(name, ".md"), `${name} answers an alert of another name`);
      pages.set(alert, file);
    }
  }

  return pages;
}

/** The paths under which Grafana shows our dashboards: by their uid. */
function dashboardPaths(): Set<string> {
  const files = readdirSync(join(ROOT, "grafana")).filter((name) => name.endsWith(".json"));

  return new Set(
    files.map((name) => {
      const document: unknown = JSON.parse(readFileSync(join(ROOT, "grafana", name), "utf8"));
      return `/d/${z.object({ uid: z.string() }).parse(document).uid}`;
    }),
  );
}
