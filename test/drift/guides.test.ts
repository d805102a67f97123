/** Drift in guides: names, commands and queries, each with its line, and the near miss. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { GUIDE, inGuide } from "./fixture.ts";

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
      "speaks of an alert that no rule declares",
      ["The alert GhostFires is loud. Alertmanager sends it, and alerts are many."],
      ["1: no rule declares the alert GhostFires"],
    ],
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

describe("a reference table", () => {
  const options = "| Flag | Environment | File | Default |\n|---|---|---|---|\n";
  const metrics = "| Metric | Type, labels | Meaning |\n|---|---|---|\n";
  const cases: [what: string, table: string, problems: string[]][] = [
    [
      "that says of options what is true",
      `${options}| \`-c\`, \`--config\` | \`STREAMLINE_CONFIG\` | - | search path |
| \`--drain-timeout\` | \`STREAMLINE_DRAIN_TIMEOUT\` | \`[server] drain_timeout\` | 10 s |
| \`--generate-config\` | - | - | off |`,
      [],
    ],
    [
      "that gives an option another one's variable, no key, and a wrong default",
      `${options}| \`--wal-sync-ms\` | \`STREAMLINE_WAL_SYNC_MODE\` | - | 10 |`,
      [
        "3: default of --wal-sync-ms is 100, not 10",
        "3: environment of --wal-sync-ms is STREAMLINE_WAL_SYNC_MS, not STREAMLINE_WAL_SYNC_MODE",
        "3: file of --wal-sync-ms is [wal] sync_ms, not -",
      ],
    ],
    [
      "that says of metrics what is true",
      `${metrics}| \`streamline_requests_total\` | C \`{api_key,error}\` and unlabelled | x |
| \`streamline_uptime_seconds\` | G, seconds | x |`,
      [],
    ],
    [
      "that gives a metric a wrong type and too few labels",
      `${metrics}| \`streamline_segments_total\` | C \`{topic}\` | x |`,
      [
        "3: streamline_segments_total is a gauge, not C",
        "3: the labels of streamline_segments_total are {topic,partition}, not {topic}",
      ],
    ],
    ["about anything else", "| Panel | Default |\n|---|---|\n| `--wal-sync-ms` | 5 |", []],
  ];
  for (const [what, table, problems] of cases) {
    test(`${what} ${problems.length === 0 ? "is left alone" : "is found"}`, () => {
      assert.deepEqual(inGuide(table), problems);
    });
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
      "streamline_topics_total is not a counter",
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
