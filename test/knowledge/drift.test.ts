/** Each kind of drift is found, with its file, line and reason; its near miss is not. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { readExpression } from "../../src/edges/cli/expression-reader.ts";
import { parseCatalogue, parseOtherPrograms } from "../../src/knowledge/drift/catalogue.ts";
import { findDrift } from "../../src/knowledge/drift/find-drift.ts";
import type { Page, PageProblem } from "../../src/knowledge/page.ts";

const FILE = "knowledge/catalogue/streamline-0.2.0.yaml";
const CATALOGUE = parseCatalogue(readFileSync(FILE, "utf8"), FILE);
const OTHERS = parseOtherPrograms(readFileSync("knowledge/catalogue/other-programs.yaml", "utf8"));

type Files = Readonly<Record<string, string>>;

/** All drift of these files; that they document next to nothing is left out. */
function driftOf(
  files: Files,
  judge: (pages: readonly Page[]) => PageProblem[] = () => [],
): string[] {
  return allDriftOf(files, judge).filter((problem) => !problem.includes("documented nowhere"));
}

function allDriftOf(
  files: Files,
  judgeChecks: (pages: readonly Page[]) => PageProblem[],
): string[] {
  const problems = findDrift({
    catalogue: CATALOGUE,
    otherMetrics: OTHERS.metrics,
    otherFlags: OTHERS.flags,
    ownSeries: {
      names: new Set(["log_signature_total"]),
      labelValues: new Map([["signature", ["disk-full"]]]),
    },
    files: Object.entries(files).map(([file, text]) => ({ file, text })),
    paths: new Set(Object.keys(files)),
    readExpression,
    judgeChecks,
  });
  return problems.map(({ file, line, reason }) => `${file}:${line}: ${reason}`);
}

const GUIDE = "knowledge/GUIDE.md";

function inGuide(...lines: string[]): string[] {
  return driftOf({ [GUIDE]: lines.join("\n") }).map((problem) => problem.replace(`${GUIDE}:`, ""));
}

describe("a guide", () => {
  const fence = "```";
  const cases: [what: string, lines: string[], problems: string[]][] = [
    [
      "names a metric that nobody has",
      ["a", "", "`streamline_ghosts_total`"],
      ["3: unknown metric streamline_ghosts_total"],
    ],
    [
      "may speak of a metric that does not exist",
      ["`streamline_produce_latency_seconds` is none"],
      [],
    ],
    [
      "must not use one in a command",
      [`${fence}bash`, "grep streamline_produce_latency_seconds x", fence],
      [
        '2: streamline_produce_latency_seconds does not exist: read streamline_request_duration_seconds{api_key="produce",quantile="0.99"} (3)',
      ],
    ],
    [
      "must not query what no running server records",
      [`${fence}promql`, "streamline_isr_size", fence],
      ["2: no running server records streamline_isr_size; say so beside it, or leave it out"],
    ],
    [
      "may query it where the section says so",
      [
        "# Replicas",
        "Only a build that records it has it.",
        "",
        `${fence}promql`,
        "streamline_isr_size",
        fence,
      ],
      [],
    ],
    ["may print it as output", [fence, "streamline_produce_latency_seconds 1", fence], []],
    [
      "names a family that is empty",
      ["`streamline_cloud_*`"],
      ["1: no metric begins with streamline_cloud_"],
    ],
    [
      "asks an endpoint that there is not",
      ["`GET /health/deep`"],
      ["1: unknown endpoint /health/deep"],
    ],
    ["asks one by the wrong method", ["`DELETE /health`"], ["1: /health does not take DELETE"]],
    [
      "names a path of a topic",
      ["`/api/v1/topics/orders` and `/etc/streamline/x.toml`, `/readyz`"],
      [],
    ],
    [
      "asks in a command what only prose may name",
      [`${fence}bash`, "curl http://x:9094/readyz", fence],
      ["2: there is no endpoint /readyz: /health/ready (1.2)"],
    ],
    ["names an unknown option", ["`--wal-turbo`"], ["1: unknown option --wal-turbo"]],
    [
      "may name a family of options, or one of the tool",
      ["`--acl-*`, `--deep`, `--stop-signal`"],
      [],
    ],
    [
      "starts the server with an option that it does not have",
      [`${fence}bash`, "streamline --node-id 1 --bootstrap x", fence],
      [
        "2: there is no option --bootstrap: the server has no such option; the scripts of `streamline-cli cluster init` use it (6)",
      ],
    ],
    [
      "sets an unknown variable",
      ["`STREAMLINE_TURBO=1`"],
      ["1: unknown environment variable STREAMLINE_TURBO"],
    ],
    [
      "names a file key",
      ["`[wal] sync_ms`, `[wal] speed`"],
      ["1: the configuration file has no key [wal] speed"],
    ],
    [
      "shows a configuration file with a wrong key",
      [`${fence}toml`, "[server]", 'http_addr = "x"', "port = 1", fence],
      ["4: the configuration file has no key [server] port"],
    ],
    [
      "shows a unit that starts the server wrongly",
      [`${fence}ini`, "[Service]", "ExecStart=/usr/local/bin/streamline --config a --turbo", fence],
      ["3: unknown option --turbo"],
    ],
    [
      "calls a command that the tool does not have",
      [`${fence}sh`, "streamline-cli groups lag billing", fence],
      [
        "2: there is no command streamline-cli groups lag: groups describe, or GET /api/v1/consumer-groups/GROUP/lag (3)",
      ],
    ],
    [
      "calls an invented one",
      ["`streamline-cli topics shrink`"],
      ["1: unknown command streamline-cli topics shrink"],
    ],
    [
      "puts the data directory behind the command",
      ["`streamline-cli topics list --data-dir /x`"],
      ["1: --data-dir must stand before the command: streamline-cli --data-dir … topics list"],
    ],
    [
      "gives a command a wrong flag",
      ["`streamline-cli doctor --deeper`"],
      ["1: streamline-cli doctor has no option --deeper"],
    ],
    [
      "calls commands as they are",
      ["`streamline-cli --data-dir D doctor --deep`, `streamline-cli alerting`"],
      [],
    ],
    [
      "links to a page that is gone",
      ["[x](OTHER.md)"],
      ["1: dead link: there is no knowledge/OTHER.md"],
    ],
    [
      "links to a heading that is gone",
      ["# One", "[x](#two)"],
      [`2: dead anchor: ${GUIDE} has no #two`],
    ],
    ["links to what is there, and outside", ["# One", "[x](#one) [y](https://x.org/z#q)"], []],
    [
      "tests an alert that no rule declares",
      [`${fence}bash`, "amtool alert add alertname=Ghost", fence],
      ["2: no rule declares the alert Ghost"],
    ],
  ];
  for (const [what, lines, problems] of cases) {
    test(what, () => assert.deepEqual(inGuide(...lines), problems));
  }
});

