/** What counts as shown: the verdict of a message, and not the step that its page names. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { bold, plain } from "../../../src/block-kit/blocks.ts";
import { createIncidentVerdicts } from "../../../src/features/why-slow/incident-verdicts.ts";
import { noteVerdict } from "../../../src/incidents/note-verdict.ts";
import { buildLibrary } from "../../../src/knowledge/library.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { firing, incidentOf, SECOND, T0 } from "../../incidents/notifications.ts";
import { createClock } from "../fakes.ts";

const INCIDENT = incidentOf([firing("a")], { target: TARGET.name, messageTs: "1.1" });

function verdicts() {
  return createIncidentVerdicts({
    knowledge: { library: () => buildLibrary([], []) },
    whySlow: {
      standing: () => undefined,
      checks: () => [],
      open: () => assert.fail("no thread is opened"),
    },
    memory: { ruleState: () => undefined },
    targets: [TARGET],
    clock: createClock(T0),
  });
}

test("a message that only says what to do first gets its verdict as soon as there is one", () => {
  const known = verdicts();
  known.shown(INCIDENT, {
    mark: "",
    verdict: [],
    first: [bold("First: "), plain("larger batches")],
  });
  const seen = { text: "🔴\nThe disk is full" };
  const change = noteVerdict(INCIDENT, seen, {
    shown: known.lastShown(INCIDENT),
    nowMs: T0 + SECOND,
  });
  assert.deepEqual(change?.notices, [{ kind: "incident" }]);
});

test("a message with a verdict waits for the next one; what the thread's own poll shows corrects it at once", () => {
  const known = verdicts();
  known.shown(INCIDENT, { mark: "🟢", verdict: [plain("It is over")] });
  const seen = { text: "🔴\nThe disk is full" };
  const shown = known.lastShown(INCIDENT);
  assert.equal(noteVerdict(INCIDENT, seen, { shown, nowMs: T0 + 6 * SECOND }), undefined);
  // An edit alone: the thread opens with that poll.
  const corrected = noteVerdict(INCIDENT, seen, { shown, nowMs: T0 + SECOND });
  assert.deepEqual(corrected?.notices, [{ kind: "incident" }]);
});
