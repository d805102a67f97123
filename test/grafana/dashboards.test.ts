/**
 * The dashboards are what their source makes of them, and keep the rules of Grafana's
 * dashboard-linter (github.com/grafana/dashboard-linter, docs/rules), restated here for ours: a
 * rule whose reason is ours too is stricter, such as the matchers of every selector.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { parse } from "yaml";
import { dashboardTexts } from "../../grafana/source/dashboards.ts";
import { parseCatalogue } from "../../src/drift/catalogue.ts";
import { readExpression } from "../../src/drift/cli/expression-reader.ts";
import type { UsedSelector } from "../../src/drift/expression.ts";
import { type Panel, panelsOf, readDashboards, type Variable } from "./dashboard-files.ts";

const REPOSITORY = "https://github.com/streamline-incident-bot/streamline-incident-bot/blob/main/";
const DASHBOARDS = readDashboards();

/** Those that we use, of the units in Grafana's valueFormats/categories.ts. */
const UNITS = new Set("none short percentunit s ms d bytes binBps reqps wps cps ops".split(" "));

test("there is a dashboard for each subject, and a source for each", () => {
  assert.deepEqual(
    DASHBOARDS.map(({ name }) => name),
    ["bot", "cluster", "consumers", "host", "overview", "topics"],
  );
});

for (const { fileName, text } of dashboardTexts()) {
  test(`grafana/${fileName} is what its source makes; if not, run node grafana/generate.ts`, () => {
    assert.equal(readFileSync(`grafana/${fileName}`, "utf8"), text);
  });
}

for (const dashboard of DASHBOARDS) {
  describe(`dashboard ${dashboard.name}`, () => {
    test("is found by its name, cannot be edited and links to the others", () => {
      assert.equal(dashboard.uid, `streamline-${dashboard.name}`);
      assert.equal(dashboard.editable, false);
      assert.deepEqual(dashboard.tags, ["streamline"]);
      assert.ok(dashboard.description.length > 50);
    });

    test("has one data source to choose", () => {
      const sources = dashboard.templating.list.filter(({ type }) => type === "datasource");
      assert.deepEqual(
        sources.map(({ name, label, query }) => ({ name, label, query })),
        [{ name: "datasource", label: "Data source", query: "prometheus" }],
      );
    });

    for (const name of ["cluster", "job", "instance"]) {
      test(`has a variable ${name} with several choices`, () => {
        const variable = variableOf(dashboard.templating.list, name);
        assert.equal(variable.type, "query");
        assert.equal(variable.label.toLowerCase(), name);
        assert.equal(variable.multi, true);
        assert.equal(variable.allValue, name === "cluster" ? ".*" : ".+");
      });
    }

    for (const variable of dashboard.templating.list.filter(({ type }) => type === "query")) {
      test(`asks for ${variable.name} again for each time range, in valid PromQL`, () => {
        assert.equal(variable.refresh, 2);
        assert.equal(variable.datasource?.uid, "$datasource");
        const [, series = "", label] = /^label_values\((.+), (\w+)\)$/.exec(variable.query) ?? [];
        assert.equal(label, variable.name);
        assert.equal(readExpression(series).kind, "read", series);
      });
    }

    test("numbers its panels once and lets none lie over another", () => {
      const ids = dashboard.panels.map(({ id }) => id);
      assert.deepEqual(ids, [...new Set(ids)]);
      assert.deepEqual(overlaps(dashboard.panels), []);
    });

    test("marks the alerts that fire", () => {
      assert.deepEqual(
        dashboard.annotations.list.map(({ expr }) => expr),
        ['ALERTS{alertstate="firing",service="streamline"}'],
      );
    });

    for (const panel of panelsOf(dashboard)) describePanel(panel);
  });
}

function describePanel(panel: Panel): void {
  test(`panel "${panel.title}" says what it shows, in which unit, and where to read on`, () => {
    assert.ok(panel.title.length > 0);
    assert.ok(panel.description.length > 30, "a description of more than a few words");
    assert.ok(UNITS.has(panel.fieldConfig.defaults.unit ?? ""), panel.fieldConfig.defaults.unit);
    assert.equal(panel.datasource?.uid, "$datasource");
    assert.ok(panel.links.length > 0, "a link to a guide or a runbook");
    for (const { url } of panel.links) {
      assert.ok(url.startsWith(`${REPOSITORY}knowledge/`), url);
    }
  });

  for (const { refId, expr, datasource } of panel.targets) {
    test(`query ${refId} of "${panel.title}" selects by the variables and rates what it may`, () => {
      assert.equal(datasource.uid, "$datasource");
      assert.deepEqual(problemsIn(expr), []);
    });
  }

  test(`panel "${panel.title}" has a query, and each its own letter and legend`, () => {
    const letters = panel.targets.map(({ refId }) => refId);
    assert.ok(letters.length > 0);
    assert.deepEqual(letters, [...new Set(letters)]);
    assert.ok(panel.targets.every(({ legendFormat }) => legendFormat.length > 0));
  });
}

