/** What the line of an alert shows, whoever named it: its links, its severity, and its labels for a name. */

import { alert, check, group } from "./webhook-rows.ts";

const LINKS: readonly (readonly [name: string, word: string])[] = [
  ["runbook_url", "runbook"],
  ["runbook", "runbook"],
  ["runbookUrl", "runbook"],
  ["runbook-url", "runbook"],
  ["RUNBOOK_URL", "runbook"],
  ["playbook", "runbook"],
  ["dashboard_url", "dashboard"],
  ["dashboardURL", "dashboard"],
  ["dashboard", "dashboard"],
  ["grafana_url", "dashboard"],
];

check("an alert's own links", [
  ...LINKS.map(([name, word]) => ({
    what: `${name} is shown with where it leads`,
    steps: [group([alert({}, { annotations: { [name]: "https://wiki.example/x" } })])],
    shows: ["firing 1"],
    says: [new RegExp(`${word} at wiki\\.example`)],
  })),
  ...[
    "javascript:alert(1)",
    "ftp://wiki.example/x",
    "https://good.example@evil.example/",
    "data:text/html,x",
    "wiki/x",
    "https://",
    " https://a b.example/",
  ].map((address) => ({
    what: `"${address}" is no link`,
    steps: [group([alert({}, { annotations: { runbook_url: address } })])],
    shows: ["firing 1"],
    never: [/runbook at/],
  })),
]);

const RANKED: readonly (readonly [severity: string, mark: string])[] = [
  ["critical", "🔴"],
  ["CRITICAL", "🔴"],
  ["page", "🔴"],
  ["P1", "🔴"],
  ["sev2", "🔴"],
  ["Disaster", "🔴"],
  ["High", "🔴"],
  ["warning", "🟠"],
  ["Average", "🟠"],
  ["S3", "🟠"],
  ["minor", "🟠"],
  ["info", "🔵"],
  ["Information", "🔵"],
  ["p5", "🔵"],
];

check("severity of each line", [
  {
    what: "in a mixed group each line has its own, the worst first",
    steps: [
      group(
        RANKED.toReversed()
          .slice(0, 10)
          .map(([severity], n) => alert({ severity, alertname: `N${n}` })),
      ),
    ],
    shows: ["firing 10"],
    says: [/^🔴[^\n]*\n[^\n]*\n• 🔴 .*• 🟠 .*• 🔵 /s],
  },
  ...RANKED.map(([severity, mark]) => ({
    what: `${severity} is ${mark}`,
    steps: [group([alert({ severity })])],
    shows: ["firing 1"],
    says: [new RegExp(`^${mark} ${severity.toUpperCase()} KafkaDown`, "u")],
  })),
  {
    what: "one that is no word of anybody's is shown, without a colour",
    steps: [group([alert({ severity: "Not classified" })])],
    shows: ["firing 1"],
    says: [/^⚪ NOT CLASSIFIED KafkaDown/],
  },
]);

const NAMELESS = { groupLabels: {}, commonLabels: {} };

check("alerts without a name", [
  ...[undefined, "", null].map((alertname) => ({
    what: `whose name is ${JSON.stringify(alertname)} are told by their labels`,
    steps: [
      group([alert({ alertname, severity: "critical", check: "disk", host: "db-7" })], NAMELESS),
    ],
    shows: ["firing 1"],
    says: [/^🔴 CRITICAL check=disk host=db-7\n/],
    never: [/\(no alertname\)/],
  })),
  {
    what: "with nothing but a sentence",
    steps: [
      group([{ ...alert({}), labels: {}, annotations: { summary: "it is down" } }], NAMELESS),
    ],
    shows: ["firing 1"],
    says: [/it is down/],
  },
]);
