/** What a silence hides, whether it may be made, and how its matchers come from labels. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  canJudge,
  escapedPattern,
  hiddenOf,
  hiding,
  matcherText,
  type SilenceMatcher,
  unfitness,
} from "../../src/alerts/silence.ts";
import {
  classicFields,
  type DraftField,
  draftFields,
  LONGEST_PATTERN,
  matchersOf,
  takenIn,
} from "../../src/alerts/silence-draft.ts";
import fc from "../support/fast-check.ts";

const is = (name: string, value: string): SilenceMatcher => ({
  name,
  value,
  isRegex: false,
  isEqual: true,
});
const like = (name: string, value: string): SilenceMatcher => ({
  ...is(name, value),
  isRegex: true,
});
const not = (matcher: SilenceMatcher): SilenceMatcher => ({ ...matcher, isEqual: false });

describe("a silence hides", () => {
  for (const [what, matchers, labels, expected] of [
    ["what carries the value", [is("a", "x")], { a: "x", b: "y" }, true],
    ["nothing of another value", [is("a", "x")], { a: "xx" }, false],
    ["what every matcher takes, and no less", [is("a", "x"), is("b", "y")], { a: "x" }, false],
    ["what lacks a label that may be empty", [is("a", "x"), is("b", "")], { a: "x" }, true],
    ["what lacks a label that may not be so", [not(is("a", "x"))], {}, true],
    ["whole values only", [like("a", "x|y")], { a: "xy" }, false],
    ["one of several values", [like("a", "x|y")], { a: "y" }, true],
    ["nothing that a pattern excludes", [not(like("a", "x.*"))], { a: "xyz" }, false],
    ["no label that every object has", [is("constructor", "")], {}, true],
  ] as const) {
    test(what, () => assert.equal(hiding(matchers)(labels), expected));
  }
});

describe("a silence may not be made", () => {
  test("without matchers", () => assert.equal(unfitness([]), "no-matchers"));

  test("of matchers that all take what carries nothing", () => {
    assert.equal(unfitness([like("a", ".*"), is("b", "")]), "matches-nothing-set");
    assert.equal(unfitness([not(is("a", "x"))]), "matches-nothing-set");
    assert.equal(unfitness([like("a", ".*"), is("b", "x")]), undefined);
  });

  test("by a pattern that cannot be judged", () => {
    assert.equal(canJudge([like("a", "(?=x)")]), false);
    assert.equal(canJudge([like("a", "x+")]), true);
  });
});

describe("what is hidden of what fires", () => {
  const alerts = [{ labels: { a: "x" } }, { labels: { a: "y" } }];
  const firing = {
    alerts,
    isOfSubject: ({ labels }: { labels: { a: string } }) => labels.a === "x",
  };

  test("is distinguished from what the subject is", () => {
    const { hidden, others, isEverything } = hiddenOf([is("a", "x")], firing);
    assert.deepEqual([hidden.length, others.length, isEverything], [1, 0, false]);
  });

  test("is everything when nothing else is left, and more than the subject fires", () => {
    assert.equal(hiddenOf([like("a", ".+")], firing).isEverything, true);
    const alone = { ...firing, alerts: alerts.slice(0, 1) };
    assert.equal(hiddenOf([like("a", ".+")], alone).isEverything, false);
  });
});

test("a matcher is written as Alertmanager reads it", () => {
  assert.equal(matcherText(is("a", 'b"\\\n')), 'a="b\\"\\\\\\n"');
  assert.equal(matcherText(not(like("a.b", "x"))), '"a.b"!~"x"');
});

const text = fc.oneof(
  fc.constantFrom("broker-1:9094", "broker-2:9094", "orders", "a.b*c", "", "x\ny", "(", "[^$"),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const labels = fc.dictionary(fc.constantFrom("alertname", "job", "instance", "topic", "z"), text);
const seed = fc.array(fc.nat({ max: 7 }), { minLength: 6, maxLength: 6 });

/** What a choice means, without a regular expression. */
function takes(field: DraftField, choice: number | undefined, value: string): boolean {
  const chosen = field.choices[choice ?? field.initial] ?? field.choices[0];
  switch (chosen.kind) {
    case "any":
      return true;
    case "is":
      return field.values.includes(value);
    case "starts":
      return value.startsWith(chosen.with) && !value.slice(chosen.with.length).includes("\n");
  }
}