test("the rules find what they are for", () => {
  assert.match(problemsIn("up{").join(), /not PromQL/);
  assert.match(problemsIn('up{job=~"$job"}').join(), /no matcher instance=~"\$instance"/);
  const all = 'cluster=~"$cluster",job=~"$job",instance=~"$instance"';
  assert.match(problemsIn(`rate(node_load1{${all}}[5m])`).join(), /\[5m\]/);
  assert.match(problemsIn(`rate(x{${all}}[$__interval])`).join(), /\$__interval/);
  assert.match(problemsIn(`streamline_records_total{${all}}`).join(), /counter .* without a rate/);
  assert.deepEqual(problemsIn(`streamline_topics_total{${all}}`), []);
  assert.deepEqual(problemsIn(`rate(streamline_records_total{${all}}[$__rate_interval])`), []);
});

test("the provisioning files name a data source and a folder of dashboards", () => {
  const sources: unknown = parse(
    readFileSync("grafana/provisioning/datasources/prometheus.yaml", "utf8"),
  );
  const providers: unknown = parse(
    readFileSync("grafana/provisioning/dashboards/streamline.yaml", "utf8"),
  );
  assert.partialDeepStrictEqual(sources, {
    apiVersion: 1,
    datasources: [{ type: "prometheus", jsonData: { timeInterval: "15s" } }],
  });
  assert.partialDeepStrictEqual(providers, {
    apiVersion: 1,
    providers: [{ type: "file", allowUiUpdates: false }],
  });
  assert.ok(existsSync("grafana/generate.ts"));
});

const CATALOGUE = parseCatalogue(
  readFileSync("knowledge/catalogue/streamline-0.2.0.yaml", "utf8"),
  "streamline-0.2.0.yaml",
);

/** What the linter would say of a query: its text, its matchers, its rates. */
function problemsIn(expr: string): string[] {
  const read = readExpression(expr.replace(/\$__rate_interval\b|\$__range\b/g, "11m"));
  const ranges = [...expr.matchAll(/\b(?:rate|irate)\([^[]*\[([^\]]+)\]/g)].map((m) => m[1] ?? "");
  return [
    ...(read.kind === "broken" ? [`not PromQL: ${read.reason}`] : []),
    ...(/\$__interval/.test(expr) ? ["uses $__interval"] : []),
    ...ranges
      .filter((range) => range !== "$__rate_interval")
      .map((range) => `rate over [${range}]`),
    ...(read.kind === "read" ? read.selectors.flatMap(problemsOfSelector) : []),
  ];
}

function problemsOfSelector({ metric = "", matchers, isRated }: UsedSelector): string[] {
  const missing = ["cluster", "job", "instance"].filter(
    (label) =>
      !matchers.some((m) => m.label === label && m.operator === "=~" && m.value === `$${label}`),
  );
  return [
    ...missing.map((label) => `no matcher ${label}=~"$${label}"`),
    ...(isCounter(metric) && !isRated ? [`the counter ${metric} stands without a rate`] : []),
  ];
}

/** The server has gauges that end in _total; for other programs the ending tells. */
function isCounter(metric: string): boolean {
  const entry = CATALOGUE.metrics.get(metric);
  return entry === undefined ? metric.endsWith("_total") : entry.type === "counter";
}

function variableOf(list: readonly Variable[], name: string): Variable {
  const found = list.find((each) => each.name === name);
  assert.ok(found, `no variable ${name}`);
  return found;
}

function overlaps(panels: readonly Panel[]): string[] {
  return panels.flatMap((a, n) =>
    panels.slice(n + 1).flatMap((b) => {
      const apart =
        a.gridPos.x + a.gridPos.w <= b.gridPos.x ||
        b.gridPos.x + b.gridPos.w <= a.gridPos.x ||
        a.gridPos.y + a.gridPos.h <= b.gridPos.y ||
        b.gridPos.y + b.gridPos.h <= a.gridPos.y;
      const fits = a.gridPos.x + a.gridPos.w <= 24;
      return apart && fits ? [] : [`${a.title} and ${b.title}`];
    }),
  );
}
