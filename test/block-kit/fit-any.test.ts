/** Whatever stands in a message or a view, Slack takes what goes out. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fit } from "../../src/block-kit/fit.ts";
import { LIMITS } from "../../src/block-kit/limits.ts";
import { modalOf } from "../../src/edges/slack/view-payload.ts";
import { checkMessage, checkView } from "../../src/sandbox/slack/check-payload.ts";
import fc from "../support/fast-check.ts";
import { messageBlock, viewBlock } from "./any-block.ts";
import { hostile } from "./hostile.ts";

test("no message exceeds a limit of Slack's, whatever its blocks are", () => {
  fc.assert(
    fc.property(hostile, fc.array(messageBlock, { maxLength: 8 }), (text, blocks) => {
      const fitted = fit({ text, blocks });
      assert.equal(checkMessage({ text: fitted.text, blocks: [...fitted.blocks] }), undefined);
      assert.ok(fitted.text.length <= LIMITS.messageText);
    }),
    { numRuns: 300 },
  );
});

test("no message of sixty blocks exceeds the total or the number", () => {
  fc.assert(
    fc.property(messageBlock, (block) => {
      const { blocks } = fit({ text: "x", blocks: Array(60).fill(block) });
      assert.equal(checkMessage({ text: "x", blocks: [...blocks] }), undefined);
    }),
    { numRuns: 100 },
  );
});

test("no view exceeds a limit of Slack's, whatever stands in it", () => {
  fc.assert(
    fc.property(hostile, fc.array(viewBlock, { maxLength: 8 }), (title, blocks) => {
      const view = modalOf({ callbackId: "x", title: `t${title}`, submit: "Go", blocks });
      assert.equal(checkView({ ...view }), undefined);
    }),
    { numRuns: 300 },
  );
});

test("metadata that is too long for a view is an error, for cut it would mean something else", () => {
  const metadata = "x".repeat(LIMITS.viewMetadata + 1);
  const view = { callbackId: "silence", title: "t", metadata, blocks: [] };
  assert.throws(() => modalOf(view), /the metadata of the view silence has 3001 characters/);
});