describe("the draft of a silence", () => {
  test("hides what its choices say, whatever the labels are", () => {
    fc.assert(
      fc.property(
        fc.array(labels, { minLength: 1, maxLength: 4 }),
        labels,
        seed,
        (own, other, n) => {
          const fields = draftFields(own);
          const chosen = fields.map((field, index) => (n[index] ?? 0) % (field.choices.length + 1));
          const hides = hiding(matchersOf(fields, chosen));
          for (const alert of [...own, other]) {
            const expected = fields.every((field, index) =>
              takes(
                field,
                chosen[index],
                Object.hasOwn(alert, field.label) ? (alert[field.label] ?? "") : "",
              ),
            );
            assert.equal(hides(alert), expected);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  test("begins with a set that hides every one of its alerts, and each wider choice still does", () => {
    fc.assert(
      fc.property(fc.array(labels, { minLength: 1, maxLength: 4 }), seed, (own, n) => {
        const fields = draftFields(own);
        const chosen = fields.map((field, index) => (n[index] ?? 0) % field.choices.length);
        for (const choices of [[], chosen]) {
          assert.ok(own.every(hiding(matchersOf(fields, choices))));
        }
      }),
      { numRuns: 500 },
    );
  });

  test("of one alert that carries anything begins with a set that Alertmanager takes", () => {
    fc.assert(
      fc.property(labels, (own) => {
        fc.pre(Object.values(own).some((value) => value !== ""));
        assert.equal(unfitness(matchersOf(draftFields([own]), [])), undefined);
      }),
    );
  });

  test("offers the value, what it begins with, and any", () => {
    const [instance] = draftFields([{ instance: "broker-12.prod:9094" }]);
    assert.deepEqual(instance?.choices, [
      { kind: "is" },
      { kind: "starts", with: "broker-12.prod:9094" },
      { kind: "starts", with: "broker-12.prod:" },
      { kind: "starts", with: "broker-12." },
      { kind: "starts", with: "broker-" },
      { kind: "any" },
    ]);
  });

  test("names the values of several alerts, and what all of them begin with", () => {
    const fields = draftFields([{ instance: "broker-1:9094" }, { instance: "broker-2:9094" }]);
    assert.deepEqual(matchersOf(fields, []), [like("instance", "broker-1:9094|broker-2:9094")]);
    assert.deepEqual(fields[0]?.choices.slice(1), [
      { kind: "starts", with: "broker-" },
      { kind: "any" },
    ]);
  });

  test("holds for exactly the values of all, and for none where some lack the label", () => {
    const some = matchersOf(draftFields([{ a: "x", b: "y" }, { a: "x" }]), []);
    assert.deepEqual(some, [is("a", "x"), like("b", "|y")]);
    const hides = hiding(some);
    assert.deepEqual(
      [{ a: "x" }, { a: "x", b: "y" }, { a: "x", b: "z" }].map((labels) => hides(labels)),
      [true, true, false],
    );
  });

  test("names 25 values one by one, so that another one of their kind is not hidden", () => {
    const pods = Array.from({ length: 25 }, (_, n) => ({ job: "shop", pod: `cart-${n}` }));
    const fields = draftFields(pods);
    const hides = hiding(matchersOf(fields, []));
    assert.ok(pods.every((labels) => hides(labels)));
    assert.equal(hides({ job: "shop", pod: "billing-1" }), false);
    assert.equal(hides({ job: "shop", pod: "cart-25" }), false);
    const prefix = hiding(matchersOf(fields, [undefined, 1]));
    assert.deepEqual(
      ["cart-25", "billing-1"].map((pod) => prefix({ job: "shop", pod })),
      [true, false],
    );
  });

  test("drops a label whose values would fill pages", () => {
    const long = Array.from({ length: 40 }, (_, n) => ({
      a: "x",
      b: `${n}`.padStart(LONGEST_PATTERN / 40, "y"),
    }));
    assert.deepEqual(matchersOf(draftFields(long), []), [is("a", "x")]);
  });

  test("can begin wide in all but some labels", () => {
    const fields = draftFields([{ alertname: "A", job: "j" }], { exact: ["alertname"] });
    assert.deepEqual(matchersOf(fields, []), [is("alertname", "A")]);
    assert.deepEqual(matchersOf(fields, [undefined, 0]), [is("alertname", "A"), is("job", "j")]);
  });
});

test("a quoted text is a pattern of itself alone, as Go quotes it", () => {
  assert.equal(escapedPattern("a.b-c_d/(e)|$"), "a\\.b-c_d/\\(e\\)\\|\\$");
});

describe("what a choice takes in", () => {
  const value = fc.constantFrom("", "cart-1", "cart-2", "cart-10", "billing-1", "a\nb", "cart-\n");
  const labels = fc.record({ pod: value, job: value, zone: value }, { requiredKeys: [] });

  test("is what its matchers hide, the other fields as they are", () => {
    fc.assert(
      fc.property(
        fc.array(labels, { minLength: 1, maxLength: 4 }),
        fc.array(labels, { maxLength: 12 }),
        fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }),
        (own, others, wanted) => {
          const fields = draftFields(own);
          const chosen = fields.map(({ choices }, index) =>
            choices[wanted[index] ?? 0] === undefined ? undefined : wanted[index],
          );
          const counts = takenIn(fields, chosen, others);
          for (const [index, { choices }] of fields.entries()) {
            for (const place of choices.keys()) {
              const matchers = matchersOf(fields, chosen.with(index, place));
              const hidden = others.filter(hiding(matchers)).length;
              assert.equal(counts[index]?.[place], hidden, JSON.stringify(matchers));
            }
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

test("where only classic names are taken, other labels take any value, and say so", () => {
  const fields = classicFields(draftFields([{ alertname: "A", "service.name": "x", größe: "y" }]));
  assert.deepEqual(
    fields.map(({ label, isLeftOut }) => [label, isLeftOut]),
    [
      ["alertname", undefined],
      ["größe", "name-refused"],
      ["service.name", "name-refused"],
    ],
  );
  assert.deepEqual(matchersOf(fields, []), [is("alertname", "A")]);
});
