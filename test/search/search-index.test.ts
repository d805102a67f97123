import assert from "node:assert/strict";
import { test } from "node:test";
import type { AskOptions, FoundSection, SearchAnswer } from "../../src/search/asking.ts";
import { createSearch } from "../../src/search/create-search.ts";
import { FIELD_WORDS } from "../../src/search/field-words.ts";
import { countWords } from "../../src/search/prepare-section.ts";
import { createSearchIndex, type SearchIndex } from "../../src/search/search-index.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { parseThesaurus } from "../../src/search/thesaurus.ts";
import fc from "../support/fast-check.ts";

const THESAURUS = parseThesaurus(FIELD_WORDS);

function put(index: SearchIndex, file: string, sections: readonly SearchSection[]): void {
  index.replacePage(
    file,
    sections.map((section) => ({ section, words: countWords(section, THESAURUS) })),
  );
}

function page(file: string, ...texts: string[]): SearchSection[] {
  return texts.map((text, n) => ({
    id: `${file}#${n}`,
    file,
    title: file,
    headings: [file, `Part ${n}`],
    text,
  }));
}

function found(index: SearchIndex, question: string): FoundSection[] {
  const answer = index.ask(question, { limit: 10 });
  return answer.kind === "found" ? answer.results : [];
}

test("an answer shows the routes, the words that matched and their scores", async () => {
  const search = await createSearch([
    {
      id: "a",
      file: "runbooks/WalBackpressure.md",
      title: "Meaning",
      headings: ["The write-ahead log refuses appends", "Meaning"],
      text: "Each shard takes 1000 appends between two syncs.",
      logs: ["WAL backpressure: <n> pending writes"],
    },
    { id: "b", file: "Other.md", title: "Other", headings: ["Other"], text: "Something else." },
  ]);
  const answer = await search.ask("error: WAL backpressure: 1000 pending writes, shard 2", {
    limit: 3,
  });
  assert.equal(answer.kind, "found");
  const [best] = answer.results;
  assert.equal(best?.id, "a");
  assert.deepEqual(
    best?.routes.map(({ route }) => route),
    ["log", "word"],
  );
  assert.deepEqual(best?.routes[0]?.matched, ["WAL backpressure: <n> pending writes"]);
  assert.ok(best?.routes[1]?.matched.includes("shard"));
  assert.ok(best?.routes.every(({ score }) => score > 0 && score <= 1));
});

test("a mended question is a guess, shown as it was understood", async () => {
  const search = await createSearch(
    page("Certificates", "The certificate of the broker has expired."),
  );
  const answer = await search.ask("certifcate expired", { limit: 3 });
  assert.equal(answer.kind, "unsure");
  assert.equal(answer.meant, "certificate expired");
  const right = await search.ask("certificate expired", { limit: 3 });
  assert.equal(right.kind, "found");
});

test("a mistyped log text leads to its section, and is offered as it was pasted", async () => {
  const logs = ["Timed out waiting for a node assignment"];
  const search = await createSearch([
    ...page("Unreachable", "The address of the broker is another.").map((one) => ({
      ...one,
      logs,
    })),
    ...page(
      "Time",
      "Nothing timed out for long, and no node was waiting in this assignment of time.",
    ),
  ]);
  const pasted = "Admin: Timed out watiing for a node assignment.";
  const answer = await search.ask(pasted, { limit: 3 });
  assert.equal(meantBy(answer), "Admin: Timed out waiting for a node assignment.");
  const ids = answer.kind === "unsure" ? answer.results.map(({ id }) => id) : [];
  assert.ok(ids.includes("Unreachable#0"), JSON.stringify(answer));
});

test("what labels, topics and groups contain is never taken for a typing error", async () => {
  const search = await createSearch(
    page("Certificates", "The certificate of the broker has expired."),
  );
  const ask = (options: Partial<AskOptions>) =>
    search.ask("certifcate expired", { limit: 3, ...options });
  assert.notEqual(meantBy(await ask({})), undefined);
  const isInName = (word: string): boolean => "certifcate-events".includes(word);
  assert.equal(meantBy(await ask({ isInName })), undefined);
  const labels = { alertname: "X", pod: "certifcate-api-0" };
  assert.equal(meantBy(await ask({ labels })), undefined);
});

function meantBy(answer: SearchAnswer): string | undefined {
  return answer.kind === "unsure" ? answer.meant : undefined;
}

test("words that only a removed page had are neither of the field nor what was meant", () => {
  const index = createSearchIndex(THESAURUS);
  const isName = (word: string): boolean => word === "zebras";
  put(index, "a.md", page("a.md", "zebra crossing at the harbour"));
  put(index, "Zebras of the harbour.md", page("Zebras", "a heron nest on the quarterdeck"));
  index.settle();
  const before = index.ask("zebras", { limit: 3, isName });
  assert.notEqual(before.kind, "nothing");
  assert.equal(meantBy(index.ask("quarterdekc", { limit: 3 })), "quarterdeck");
  index.removePage("Zebras of the harbour.md");
  index.settle();
  // The topic's name is again a name alone, though another page has a word of its stem.
  assert.equal(index.ask("zebras", { limit: 3, isName }).kind, "nothing");
  assert.equal(meantBy(index.ask("quarterdekc", { limit: 3 })), undefined);
});

