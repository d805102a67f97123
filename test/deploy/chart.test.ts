/** The Helm chart, rendered by Go's template engine, against Kubernetes' own schemas. */
// needs: golang-go, prometheus, prometheus-alertmanager

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Ajv, type AnySchema } from "ajv";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Service } from "kubernetes-models/v1/Service";
import { parse, parseAllDocuments } from "yaml";
import { parseConfigFile } from "../../src/config/config-file.ts";

const CHART = "docs/deploy/chart/streamline-incident-bot";
const MODELS = { ConfigMap, Service, Deployment, StatefulSet, NetworkPolicy, PodDisruptionBudget };

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels: Readonly<Record<string, string>> };
  readonly spec: Record<string, never>;
  readonly data: Record<string, string>;
}

const values = (): Record<string, unknown> =>
  parse(readFileSync(join(CHART, "values.yaml"), "utf8"));
const isValid = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(join(CHART, "values.schema.json"), "utf8")) as AnySchema,
);

function render(own: object) {
  assert.ok(isValid(own), JSON.stringify(isValid.errors));
  const { name, version, appVersion } = parse(readFileSync(join(CHART, "Chart.yaml"), "utf8"));
  const input = JSON.stringify({
    Folder: CHART,
    Chart: { Name: name, Version: version, AppVersion: appVersion },
    Values: own,
    Release: { Name: "bot", Namespace: "monitoring" },
  });
  return spawnSync("go", ["run", "test/deploy/render-chart.go"], { input, encoding: "utf8" });
}

function manifests(own: object): Manifest[] {
  const { status, stdout, stderr } = render(own);
  assert.equal(status, 0, stderr);
  const rendered = Object.entries(JSON.parse(stdout) as Record<string, string>);
  return rendered
    .filter(([name]) => name.endsWith(".yaml"))
    .flatMap(([name, text]) =>
      parseAllDocuments(text).flatMap((document) => {
        assert.deepEqual(document.errors, [], name);
        const manifest = document.toJS() as Manifest | null;
        return manifest === null ? [] : [manifest];
      }),
    );
}

test("the default values give one replica with a volume, valid for Kubernetes and for the bot", () => {
  const all = manifests(values());
  const kinds = all.map(({ kind }) => kind).toSorted();
  assert.deepEqual(kinds, ["ConfigMap", "NetworkPolicy", "Service", "StatefulSet"]);
  for (const manifest of all) {
    const Model = MODELS[manifest.kind as keyof typeof MODELS];
    new Model(manifest as never).validate();
  }
  const config = all.find(({ kind }) => kind === "ConfigMap")?.data["streamline-bot.yaml"];
  assert.deepEqual(parseConfigFile(config).problems, []);
});

test("with PostgreSQL two replicas are a Deployment that survives a drained node", () => {
  const base = values() as Record<string, object>;
  const secrets = base["secrets"] as { name: string; keys: object };
  const keys = { ...secrets.keys, DATABASE_URL: "database-url" };
  const shared = { ...base, replicas: 2, secrets: { ...secrets, keys } };
  const all = manifests({ ...shared, serviceMonitor: { enabled: true, interval: "15s" } });
  const kinds = all.map(({ kind }) => kind).toSorted();
  assert.deepEqual(kinds, [
    "ConfigMap",
    "Deployment",
    "NetworkPolicy",
    "PodDisruptionBudget",
    "Service",
    "ServiceMonitor",
  ]);
  for (const manifest of all.filter(({ kind }) => kind in MODELS)) {
    new MODELS[manifest.kind as keyof typeof MODELS](manifest as never).validate();
  }
});

