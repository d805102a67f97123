import assert from "node:assert/strict";
import { test } from "node:test";
import { MAX_QUESTION_LENGTH } from "../../src/search/answer-question.ts";
import { createSearch } from "../../src/search/create-search.ts";
import type { SearchSection } from "../../src/search/section.ts";

const SECTIONS: readonly SearchSection[] = [
  {
    id: "runbooks/HighProduceLatency.md#meaning",
    file: "runbooks/HighProduceLatency.md",
    title: "Meaning",
    headings: ["Produce latency is high", "Meaning"],
    text: "The broker takes longer than usual to acknowledge a produce request.",
    alerts: ["HighProduceLatency"],
    symptoms: ["producers are slow"],
    logs: ["WAL backpressure: <n> appends pending"],
  },
  {
    id: "runbooks/ReplicationLag.md#meaning",
    file: "runbooks/ReplicationLag.md",
    title: "Meaning",
    headings: ["Replication lag", "Meaning"],
    text: "A follower is behind its leader: streamline_replication_lag grows.",
    alerts: ["ReplicationLag"],
  },
  {
    id: "TROUBLESHOOTING.md#port-in-use",
    file: "TROUBLESHOOTING.md",
    title: "Port in use",
    headings: ["Troubleshooting", "Server won't start", "Port in use"],
    text: "Another process listens on 9092. Find it with ss and stop it.",
    logs: ["Address already in use (os error 98)"],
  },
  {
    id: "TROUBLESHOOTING.md#tls",
    file: "TROUBLESHOOTING.md",
    title: "TLS handshake",
    headings: ["Troubleshooting", "Client connections", "TLS handshake"],
    text: "The client does not trust the certificate of the server, or it has expired.",
  },
];

const FOUND: readonly [string, string, string][] = [
  ["an alert's name", "HighProduceLatency", "runbooks/HighProduceLatency.md#meaning"],
  ["an alert's name with a typo", "HighProducLatency", "runbooks/HighProduceLatency.md#meaning"],
  ["an alert's name in words", "replication lag", "runbooks/ReplicationLag.md#meaning"],
  ["parts of a CamelCase name", "produce latency", "runbooks/HighProduceLatency.md#meaning"],
  ["parts of a metric's name", "replication_lag", "runbooks/ReplicationLag.md#meaning"],
  [
    "a pasted log line",
    "ERROR bind: Address already in use (os error 98)",
    "TROUBLESHOOTING.md#port-in-use",
  ],
  ["a symptom", "producers are slow", "runbooks/HighProduceLatency.md#meaning"],
  ["a plain question", "why does my client not trust the certificate?", "TROUBLESHOOTING.md#tls"],
  [
    "a plain question with a typo",
    "client does not trust the certificte",
    "TROUBLESHOOTING.md#tls",
  ],
];
for (const [what, question, id] of FOUND) {
  test(`${what} finds its section`, async () => {
    const search = await createSearch(SECTIONS);
    const [best] = await search.search(question, 5);
    assert.equal(best?.id, id);
  });
}

for (const question of ["", "   ", "???", "how do I bake sourdough bread with walnuts"]) {
  test(`${JSON.stringify(question)} finds nothing, and that is reported`, async () => {
    const search = await createSearch(SECTIONS);
    assert.deepEqual(await search.ask(question, { limit: 5 }), { kind: "nothing" });
    assert.deepEqual(await search.search(question, 5), []);
  });
}

test("a huge question is cut and still answered from its beginning", async () => {
  const search = await createSearch(SECTIONS);
  const question = `HighProduceLatency ${"zebra ".repeat(MAX_QUESTION_LENGTH)}`;
  const [best] = await search.search(question.slice(0, 19) + " ".repeat(1_000_000), 5);
  assert.equal(best?.id, "runbooks/HighProduceLatency.md#meaning");
  assert.ok(Array.isArray(await search.search(question, 5)));
});

test("no more results come than were asked for, best first", async () => {
  const search = await createSearch(SECTIONS);
  const results = await search.search("latency lag port certificate", 2);
  assert.ok(results.length <= 2);
  assert.ok(results.every(({ score }, n) => score <= (results[n - 1]?.score ?? score)));
});

test("an empty collection answers nothing", async () => {
  const search = await createSearch([]);
  assert.deepEqual(await search.ask("anything", { limit: 3 }), { kind: "nothing" });
});

/** `count` pages on many subjects, each of which speaks of a product. */
function pagesNaming(product: string, count: number): SearchSection[] {
  return Array.from({ length: count }, (_, n) => ({
    id: `notes/n${n}.md#note`,
    file: `notes/n${n}.md`,
    title: "Note",
    headings: [`Chapter ${n}`, "Note"],
    text: `What number ${n} does with ${product}.`,
  }));
}

test("a product that everything speaks of is no name of the one section that is called so", async () => {
  const called: SearchSection = {
    id: "notes/bouncer.md#pgbouncer",
    file: "notes/bouncer.md",
    title: "PgBouncer",
    headings: ["Pools", "PgBouncer"],
    text: "PgBouncer is a pool.",
  };
  const slots: SearchSection = {
    id: "notes/slots.md#no-free-slots",
    file: "notes/slots.md",
    title: "No free slots",
    headings: ["Pools", "No free slots"],
    text: "PgBouncer has no free slots for more clients. Raise the number of slots.",
  };
  const all = [called, slots, ...pagesNaming("PgBouncer", 20)];
  const search = await createSearch(all);
  const [best] = await search.search("clients wait since PgBouncer has no free slots left", 3);
  assert.equal(best?.id, slots.id);
  assert.equal((await search.search("PgBouncer", 3))[0]?.id, called.id);
});

test("a product that some page is about is a guess elsewhere, and one that none names is refused", async () => {
  const redis: SearchSection = {
    id: "notes/redis.md#sessions",
    file: "notes/redis.md",
    title: "Sessions",
    headings: ["Redis", "Sessions"],
    text: "Sessions are kept here.",
  };
  const search = await createSearch([...SECTIONS, redis]);
  const asked = async (product: string) =>
    (await search.ask(`why is ${product} behind its leader`, { limit: 3 })).kind;
  assert.equal(await asked("redis"), "unsure");
  assert.equal(await asked("cassandra"), "nothing");
});

test("of two that fit alike neither is sure, and one that leads is", async () => {
  const note = (name: string, text: string): SearchSection => ({
    id: `notes/${name}.md#note`,
    file: `notes/${name}.md`,
    title: "Note",
    headings: [name, "Note"],
    text,
  });
  const others = Array.from({ length: 30 }, (_, n) => note(`n${n}`, `Something else, ${n}.`));
  const fits = "The compactor stops while it merges blocks of one tenant with too many series.";
  const question = "the compactor stops while it merges blocks of one tenant with too many series";
  const asked = async (own: readonly SearchSection[]) =>
    (await (await createSearch([...own, ...others])).ask(question, { limit: 3 })).kind;
  assert.equal(await asked([note("Compactor stops", fits)]), "found");
  const twins = [note("Compactor stops", fits), note("Compactor stops again", fits)];
  const few = await createSearch([...twins, ...others]);
  assert.equal((await few.ask("merges blocks", { limit: 3 })).kind, "unsure");
});
