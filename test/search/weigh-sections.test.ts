/** The order of a runbook's sections by what people said of them. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  liftOf,
  MOST_LIFT,
  type SectionVerdicts,
  weighSections,
} from "../../src/search/weigh-sections.ts";
import fc from "../support/fast-check.ts";

const SECTIONS = ["a", "b", "c", "d", "e"].map((id) => ({ id }));

function verdict(sectionId: string, change: Partial<SectionVerdicts>): SectionVerdicts {
  return { sectionId, useful: 0, notUseful: 0, cleared: 0, incidents: 0, ...change };
}

function orderOf(verdicts: readonly SectionVerdicts[]): string {
  return weighSections(SECTIONS, verdicts)
    .sections.map(({ id }) => id)
    .join("");
}

const counts = fc.record({
  useful: fc.nat(50),
  notUseful: fc.nat(50),
  cleared: fc.nat(20),
  others: fc.nat(20),
});
const verdicts: fc.Arbitrary<SectionVerdicts[]> = fc
  .uniqueArray(
    fc.record({ sectionId: fc.constantFrom("a", "b", "c", "d", "e", "gone", ""), counts }),
    { selector: ({ sectionId }) => sectionId },
  )
  .map((all) =>
    all.map(({ sectionId, counts: { others, ...rest } }) => ({
      sectionId,
      ...rest,
      incidents: rest.cleared + others,
    })),
  );

describe("the order", () => {
  test("without feedback is the page's", () => {
    const { sections, raised } = weighSections(SECTIONS, []);
    assert.deepEqual(sections, SECTIONS);
    assert.equal(raised.size, 0);
  });

  test("is changed by no single voice", () => {
    for (const { id } of SECTIONS) {
      const voices = [{ useful: 1 }, { notUseful: 1 }, { cleared: 1, incidents: 1 }];
      for (const voice of voices) assert.equal(orderOf([verdict(id, voice)]), "abcde");
    }
  });

  test("raises what cleared the alert again and again, and says so", () => {
    const cleared = verdict("d", { cleared: 4, incidents: 5, useful: 3, notUseful: 1 });
    const { sections, raised } = weighSections(SECTIONS, [cleared]);
    assert.equal(sections.map(({ id }) => id).join(""), "abdce".replace("bd", "db"));
    assert.equal(raised.get("d"), "cleared 4 of 5 times, 3 of 4 found it useful");
  });

  test("lowers what many found of no use", () => {
    assert.equal(orderOf([verdict("a", { notUseful: 20 })]), "bacde");
  });

  test("has every section once, whatever people reported, and reasons only for those that moved up", () => {
    fc.assert(
      fc.property(verdicts, (said) => {
        const { sections, raised } = weighSections(SECTIONS, said);
        assert.deepEqual(
          sections.map(({ id }) => id).toSorted(),
          SECTIONS.map(({ id }) => id),
        );
        for (const id of raised.keys()) {
          const place = (all: readonly { id: string }[]) => all.findIndex((each) => each.id === id);
          assert.ok(place(sections) < place(SECTIONS));
        }
      }),
    );
  });

  test("never moves a section down for another good word of it", () => {
    fc.assert(
      fc.property(verdicts, fc.constantFrom("useful", "cleared"), (said, kind) => {
        for (const one of said) {
          const better =
            kind === "useful"
              ? { ...one, useful: one.useful + 1 }
              : { ...one, cleared: one.cleared + 1, incidents: one.incidents + 1 };
          assert.ok(liftOf(better) >= liftOf(one));
          const after = said.map((each) => (each === one ? better : each));
          const placeIn = (all: SectionVerdicts[]) => orderOf(all).indexOf(one.sectionId);
          if (one.sectionId.length === 1) assert.ok(placeIn(after) <= placeIn(said));
        }
      }),
    );
  });

  test("is moved by a bounded weight", () => {
    fc.assert(
      fc.property(verdicts, (said) => {
        for (const each of said) assert.ok(Math.abs(liftOf(each)) <= MOST_LIFT);
      }),
    );
  });
});
