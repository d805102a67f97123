/** Drift in rules, runbooks and dashboards, and what nothing documents. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page, PageProblem } from "../../src/knowledge/page.ts";
import {
  allDriftOf,
  driftOf,
  type Files,
  GUIDE,
  REPOSITORY_URL,
  RUNBOOK,
  rules,
} from "./fixture.ts";

describe("terms beside a page", () => {
  const guide = { [GUIDE]: "# Guide\n\n## Peel\n\nx\n" };

  test("lead to headings that the page has", () => {
    const terms = "peel:\n  symptoms: [skin]\nstone:\n  symptoms: [pit]\n";
    assert.deepEqual(driftOf({ ...guide, "knowledge/GUIDE.terms.yaml": terms }), [
      'knowledge/GUIDE.terms.yaml:3: the terms name a section "#stone" that the page does not have',
    ]);
  });

  test("name metrics that exist, as its front matter does", () => {
    const terms = "peel:\n  symptoms: [streamline_ghosts_total]\n";
    assert.deepEqual(driftOf({ ...guide, "knowledge/GUIDE.terms.yaml": terms }), [
      "knowledge/GUIDE.terms.yaml:2: unknown metric streamline_ghosts_total",
    ]);
  });

  test("that belong to no page are found", () => {
    const found = driftOf({ ...guide, "knowledge/GIUDE.terms.yaml": "peel: {}\n" });
    assert.equal(found.length, 1);
    assert.match(found[0] ?? "", /^knowledge\/GIUDE\.terms\.yaml:1: .*no page/);
  });
});

describe("a rule", () => {
  test("with its runbook has no drift", () => {
    assert.deepEqual(
      driftOf({ "alerts/a.rules.yml": rules("streamline_uptime_seconds > 1"), ...RUNBOOK }),
      [],
    );
  });

  test("without a runbook is found at its line", () => {
    assert.deepEqual(driftOf({ "alerts/a.rules.yml": rules("up == 0") }), [
      "alerts/a.rules.yml:4: alert Slow has no runbook",
      "alerts/a.rules.yml:8: dead link: there is no knowledge/runbooks/Slow.md",
    ]);
  });

  test("whose runbook_url leads to another page is found", () => {
    const files = {
      "alerts/a.rules.yml": rules("up == 0", "x", "OTHER.md#top"),
      "knowledge/OTHER.md": "# Top\n",
      ...RUNBOOK,
    };
    assert.deepEqual(driftOf(files), [
      `alerts/a.rules.yml:4: runbook_url of Slow must lead to ${REPOSITORY_URL}knowledge/runbooks/Slow.md`,
    ]);
  });

  test("over what no server records must say so in its description", () => {
    const expr = "streamline_offline_partitions > 0";
    const silent = { "alerts/a.rules.yml": rules(expr), ...RUNBOOK };
    const honest = { "alerts/a.rules.yml": rules(expr, "Only builds that record it."), ...RUNBOOK };
    assert.deepEqual(driftOf(silent), [
      "alerts/a.rules.yml:5: no running server records streamline_offline_partitions; say so beside it, or leave it out",
    ]);
    assert.deepEqual(driftOf(honest), []);
  });

  test("may read buckets beside the summary, and not alone", () => {
    const bucket = 'rate(streamline_request_duration_seconds_bucket{api_key="produce"}[5m]) > 0';
    const both = `streamline_request_duration_seconds{api_key="produce",quantile="0.99"} > 1 or ${bucket}`;
    assert.deepEqual(driftOf({ "alerts/a.rules.yml": rules(`'${both}'`), ...RUNBOOK }), []);
    assert.equal(driftOf({ "alerts/a.rules.yml": rules(`'${bucket}'`), ...RUNBOOK }).length, 1);
  });

  test("of recording gives a name that others may use", () => {
    const text = `${rules("a:b:c > 1")}      - record: a:b:c\n        expr: up\n`;
    assert.deepEqual(driftOf({ "alerts/a.rules.yml": text, ...RUNBOOK }), []);
  });

  test("is tested by series that exist, for alerts that exist", () => {
    const tests = `tests:
  - input_series:
      - series: streamline_uptme_seconds{job="a"}
    alert_rule_test:
      - alertname: Slw
`;
    const files = {
      "alerts/a.rules.yml": rules("up == 0"),
      "alerts/a.test.yml": tests,
      ...RUNBOOK,
    };
    assert.deepEqual(driftOf(files), [
      "alerts/a.test.yml:3: unknown metric streamline_uptme_seconds",
      "alerts/a.test.yml:5: no rule declares the alert Slw",
    ]);
  });

  test("in a file that is not YAML is a problem, not a crash", () => {
    assert.match(driftOf({ "alerts/a.rules.yml": "groups: [" }).join(), /not YAML/);
  });
});

describe("a runbook", () => {
  const page = (front: string): Files => ({
    "knowledge/runbooks/Old.md": `---\n${front}\n---\n# Old\n`,
  });

  test("whose alert is gone is found", () => {
    assert.deepEqual(driftOf(page("alerts: [Gone]")), [
      "knowledge/runbooks/Old.md:1: no rule declares the alert Gone",
    ]);
    assert.deepEqual(driftOf(page("title: Old")), [
      "knowledge/runbooks/Old.md:1: a runbook for no alert and without checks",
    ]);
  });

  test("with checks needs no rule", () => {
    assert.deepEqual(driftOf(page("checks: [{ expr: streamline_uptime_seconds < 60 }]")), []);
  });

  test("has its checks' expressions compared, with the bot's own series", () => {
    const check = (expr: string): string[] =>
      driftOf(
        page(`checks:\n  - expr: ${expr}\n    needs: [{ series: streamline_uptme_seconds }]`),
      );
    assert.deepEqual(check('log_signature_total{signature="disk-full"} > 0'), [
      "knowledge/runbooks/Old.md:3: unknown metric streamline_uptme_seconds",
      "knowledge/runbooks/Old.md:4: unknown metric streamline_uptme_seconds",
    ]);
    assert.match(
      check('log_signature_total{signature="dsk-full"} > 0').join("\n"),
      /:3: no series of log_signature_total has signature="dsk-full"/,
    );
  });

  test("is judged by whoever loads checks, too", () => {
    const judge = (pages: readonly Page[]): PageProblem[] =>
      pages.map(({ file }) => ({ file, line: 2, reason: "check x: no" }));
    assert.deepEqual(driftOf(page("checks: [{ expr: up }]"), judge), [
      "knowledge/runbooks/Old.md:2: check x: no",
    ]);
  });

  test("that cannot be read is a problem", () => {
    assert.match(
      driftOf(page("alerts: [")).join(),
      /Old\.md:\d+: front matter: alerts is not YAML/,
    );
  });
});

describe("a dashboard", () => {
  const dashboard = (expr: string, description = "x"): string =>
    JSON.stringify(
      {
        uid: "streamline-x",
        templating: { list: [{ query: "label_values(streamline_uptme_seconds, job)" }] },
        panels: [
          {
            description,
            links: [{ url: `${REPOSITORY_URL}knowledge/NONE.md` }],
            targets: [{ expr }],
          },
        ],
      },
      null,
      1,
    );

  test("is held to the metrics, in its variables too, and to the links", () => {
    const expr = 'sum(rate(streamline_request_size_bytes_bucket{job=~"$job"}[$__rate_interval]))';
    assert.deepEqual(driftOf({ "grafana/x.json": dashboard(expr) }), [
      "grafana/x.json:6: unknown metric streamline_uptme_seconds",
      "grafana/x.json:15: dead link: there is no knowledge/NONE.md",
      "grafana/x.json:20: streamline_request_size_bytes_bucket does not exist: histograms are summaries here, without buckets",
    ]);
  });

  test("may show what only some builds record where the panel says so", () => {
    const problems = (description: string): string[] =>
      driftOf({ "grafana/x.json": dashboard("streamline_isr_size", description) });
    assert.equal(problems("x").length, 3);
    assert.equal(problems("Only builds that record it.").length, 2);
  });

  test("is what a rule's dashboard annotation must lead to", () => {
    const linking = (uid: string): string =>
      rules("up == 0").replace("description: x", `description: x\n          dashboard: /d/${uid}`);
    const files = { ...RUNBOOK, "grafana/x.json": '{ "uid": "streamline-x" }' };
    assert.deepEqual(driftOf({ ...files, "alerts/a.rules.yml": linking("streamline-x") }), []);
    assert.deepEqual(driftOf({ ...files, "alerts/a.rules.yml": linking("streamline-y") }), [
      "alerts/a.rules.yml:8: no dashboard has the uid streamline-y",
    ]);
  });
});

describe("what the server has and nothing says", () => {
  const missing = (text: string): string[] =>
    allDriftOf({ [GUIDE]: text }, () => []).map((problem) => problem.replace(/^.*?: /, ""));

  test("is found for every kind of name", () => {
    const all = missing("");
    for (const what of [
      "metric streamline_uptime_seconds (recorded)",
      "metric streamline_isr_size (never-recorded)",
      "option --wal-sync-ms",
      "variable STREAMLINE_WAL_SYNC_MS of --wal-sync-ms",
      "file key [wal] sync_ms of --wal-sync-ms",
      "endpoint GET /health/ready",
      "command streamline-cli doctor",
    ]) {
      assert.ok(all.includes(`${what} is documented nowhere in knowledge/`), what);
    }
  });

  test("is no longer missing once it is written down", () => {
    const text =
      "`streamline_uptime_seconds` `--wal-sync-ms` `STREAMLINE_WAL_SYNC_MS` `[wal] sync_ms` `/health/ready` `streamline-cli doctor`";
    const before = missing("").length;
    assert.equal(missing(text).length, before - 6);
  });

  test("is not documented by a family when it really appears", () => {
    const left = missing("`streamline_zerocopy_*`");
    assert.ok(left.some((each) => each.includes("metric streamline_zerocopy_buffer_pool_hits ")));
    assert.ok(!left.some((each) => each.includes("metric streamline_zerocopy_mmap_reads_total ")));
  });

  test("is not documented by a rule or a dashboard", () => {
    const files = { [GUIDE]: "", "alerts/a.rules.yml": rules("streamline_uptime_seconds > 1") };
    assert.ok(
      allDriftOf(files, () => []).some((each) =>
        each.includes("metric streamline_uptime_seconds "),
      ),
    );
  });
});
