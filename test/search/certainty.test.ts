/** What an answer must rest on to be given: cases the fitted weights have to keep. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { search } from "./own-search.ts";

test("a product nobody wrote of is never answered with confidence, though its trouble is described for another", async () => {
  assert.notDeepEqual(await search.search("consumer group keeps rebalancing", 10), []);
  const hazelcast = await search.ask("why does a Hazelcast member keep rebalancing", { limit: 10 });
  assert.notEqual(hazelcast.kind, "found");
  for (const question of ["redis consumer group keeps rebalancing", "new relic agent lag"]) {
    assert.notEqual((await search.ask(question, { limit: 10 })).kind, "found", question);
  }
});

test("somebody's own service beside familiar words is a guess at most", async () => {
  for (const question of ["the payment service gets errors", "SSO login to the wiki is broken"]) {
    assert.notEqual((await search.ask(question, { limit: 10 })).kind, "found", question);
  }
});

test("a product that such servers run in or behind is a guess, and not nothing", async () => {
  for (const [question, near] of [
    ["keycloak tokens are rejected by the broker", "oauth-token-refused"],
    ["my app in a podman container cannot reach the broker", "remote-clients-are-sent-to-127001"],
  ] as const) {
    const answer = await search.ask(question, { limit: 10 });
    assert.equal(answer.kind, "unsure", question);
    assert.ok(answer.kind === "unsure");
    assert.ok(
      answer.results.some(({ id }) => id.endsWith(`#${near}`)),
      JSON.stringify(answer.results),
    );
  }
});

test("what begins with such a product and has no word of this server is refused", async () => {
  const answer = await search.ask("clickhouse shard is unassigned after a restart", { limit: 3 });
  assert.equal(answer.kind, "nothing");
});

test("a question of which a large part is in no section is never answered with confidence", async () => {
  for (const question of [
    "how many vacation days do I have left",
    "graphql queries over a topic",
  ]) {
    assert.notEqual((await search.ask(question, { limit: 10 })).kind, "found", question);
  }
});

test("a product that the pages only list is answered when one asks whether it is there", async () => {
  for (const question of ["is MirrorMaker supported", "do you have a schema registry"]) {
    const answer = await search.ask(question, { limit: 3 });
    assert.equal(answer.kind, "found", question);
    assert.match(answer.results[0]?.id ?? "", /#what-differs-from-kafka$/);
  }
  for (const question of [
    "how many threads does MirrorMaker use for a topic",
    "the schema registry rejects a subject as incompatible",
  ]) {
    assert.equal((await search.ask(question, { limit: 3 })).kind, "unsure", question);
  }
});

test("of two questions in one a sure answer does not hide the other's guess", async () => {
  const other = "my app in a podman container cannot reach the broker";
  const both = await search.ask(`How do I delete a topic? Why is it that ${other}?`, { limit: 5 });
  assert.ok(both.kind === "unsure", JSON.stringify(both));
  const ids = both.results.map(({ id }) => id.replace(/^.*#/, ""));
  assert.ok(ids.includes("delete-a-topic") && ids.includes("remote-clients-are-sent-to-127001"));
});

test("what begins with a product is about the product, unless a phrase says just that", async () => {
  assert.notEqual((await search.ask("kubernetes node is NotReady", { limit: 3 })).kind, "found");
  assert.equal((await search.ask("docker compose example", { limit: 3 })).kind, "found");
});

test("a request to act is offered pages and no sure answer, and talk about the bot none", async () => {
  assert.equal((await search.ask("restart the server", { limit: 3 })).kind, "found");
  const asked = await search.ask("restart the server for me please", { limit: 10 });
  assert.equal(asked.kind, "unsure");
  assert.equal((await search.ask("you are useless", { limit: 3 })).kind, "nothing");
});

test("a sentence of which only a guess is left is not looked up by it", async () => {
  assert.equal((await search.ask("lunch at noon", { limit: 10 })).kind, "nothing");
  assert.notEqual((await search.ask("consumr", { limit: 10 })).kind, "nothing");
});

test("what begins with a program that watches is answered where a section is about it", async () => {
  const itself = await search.ask("prometheus itself runs out of memory", { limit: 3 });
  assert.notEqual(itself.kind, "found");
  const scraping = await search.ask("prometheus cannot scrape the broker", { limit: 3 });
  assert.equal(scraping.kind, "found");
});

test("that something is wrong with a topic is no answer of a title with the word", async () => {
  const isName = (word: string): boolean => word === "orders";
  for (const question of ["what is wrong with orders", "orders is broken", "problem with orders"]) {
    const answer = await search.ask(question, { limit: 3, isName });
    assert.ok(answer.kind === "unsure", question);
    assert.equal(answer.results[0]?.id, "TROUBLESHOOTING.md#first-three-looks");
  }
});

test("what says only that something fails is a guess, and a negation alone nothing", async () => {
  for (const question of ["it doesnt work", "it hangs", "what is this error", "fails again"]) {
    assert.equal((await search.ask(question, { limit: 3 })).kind, "unsure", question);
  }
  for (const question of ["why not", "don't"]) {
    assert.equal((await search.ask(question, { limit: 3 })).kind, "nothing", question);
  }
});

test("a line of a log that is no known one is never answered with confidence for its words", async () => {
  const words = "rollback: run the pipeline again with the version before";
  assert.equal((await search.ask(words, { limit: 3 })).kind, "found");
  for (const begin of ["02:10:01.331 ", "2026-11-28T02:10:01Z INFO ", "ERROR "]) {
    assert.equal((await search.ask(begin + words, { limit: 3 })).kind, "unsure", begin);
  }
});
