/** The steps of a section, and those that a situation makes unsafe. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { cutSteps, lostGuards, withoutUnsafe } from "../../src/knowledge/cut-steps.ts";

const SECTION = `The smallest risk first.

**1. Take other work off the disk:** backups. **Risk:** none.

**2. Turn the cache off,** then restart:

\`\`\`bash
sudo systemctl daemon-reload
\`\`\`

- **Risk:** clients are cut off.

1. **Wait** until it is over.
2. Look again.
`;

const GUARD = [{ begins: "Turn the cache off", unless: ["disk-full", "lost"], line: 4 }];

test("a step begins with a paragraph in bold, or is an item of a numbered list", () => {
  const { intro, steps } = cutSteps(SECTION);
  assert.equal(intro, "The smallest risk first.");
  assert.deepEqual(
    steps.map(({ lead }) => lead),
    [
      "Take other work off the disk: backups. Risk: none.",
      "Turn the cache off, then restart:",
      "Wait until it is over.",
      "Look again.",
    ],
  );
  assert.match(steps[1]?.markdown ?? "", /daemon-reload[\s\S]*cut off\.$/);
});

test("a section without steps is its own introduction", () => {
  assert.deepEqual(cutSteps("Just words.\n\n- a bullet"), {
    intro: "Just words.\n\n- a bullet",
    steps: [],
  });
});

test("an unsafe step is kept back with what it holds, and named", () => {
  const { markdown, keptBack } = withoutUnsafe(SECTION, GUARD, new Set(["lost"]));
  assert.deepEqual(keptBack, [{ lead: "Turn the cache off, then restart:", because: "lost" }]);
  assert.doesNotMatch(markdown, /Turn the cache|daemon-reload|cut off/);
  assert.match(markdown, /^The smallest risk first\.\n\n\*\*1\. Take[\s\S]*Look again\.$/);
});

test("nothing is kept back while none of its checks is active", () => {
  const safe = withoutUnsafe(SECTION, GUARD, new Set(["consumer-slow"]));
  assert.deepEqual(safe, { markdown: SECTION, keptBack: [] });
});

test("a guard that no step begins with is found", () => {
  const other = { begins: "Turn it on", unless: ["disk-full"], line: 7 };
  assert.deepEqual(lostGuards([{ markdown: SECTION }], [...GUARD, other]), [other]);
});