describe("a query", () => {
  const cases: [what: string, query: string, problem: string | undefined][] = [
    ["is not PromQL", "sum(", "not PromQL"],
    ["names an unknown exporter metric", "node_disc_busy", "unknown metric node_disc_busy"],
    [
      "selects by a label that the metric does not have",
      'streamline_log_end_offset{group="g"}',
      "streamline_log_end_offset has no label group",
    ],
    [
      "selects a value that there never is",
      'streamline_requests_total{api_key="join_group"}',
      'no series of streamline_requests_total has api_key="join_group"',
    ],
    [
      "selects a value by a pattern that fits one",
      'streamline_requests_total{api_key=~"pro.*"}',
      undefined,
    ],
    [
      "groups by a label of none of its metrics",
      "sum by (group) (rate(streamline_records_total[5m]))",
      "streamline_records_total: no label group to group by",
    ],
    [
      "groups by a label of the target",
      "sum by (instance, topic) (rate(streamline_records_total[5m]))",
      undefined,
    ],
    [
      "rates a gauge in spite of its name",
      "rate(streamline_topics_total[5m])",
      "streamline_topics_total is no counter",
    ],
    [
      "rates the sum of a summary",
      'rate(streamline_request_duration_seconds_sum{api_key="fetch"}[5m])',
      undefined,
    ],
    [
      "counts twins double",
      "sum(rate(streamline_requests_total[5m]))",
      "streamline_requests_total has an unlabelled twin",
    ],
    ["leaves the twin out", 'sum(rate(streamline_requests_total{api_key!=""}[5m]))', undefined],
    [
      "takes all quantiles at once",
      'max(streamline_request_size_bytes{api_key="fetch"})',
      "streamline_request_size_bytes is a summary: name the quantile",
    ],
    [
      "reads buckets that there are not",
      "rate(streamline_request_size_bytes_bucket[5m])",
      "streamline_request_size_bytes_bucket does not exist",
    ],
    [
      "makes its own label",
      'count by (x) (label_replace(up, "x", "$1", "job", "(.*)"))',
      undefined,
    ],
  ];
  for (const [what, query, problem] of cases) {
    test(what, () => {
      const found = inGuide("```promql", query, "```");
      if (problem === undefined) assert.deepEqual(found, []);
      else assert.ok(found[0]?.startsWith(`2: ${problem}`), found.join("\n") || "nothing found");
    });
  }

  test("in prose counts only where it can be read, and a shorthand names its labels", () => {
    assert.deepEqual(
      inGuide("`streamline_topics_total{...}`", "`streamline_log_end_offset{topic,partition}`"),
      [],
    );
    assert.deepEqual(inGuide("`streamline_log_end_offset{topic,shard}`"), [
      "1: streamline_log_end_offset has no label shard",
    ]);
  });
});

const URL = "https://github.com/streamline-incident-bot/streamline-incident-bot/blob/main/";

function rules(expr: string, description = "x", runbook = "runbooks/Slow.md"): string {
  return `groups:
  - name: a
    rules:
      - alert: Slow
        expr: ${expr}
        annotations:
          description: ${description}
          runbook_url: ${URL}knowledge/${runbook}
`;
}

const RUNBOOK = { "knowledge/runbooks/Slow.md": "---\nalerts: [Slow]\n---\n# Slow\n" };

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
      `alerts/a.rules.yml:4: runbook_url of Slow must lead to ${URL}knowledge/runbooks/Slow.md`,
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
    assert.match(driftOf(page("alerts: [")).join(), /Old\.md:\d+: front matter is not YAML/);
  });
});

describe("a dashboard", () => {
  const dashboard = (expr: string, description = "x"): string =>
    JSON.stringify(
      {
        uid: "streamline-x",
        templating: { list: [{ query: "label_values(streamline_uptme_seconds, job)" }] },
        panels: [{ description, links: [{ url: `${URL}knowledge/NONE.md` }], targets: [{ expr }] }],
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
