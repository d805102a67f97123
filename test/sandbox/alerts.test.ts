/** What the panel's alerts say must fit their rules: a full disk has not 12% left. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSandboxAlerts } from "../../src/sandbox/alerts.ts";

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
    now: () => Date.UTC(2026, 0, 15, 10),
    alertmanager,
  });
  const percent = (name: string): number => {
    const found = controls.alerts().find((each) => each.name === name);
    return Number(/([\d.]+)%/.exec(found?.summary ?? "")?.[1]);
  };
  assert.ok(percent("DiskFull") < 5);
  assert.ok(percent("DiskSpaceLow") < 15);
  assert.ok(percent("RequestErrors") > 1);
});
