/** Which incidents an address speaks of, and what speaks of none. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { incidentsOfLink } from "../../src/incidents/linked-incidents.ts";
import { firing, incidentOf } from "./notifications.ts";

const QUERY = "http://prometheus.example.com/graph?g0.expr=up+%3D%3D+0&g0.tab=1";
const RUNBOOK = "https://runbooks.example.com/DiskFull.md";
const AM = "http://alertmanager.example.com/am";

const disk = incidentOf(
  [
    firing("a", {
      labels: { alertname: "DiskFull", job: "stream,line", path: 'a"b' },
      annotations: { runbook_url: `${RUNBOOK}#meaning` },
      addresses: { generator: QUERY },
    }),
  ],
  { id: "disk", externalUrl: AM },
);
const lag = incidentOf([firing("b", { labels: { alertname: "Lag" }, annotations: {} })], {
  id: "lag",
  externalUrl: AM,
});
const elsewhere = incidentOf(
  [firing("c", { labels: { alertname: "DiskFull" }, annotations: {} })],
  {
    id: "elsewhere",
    externalUrl: "http://other.example.com",
  },
);
const ALL = [lag, disk, elsewhere];

function filtered(filter: string, page = `${AM}/#/alerts`): string {
  return `${page}?silenced=false&filter=${encodeURIComponent(filter)}`;
}

const CASES: readonly (readonly [what: string, address: string, ids: readonly string[]])[] = [
  ["a rule's query", QUERY, ["disk"]],
  ["a runbook", RUNBOOK, ["disk"]],
  ["another heading of it", `${RUNBOOK}#mitigation`, ["disk"]],
  ["a list of Alertmanager", filtered('{alertname="DiskFull"}'), ["disk"]],
  ["one without braces", filtered('alertname="Lag"'), ["lag"]],
  ["a pattern", filtered('{alertname=~"Lag|Disk.*"}'), ["lag", "disk"]],
  [
    "a value with a comma and one with a quote",
    filtered('{job="stream,line",path="a\\"b"}'),
    ["disk"],
  ],
  ["a new silence", filtered('{alertname="Lag"}', `${AM}/#/silences/new`), ["lag"]],
  ["another Alertmanager", filtered('{alertname="Lag"}', "http://other.example.com/#/alerts"), []],
  ["a path that only begins alike", filtered('{alertname="Lag"}', `${AM}s/#/alerts`), []],
  ["everything", filtered("{}"), []],
  ["a filter that takes everything", filtered('{alertname=~".*"}'), []],
  ["no filter", `${AM}/#/alerts`, []],
  ["a filter that is none", filtered("{what"), []],
  ["a pattern that is none", filtered('{alertname=~"("}'), []],
  ["another page", "https://runbooks.example.com/Other.md", []],
  ["no address", "DiskFull", []],
  ["another scheme", "javascript:alert(1)", []],
  ["a long one", `${AM}/#/alerts?filter=${"a".repeat(4_000)}`, []],
];

for (const [what, address, ids] of CASES) {
  test(`${what} speaks of ${ids.length === 0 ? "none" : ids.join(" and ")}`, () => {
    assert.deepEqual(
      incidentsOfLink(address, ALL).map(({ id }) => id),
      ids,
    );
  });
}
