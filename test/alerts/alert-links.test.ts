/** The addresses that an alert carries, as links that cannot lie about where they lead. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { alertLinks, ownRunbook, withDashboards } from "../../src/alerts/alert-links.ts";

const linked = (annotations: Record<string, string>) => alertLinks({ annotations });

test("the runbook comes first, and each address once", () => {
  const links = alertLinks({
    annotations: {
      dashboard_url: "https://grafana.example/d/abc",
      runbook_url: "https://wiki.example/down",
      runbook: "https://wiki.example/down",
    },
    addresses: { generator: "http://prometheus:9090/graph?g0.expr=up" },
  });
  assert.deepEqual(
    links.map(({ kind, host }) => `${kind} ${host}`),
    ["runbook wiki.example", "dashboard grafana.example", "query prometheus:9090"],
  );
});

test("only http and https without credentials lead anywhere", () => {
  for (const runbook_url of [
    "javascript:alert(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "https://good.example@evil.example/",
    "ftp://x.example",
    "see the wiki",
    `https://x.example/${"a".repeat(3_000)}`,
  ]) {
    assert.deepEqual(linked({ runbook_url }), [], runbook_url);
  }
});

test("letters of another script show what they are", () => {
  assert.equal(
    ownRunbook({ annotations: { runbook_url: "https://аpple.com/" } })?.host,
    "xn--pple-43d.com",
  );
});

test("a path is completed with Grafana's address, where it is known", () => {
  const annotations = { dashboard: "/d/streamline-bot" };
  assert.deepEqual(alertLinks({ annotations }), []);
  const completed = withDashboards([{ annotations }], "https://grafana.example");
  const [link] = completed.flatMap(alertLinks);
  assert.equal(link?.url, "https://grafana.example/d/streamline-bot");
  for (const elsewhere of ["//evil.example/d", "d/relative", "javascript:alert(1)"]) {
    const alert = { annotations: { dashboard: elsewhere } };
    assert.deepEqual(withDashboards([alert], "https://grafana.example"), [alert]);
  }
});
