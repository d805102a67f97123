/** The list of silences: which of them somebody may have forgotten. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { listSilences } from "../../src/alerts/forgotten-silences.ts";
import type { Silence } from "../../src/alerts/silence.ts";
import { HOUR, MINUTE, T0 } from "../incidents/notifications.ts";

function silence(id: string, change: Partial<Silence> = {}): Silence {
  return {
    id,
    matchers: [{ name: "a", value: id, isRegex: false, isEqual: true }],
    startsAt: T0 - HOUR,
    endsAt: T0 + HOUR,
    createdBy: "alice",
    comment: "disk swap",
    state: "active",
    ...change,
  };
}
const hiddenBy = (id: string) => ({ fingerprint: id, labels: { a: id }, silencedBy: [id] });

test("the forgotten ones come first, the most forgotten and the oldest before the others", () => {
  const day = 24 * HOUR;
  const listed = listSilences(
    [
      silence("well"),
      silence("old", { startsAt: T0 - 2 * day }),
      silence("worst", { startsAt: T0 - 5 * day, endsAt: T0 + 30 * day }),
      silence("older", { startsAt: T0 - 3 * day }),
    ],
    [hiddenBy("well"), hiddenBy("old"), hiddenBy("older")],
    T0,
  );
  assert.deepEqual(
    listed.map(({ silence: { id }, reasons }) => [id, reasons]),
    [
      ["worst", ["hides-nothing", "made-long-ago", "lasts-long"]],
      ["older", ["made-long-ago"]],
      ["old", ["made-long-ago"]],
      ["well", []],
    ],
  );
});

test("expired ones are left out; one just made, or not begun, may hide nothing", () => {
  const listed = listSilences(
    [
      silence("over", { state: "expired" }),
      silence("new", { startsAt: T0 - 29 * MINUTE }),
      silence("coming", { state: "pending", startsAt: T0 + HOUR, endsAt: T0 + 2 * HOUR }),
    ],
    [],
    T0,
  );
  assert.deepEqual(
    listed.map(({ silence: { id }, reasons }) => [id, reasons]),
    [
      ["new", []],
      ["coming", []],
    ],
  );
});
