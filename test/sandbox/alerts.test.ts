/** What the panel's alerts say must fit their rules: a full disk has not 12% left. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAlertmanagers } from "../../src/edges/doctor/check-alertmanagers.ts";
import { createSandboxAlerts } from "../../src/sandbox/alerts.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";

test("the example in an alert's summary is beyond what its rule fires at", () => {
  const alertmanager = {
    url: "http://alertmanager.invalid",
    hold: () => undefined,
    drop: () => undefined,
    isMuted: () => false,
  };
  const { controls } = createSandboxAlerts({
    token: "test",
    instance: "10.0.0.5:9094",
    kafka: "10.0.0.5:9092",
    now: () => Date.UTC(2026, 0, 15, 10),
    alertmanager,
  });
  const said = (name: string): string =>
    controls.alerts().find((each) => each.name === name)?.summary ?? "";
  const percent = (name: string): number => Number(/([\d.]+)%/.exec(said(name))?.[1]);
  assert.ok(percent("DiskFull") < 5);
  assert.ok(percent("DiskSpaceLow") < 15);
  assert.ok(percent("RequestErrors") > 1);
  assert.ok(percent("HotPartition") <= 100);
  assert.match(said("WalBackpressure"), /takes \d+(?:\.\d+)?k produce requests/);
  assert.match(said("SlowWalSync"), /disk nvme0n1 .* takes \d+ ms/);
  assert.match(said("KafkaDown"), /10\.0\.0\.5:9092/, "its own port");
  for (const { name, summary } of controls.alerts()) {
    assert.doesNotMatch(summary, / {2}|\{\{|unknown|none/, name);
  }
});

test("the doctor finds nothing wrong with the sandbox's Alertmanager", async (t) => {
  const sandbox = await startSandbox({ port: 0 });
  t.after(() => sandbox.stop());
  const checks = await checkAlertmanagers(sandbox.config);
  assert.ok(checks.length > 0);
  assert.deepEqual(
    checks.filter(({ state }) => state === "wrong"),
    [],
  );
});