test("what an operator's cluster asks for is in its place: registry, proxy, own pages, spread, the way out", () => {
  const base = values() as Record<string, object>;
  const secrets = base["secrets"] as { name: string; keys: object };
  const own = {
    ...base,
    replicas: 2,
    secrets: { ...secrets, keys: { ...secrets.keys, DATABASE_URL: "database-url" } },
    imagePullSecrets: [{ name: "registry" }],
    extraEnv: [{ name: "HTTPS_PROXY", value: "http://proxy:3128" }],
    extraVolumes: [{ name: "pages", configMap: { name: "our-runbooks" } }],
    extraVolumeMounts: [{ name: "pages", mountPath: "/bot/pages", readOnly: true }],
    networkPolicy: { ...base["networkPolicy"], egress: { enabled: true, ports: [443, 5432] } },
  };
  const all = manifests(own);
  for (const manifest of all) {
    new MODELS[manifest.kind as keyof typeof MODELS](manifest as never).validate();
  }
  const of = (kind: string) => all.find((manifest) => manifest.kind === kind) as never as Applied;
  const { spec: pod } = of("Deployment").spec.template;
  const [bot] = pod.containers;
  assert.deepEqual(pod.imagePullSecrets, [{ name: "registry" }]);
  assert.ok(bot?.env.some(({ name }) => name === "HTTPS_PROXY"));
  assert.ok(bot?.volumeMounts.some(({ mountPath }) => mountPath === "/bot/pages"));
  assert.ok(pod.volumes.some(({ name }) => name === "pages"));
  assert.equal(pod.topologySpreadConstraints.length, 1);
  const { policyTypes, egress } = of("NetworkPolicy").spec;
  assert.deepEqual(policyTypes, ["Ingress", "Egress"]);
  const ports = egress.flatMap((rule) => rule.ports.map(({ port }) => port));
  assert.deepEqual(ports, [53, 53, 443, 5432], "names, Slack and the database");
});

/** The parts that the test above reads. */
interface Applied {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly imagePullSecrets: readonly object[];
        readonly topologySpreadConstraints: readonly object[];
        readonly volumes: readonly { readonly name: string }[];
        readonly containers: readonly {
          readonly env: readonly { readonly name: string }[];
          readonly volumeMounts: readonly { readonly mountPath: string }[];
        }[];
      };
    };
    readonly policyTypes: readonly string[];
    readonly egress: readonly { readonly ports: readonly { readonly port: number }[] }[];
  };
}

test("the Prometheus Operator's objects give the jobs that the rules select, under its labels", () => {
  const labels = { release: "kube-prometheus-stack" };
  const all = manifests({
    ...values(),
    serviceMonitor: { enabled: true, interval: "15s", labels },
    probes: { enabled: true, interval: "15s", labels },
    prometheusRule: { enabled: true, labels },
  });
  const operators = all.filter(({ kind }) => /^(ServiceMonitor|Probe|PrometheusRule)$/.test(kind));
  for (const { kind, metadata } of operators) {
    assert.equal(metadata.labels["release"], labels.release, kind);
  }
  const probes = all.filter(({ kind }) => kind === "Probe").map(({ spec }) => spec as object);
  const probe = (module: string, address: string) => ({
    jobName: `streamline-${module}`,
    interval: "15s",
    module,
    prober: { url: "bot.monitoring.svc:8080", path: "/probe" },
    targets: { staticConfig: { static: [address] } },
  });
  assert.deepEqual(probes, [probe("health", "streamline:9094"), probe("kafka", "streamline:9092")]);

  const monitor = all.find(({ kind }) => kind === "ServiceMonitor")?.spec as { jobLabel?: string };
  const service = all.find(({ kind }) => kind === "Service")?.metadata.labels ?? {};
  const job = service[monitor?.jobLabel ?? ""];
  const jobs = new Set([job, ...probes.map((each) => (each as { jobName: string }).jobName)]);
  const rules = readdirSync("alerts")
    .filter((name) => name.endsWith(".rules.yml"))
    .map((name) => readFileSync(join("alerts", name), "utf8"))
    .join();
  const selected = [...rules.matchAll(/job="([^"]+)"/g)].map(([, name = ""]) => name);
  // The server's own scrape and the node exporter are the cluster's.
  const lacking = [...new Set(selected)].filter((name) => !jobs.has(name)).toSorted();
  assert.deepEqual(lacking, ["node", "streamline"]);
});

