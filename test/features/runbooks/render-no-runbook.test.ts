/** An alert that no page covers. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { renderNoRunbook } from "../../../src/features/runbooks/render-no-runbook.ts";
import { sectionsOf } from "../../block-kit/sections.ts";
import { sectionButtonsIn } from "./section-buttons-in.ts";

const PAGE =
  "# Replication lags\n\n## Meaning\n\nFollowers are behind.\n\n## Diagnosis\n\nAsk the group.\n";

describe("no runbook", () => {
  test("is reported, with the nearest sections in words and as buttons", () => {
    const message = renderNoRunbook("NewAlert", sectionsOf(PAGE).slice(1));
    assert.equal(
      message.text,
      "No runbook covers NewAlert. The nearest sections:\n• Replication lags › Meaning\n• Replication lags › Diagnosis",
    );
    assert.deepEqual(sectionButtonsIn(message.blocks), [
      { label: "Meaning · Replication lags", value: "runbooks/Alert.md#meaning" },
      { label: "Diagnosis · Replication lags", value: "runbooks/Alert.md#diagnosis" },
    ]);
  });

  test("and nothing near is reported, too", () => {
    const message = renderNoRunbook("NewAlert", []);
    assert.match(message.text, /^No runbook covers NewAlert\./);
    assert.match(message.text, /add a page with `alerts: \[NewAlert\]`/);
  });

  test("of an alert about no target says that nothing was checked, whatever is near", () => {
    for (const nearest of [[], sectionsOf(PAGE).slice(1)]) {
      const message = renderNoRunbook("NewAlert", nearest, { isOfNoTarget: true });
      assert.match(message.text, /cannot check it from here, because its labels match none/);
      assert.match(JSON.stringify(message.blocks), /cannot check it from here/);
      assert.doesNotMatch(renderNoRunbook("NewAlert", nearest).text, /cannot check it/);
    }
  });
});
