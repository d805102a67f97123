/** A question as people type it: what changes nothing of what is found, and what is mended. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { search } from "./own-search.ts";

test("when something was seen changes nothing of what is found", async () => {
  const [bare, timed] = await Promise.all(
    ["consumers fall behind", "consumers fall behind since yesterday evening"].map(async (text) =>
      (await search.search(text, 10)).map(({ id }) => id),
    ),
  );
  assert.notDeepEqual(bare, []);
  assert.deepEqual(timed, bare);
});

test("since when changes nothing of what is found either, and the negation of don't stays", async () => {
  const found = async (text: string) => (await search.search(text, 10)).map(({ id }) => id);
  const bare = await found("consumers fall behind");
  for (const since of ["since an hour", "since 20 minutes", "since about two days"]) {
    assert.deepEqual(await found(`consumers fall behind ${since}`), bare, since);
  }
  const growth =
    "The topics take 3.7B, more than 20% above a day ago. Find out which topic grows and its retention";
  const grown = await search.ask(growth, { limit: 3 });
  assert.equal(grown.kind, "found", "over which time an alert measures stays");
  const [short, long] = await Promise.all(
    ["messages dont arrive", "messages don't arrive"].map(found),
  );
  assert.equal(
    short?.[0],
    "TROUBLESHOOTING.md#a-consumer-gets-nothing-from-a-topic-that-has-records",
  );
  assert.equal(long?.[0], short?.[0]);
});

test("English terms within another script are a guess where they would be an answer", async () => {
  for (const [question, near] of [
    ["Почему consumer lag растёт", "ConsumerSlow"],
    ["디스크 disk full 어떻게 하나요", "DiskFull"],
  ] as const) {
    const answer = await search.ask(question, { limit: 3 });
    assert.ok(answer.kind === "unsure", question);
    assert.ok(answer.results[0]?.id.includes(near), question);
  }
  for (const question of ["где лежит VPN config", "我们的 React app 崩溃了", "Привет всем"]) {
    assert.equal((await search.ask(question, { limit: 3 })).kind, "nothing", question);
  }
});

test("signs that nobody sees and letters of another width are read as what one sees", async () => {
  for (const question of [
    "con\u00adsumer lag",
    "consumer\u2068 lag\u2069",
    "ｃｏｎｓｕｍｅｒ ｌａｇ",
  ]) {
    const [best] = await search.search(question, 1);
    assert.deepEqual([best], await search.search("consumer lag", 1), question);
  }
});

test("a contraction is no word that no section has, with its apostrophe and without", async () => {
  for (const question of ["messages dont arrive", "messages aren't lost", "it doesn’t compact"]) {
    const answer = await search.ask(question, { limit: 3, namesUnknown: true });
    assert.ok(answer.kind !== "unsure" || answer.meant === undefined, question);
    assert.ok(answer.kind === "found" || answer.unknown?.length === 0, question);
  }
});

test("where the words as typed find something, the mended reading is offered and decides nothing", async () => {
  const ask = (word: string) =>
    search.ask(`reader is in the group but its offset ${word} still`, { limit: 3 });
  const [typed, unknown] = await Promise.all(["stvands", "xqjvzw"].map(ask));
  assert.ok(typed?.kind === "unsure" && unknown?.kind === "unsure");
  assert.equal(typed.meant, "reader is in the group but its offset stands still");
  assert.equal(typed.results[0]?.id, unknown.results[0]?.id);
  assert.equal(unknown.meant, undefined);
});

test("what the mended reading finds first is among the three nearest, whatever the rest finds", async () => {
  for (const question of [
    "list of all configuration otpions",
    "kernel paraemters for a broker host",
  ]) {
    const answer = await search.ask(question, { limit: 3 });
    assert.ok(answer.kind === "unsure" && answer.meant !== undefined, question);
    const meant = await search.ask(answer.meant, { limit: 3 });
    assert.ok(meant.kind !== "nothing");
    const ids = answer.results.map(({ id }) => id);
    assert.ok(
      meant.results.slice(0, 2).every(({ id }) => ids.includes(id)),
      JSON.stringify(answer),
    );
  }
});

test("each of two things that are the matter has its page, where both are sure", async () => {
  for (const question of ["lag is high and disk is full", "the disk is full & the lag is high"]) {
    const answer = await search.ask(question, { limit: 3 });
    assert.ok(answer.kind === "found", question);
    const ids = answer.results.slice(0, 2).map(({ id }) => id);
    assert.ok(ids.includes("TROUBLESHOOTING.md#consumer-lag"), ids.join());
    assert.ok(
      ids.some((id) => /disk-?full/i.test(id)),
      ids.join(),
    );
  }
  const foreign = await search.ask("RabbitMQ queue is growing and consumers are idle", {
    limit: 3,
  });
  assert.equal(foreign.kind, "nothing", "the second is of the first");
});

test("what something costs, what the makers offer and another program's error are guesses at most", async () => {
  for (const question of [
    "how much does it cost",
    "is it free",
    "java client of your own",
    "Error: release failed: another operation (install/upgrade/rollback) is in progress",
  ]) {
    assert.notEqual((await search.ask(question, { limit: 3 })).kind, "found", question);
  }
  assert.equal((await search.ask("tls cost", { limit: 3 })).kind, "found");
});

test("climbing, twice and typing errors are said in other words, too", async () => {
  for (const [question, section] of [
    ["RSS climbs and climbs", "TROUBLESHOOTING.md#memory-grows"],
    [
      "same order was processed two times after a restart",
      "TROUBLESHOOTING.md#duplicates-after-a-restart",
    ],
    ["someone misspelled the topic", "TROUBLESHOOTING.md#topic-created-by-a-typo"],
    ["somebody mistyped a topic, there are two", "TROUBLESHOOTING.md#topic-created-by-a-typo"],
  ] as const) {
    const ids = ((await search.search(question, 3)) ?? []).map(({ id }) => id);
    assert.ok(ids.includes(section), `${question}: ${ids.join()}`);
  }
});