test("two replicas without PostgreSQL fail with the remedy", () => {
  const { status, stderr } = render({ ...values(), replicas: 2 });
  assert.equal(status, 1);
  assert.match(stderr, /DATABASE_URL under secrets\.keys/);
});

test("the rules of the Prometheus Operator are those of alerts/", () => {
  const set = values()["prometheusRule"] as object;
  const all = manifests({ ...values(), prometheusRule: { ...set, enabled: true } });
  const rules = all.filter(({ kind }) => kind === "PrometheusRule");
  const files = readdirSync("alerts").filter((name) => name.endsWith(".rules.yml"));
  assert.equal(rules.length, files.length);
  for (const file of files) {
    const own = rules.find(
      ({ metadata }) => metadata.name === `bot-${file.replace(".rules.yml", "")}`,
    );
    assert.deepEqual(own?.spec, parse(readFileSync(join("alerts", file), "utf8")));
  }
  const elsewhere = manifests({
    ...values(),
    prometheusRule: { enabled: true, mountpoint: "/data" },
  }).filter(({ kind }) => kind === "PrometheusRule");
  const texts = JSON.stringify(elsewhere.map(({ spec }) => spec));
  assert.ok(texts.includes('mountpoint=\\"/data\\"'));
  assert.ok(!texts.includes('mountpoint=\\"/var/lib/streamline\\"'));
});

test("values that are wrong are refused by the chart's schema", () => {
  const wrong = [
    { ...values(), replica: 2 },
    { ...values(), replicas: 0 },
    { ...values(), config: { targets: [] } },
    { ...values(), config: { ...(values()["config"] as object), route: [] } },
    { ...values(), config: { ...(values()["config"] as object), routes: [{ chanel: "C0A" }] } },
    { ...values(), secrets: { name: "s", keys: { PASSWORD: "p" } } },
    { ...values(), config: { ...(values()["config"] as object), store: "/tmp/x.db" } },
    { ...values(), config: { ...(values()["config"] as object), listen: "0.0.0.0:9000" } },
    { ...values(), extraEnv: { HTTPS_PROXY: "x" } },
  ];
  for (const own of wrong) assert.equal(isValid(own), false, JSON.stringify(own).slice(0, 80));
});

test("the compose file names what is there, and its configurations are in order", () => {
  const folder = "docs/deploy/compose";
  const compose = parse(readFileSync(join(folder, "compose.yaml"), "utf8"));
  const mounted = Object.values(compose.services as Record<string, { volumes?: string[] }>).flatMap(
    ({ volumes = [] }) => volumes.map((volume) => volume.split(":")[0] ?? ""),
  );
  const paths = mounted.filter((path) => path.startsWith("."));
  assert.ok(paths.length > 5);
  for (const path of paths) assert.ok(existsSync(join(folder, path)), path);
  const named = mounted.filter((path) => /^[a-z]/.test(path));
  assert.deepEqual(
    named.filter((name) => !(name in compose.volumes)),
    [],
  );
  const config = readFileSync(join(folder, "streamline-bot.yaml"), "utf8");
  assert.deepEqual(parseConfigFile(config).problems, []);
  const check = (command: string, args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
  };
  check("promtool", ["check", "config", "--syntax-only", "prometheus.yml"]);
  check("amtool", ["check-config", "alertmanager.yml"]);
});

test("the systemd unit is one that systemd reads, with its sandbox", () => {
  const unit = readFileSync("docs/deploy/systemd/streamline-incident-bot.service", "utf8");
  const lines = unit.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  assert.ok(lines.every((line) => /^\[\w+\]$|^[A-Za-z]+=/.test(line)));
  for (const wanted of ["ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet="]) {
    assert.ok(lines.includes(wanted), wanted);
  }
  const started = /^ExecStart=\S+ .*? (\S+src\/main\.ts) serve$/m.exec(unit)?.[1] ?? "";
  assert.ok(existsSync(started.replace("/opt/streamline-incident-bot/", "")), started);
});