test("labels of the alert put the section about them first among equals", async () => {
  const search = await createSearch([
    ...page("Orders", "The queue is slow. Restart the worker of orders."),
    ...page("Billing", "The queue is slow. Restart the worker of billing."),
  ]);
  const ask = async (labels: Record<string, string>) => {
    const answer = await search.ask("queue is slow", { limit: 2, labels });
    return answer.kind === "found" ? answer.results[0]?.id : undefined;
  };
  assert.equal(await ask({ job: "billing" }), "Billing#0");
  assert.equal(await ask({ job: "orders" }), "Orders#0");
});

test("a section that a present finding points to comes first among equals", async () => {
  const search = await createSearch([
    ...page("One", "The disk is slow, look at it."),
    ...page("Two", "The disk is slow, look at it."),
  ]);
  const answer = await search.ask("disk is slow", { limit: 2, findings: ["Two#0"] });
  assert.equal(answer.kind === "found" ? answer.results[0]?.id : "", "Two#0");
});

test("labels and findings alone make no answer", async () => {
  const search = await createSearch(page("Orders", "The queue of orders is slow."));
  const options = { limit: 3, labels: { job: "orders" }, findings: ["Orders#0"] };
  assert.deepEqual(await search.ask("sourdough bread", options), { kind: "nothing" });
});

test("several pages come before several sections of one page", async () => {
  const search = await createSearch([
    ...page("Kafka", "rebalance storm", "rebalance storm", "rebalance storm", "rebalance storm"),
    ...page("Redis", "rebalance storm elsewhere"),
  ]);
  const ids = (await search.search("rebalance storm", 3)).map(({ id }) => id);
  assert.ok(ids.slice(0, 3).includes("Redis#0"), ids.join(" "));
});

test("changes count only once they are settled", () => {
  const index = createSearchIndex(THESAURUS);
  put(index, "a.md", page("a.md", "zebra crossing"));
  index.settle();
  assert.equal(found(index, "zebra").length, 1);
  put(index, "a.md", page("a.md", "heron nest"));
  index.settle();
  assert.deepEqual(found(index, "zebra"), []);
  assert.equal(found(index, "heron")[0]?.id, "a.md#0");
  index.removePage("a.md");
  index.settle();
  assert.deepEqual(found(index, "heron"), []);
  assert.deepEqual(index.size(), { sections: 0, gaps: 2 });
});

const words = fc.constantFrom(
  "disk",
  "lag",
  "leader",
  "certificate",
  "orders",
  "WalSync",
  "timeout 58",
);
const text = fc.array(words, { minLength: 1, maxLength: 8 }).map((some) => some.join(" "));
const pages = fc.array(
  fc.tuple(fc.constantFrom("a.md", "b.md", "c.md"), fc.array(text, { maxLength: 3 })),
  {
    maxLength: 8,
  },
);

test("an index that was changed again and again answers as one built at once", () => {
  fc.assert(
    fc.property(pages, text, (changes, question) => {
      const changed = createSearchIndex(THESAURUS);
      const last = new Map<string, string[]>();
      for (const [file, texts] of changes) {
        put(changed, file, page(file, ...texts));
        last.delete(file);
        last.set(file, texts);
      }
      changed.settle();
      const fresh = createSearchIndex(THESAURUS);
      for (const [file, texts] of last) put(fresh, file, page(file, ...texts));
      fresh.settle();
      assert.deepEqual(found(changed, question), found(fresh, question));
    }),
    { numRuns: 300 },
  );
});

test("no question, however strange, does anything but get an answer", async () => {
  const search = await createSearch(page("Kafka", "rebalance storm of the consumer group"));
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary", maxLength: 300 }), async (question) => {
      const answer = await search.ask(question, { limit: 5 });
      assert.ok(answer.kind === "nothing" || answer.results.length > 0);
    }),
    { numRuns: 1_000 },
  );
});

test("sections with the same score keep the order they came in, each time", async () => {
  const search = await createSearch([...page("b", "same words"), ...page("a", "same words")]);
  const first = await search.search("same words", 5);
  assert.deepEqual(
    first.map(({ id }) => id),
    ["b#0", "a#0"],
  );
  assert.deepEqual(await search.search("same words", 5), first);
});

test("what people said of sections changes the order of near ones, never what is found", async () => {
  const search = await createSearch([...page("b", "same words"), ...page("a", "same words")]);
  const idsWith = async (question: string, learned: ReadonlyMap<string, number>) => {
    const answer = await search.ask(question, { limit: 5, learned });
    return answer.kind === "nothing" ? [] : answer.results.map(({ id }) => id);
  };
  assert.deepEqual(await idsWith("same words", new Map([["a#0", 0.5]])), ["a#0", "b#0"]);
  assert.deepEqual(await idsWith("same words", new Map([["b#0", -0.5]])), ["a#0", "b#0"]);
  assert.deepEqual(await idsWith("apple pie", new Map([["a#0", 1]])), []);
});
