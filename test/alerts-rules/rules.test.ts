/**
 * The shipped rules and example configurations, judged by Prometheus's and Alertmanager's own
 * checkers, and the link between each alert and its runbook.
 */
// needs: prometheus, prometheus-alertmanager
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import matter from "gray-matter";
import { parse } from "yaml";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..", "..");
const ALERTS = join(ROOT, "alerts");
const RUNBOOKS = join(ROOT, "knowledge", "runbooks");
const REPOSITORY = "https://github.com/streamline-incident-bot/streamline-incident-bot/blob/main/";

const RULE = z.object({
  alert: z.string(),
  expr: z.string(),
  for: z.string(),
  labels: z.object({ severity: z.enum(["critical", "warning", "info"]), service: z.string() }),
  annotations: z.object({
    summary: z.string().min(1),
    description: z.string().min(1),
    runbook_url: z.string(),
  }),
});
type Rule = z.infer<typeof RULE>;

const RULES = readRules("streamline.rules.yml");

describe("the checkers accept what is shipped", () => {
  test("promtool finds the three rules valid", () => {
    const output = run("promtool", ["check", "rules", "streamline.rules.yml"]);

    assert.match(output, /SUCCESS: 3 rules found/);
    assert.deepEqual(
      RULES.map((rule) => rule.alert),
      ["StreamlineDown", "HighProduceLatency", "ReplicationLag"],
    );
  });

  test("every rule fires and stays silent when its unit tests say so", () => {
    const output = run("promtool", ["test", "rules", "streamline.test.yml"]);

    assert.match(output, /SUCCESS/);
  });

  test("promtool accepts the example of prometheus.yml together with its rule file", () => {
    const output = run("promtool", ["check", "config", "prometheus.yml"]);

    assert.match(output, /SUCCESS: prometheus\.yml is valid prometheus config file syntax/);
    assert.match(output, /SUCCESS: 3 rules found/);
  });

  test("amtool accepts the example of alertmanager.yml and finds the bot's receiver", () => {
    const output = run("amtool", ["check-config", "alertmanager.yml"]);

    assert.match(output, /SUCCESS/);
    assert.match(output, /- 1 receivers/);
    assert.match(output, /- 1 inhibit rules/);
  });

  test("amtool routes each of the alerts to the bot", () => {
    for (const rule of RULES) {
      const output = run("amtool", [
        "config",
        "routes",
        "test",
        "--config.file=alertmanager.yml",
        `alertname=${rule.alert}`,
        `severity=${rule.labels.severity}`,
      ]);

      assert.match(output, /^streamline-incident-bot$/m);
    }
  });
});

describe("every alert leads to its runbook", () => {
  for (const rule of RULES) {
    test(`${rule.alert} is tested before, at and after it fires`, () => {
      const source = readFileSync(join(ALERTS, "streamline.test.yml"), "utf8");
      const mentions = source.split(`alertname: ${rule.alert}\n`).length - 1;

      assert.ok(mentions >= 4, `${mentions} evaluations of ${rule.alert}`);
    });

    test(`${rule.alert} has a runbook page that lists it`, () => {
      assert.ok(runbooksByAlert().has(rule.alert), `no page under ${RUNBOOKS} lists it`);
    });

    test(`${rule.alert} names a runbook_url that exists here`, () => {
      const url = rule.annotations.runbook_url;
      assert.ok(url.startsWith(REPOSITORY), url);

      const file = join(ROOT, url.slice(REPOSITORY.length).replace(/#.*$/, ""));
      assert.ok(existsSync(file), `${file} does not exist`);
      assert.equal(file, runbooksByAlert().get(rule.alert));
    });
  }

  test("no runbook answers an alert that no rule declares", () => {
    const declared = new Set(RULES.map((rule) => rule.alert));

    assert.deepEqual(
      [...runbooksByAlert().keys()].filter((alert) => !declared.has(alert)),
      [],
    );
  });
});

/** What the program printed; a failure of the program fails the test with that text. */
function run(program: string, args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: ALERTS,
    encoding: "utf8",
  });

  if (error) throw new Error(`${program} could not be run`, { cause: error });
  assert.equal(status, 0, `${program} ${args.join(" ")}\n${stdout}${stderr}`);

  return `${stdout}${stderr}`;
}

function readRules(file: string): Rule[] {
  const document: unknown = parse(readFileSync(join(ALERTS, file), "utf8"));
  const { groups } = z
    .object({ groups: z.array(z.object({ rules: z.array(RULE) })) })
    .parse(document);

  return groups.flatMap((group) => group.rules);
}

/** Alert name to the path of its page: the page named as the alert, or one that lists it. */
function runbooksByAlert(): Map<string, string> {
  const pages = new Map<string, string>();

  for (const name of readdirSync(RUNBOOKS)) {
    const file = join(RUNBOOKS, name);
    const listed = z
      .object({ alerts: z.array(z.string()).default([basename(name, ".md")]) })
      .parse(matter(readFileSync(file, "utf8")).data);

    for (const alert of listed.alerts) pages.set(alert, file);
  }

  return pages;
}
