/** What every message keeps that shows strangers' text: Slack takes it, within its limits. */

import assert from "node:assert/strict";
import { fit } from "../../../src/block-kit/fit.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import { checkMessage } from "../../../src/sandbox/slack/check-payload.ts";

export function assertShown(message: Message): void {
  const { text, blocks } = fit(message);
  assert.equal(checkMessage({ text, blocks: [...blocks] }), undefined);
  assert.ok(text.isWellFormed());
}
