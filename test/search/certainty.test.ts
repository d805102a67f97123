/** What an answer must rest on to be given: cases the fitted weights have to keep. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";

const own = searchSections(readOwnKnowledge());
const guide: SearchSection = {
  id: "guides/laptops.md#the-command-line-on-macos",
  file: "guides/laptops.md",
  title: "The command line on macOS",
  headings: ["Laptops", "The command line on macOS"],
  text: "Install the command line with the package manager.",
};
const search = await createSearch([...own, guide]);

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

test("the name of an alert nobody wrote of is refused, though its parts are known", async () => {
  assert.deepEqual(await search.search("HazelcastMemberDown", 10), []);
});

test("a capital that only begins the question is not a name", async () => {
  const [small, capital] = await Promise.all(
    ["consumers fall behind", "Consumers fall behind"].map((text) => search.search(text, 10)),
  );
  assert.notDeepEqual(small, []);
  assert.deepEqual(capital, small);
});

test("a short name in a question about something else is not an answer", async () => {
  const zoom = await search.ask("Zoom on macOS shows a black screen to colleagues", { limit: 10 });
  assert.notEqual(zoom.kind, "found");
  assert.equal((await search.search("command line on macOS", 10))[0]?.id, guide.id);
});

test("an alert's name is an answer in any sentence", async () => {
  const [best] = await search.search("ReplicationLag woke me up, what now, dear colleagues", 10);
  assert.match(best?.id ?? "", /ReplicationLag\.md/);
});

test("a name of a topic or group in a question says of whom, and not what", async () => {
  const isName = (word: string): boolean => word === "checkout";
  for (const [question, page] of [
    ["consumers in checkout are stuck", "runbooks/ConsumerStopped.md"],
    ["is checkout down", "TROUBLESHOOTING.md"],
  ] as const) {
    const answer = await search.ask(question, { limit: 3, isName });
    assert.ok(answer.kind === "found", question);
    assert.equal(answer.results[0]?.id.split("#")[0], page);
  }
});

test("a topic's name alone is no English word that it shares a stem with", async () => {
  const isName = (word: string): boolean => word === "orders" || word === "lag";
  assert.equal((await search.ask("orders", { limit: 3, isName })).kind, "nothing");
  const unnamed = await search.ask("orders", { limit: 3 });
  assert.notEqual(unnamed.kind, "nothing");
  // A word of the field stays one, whatever a topic is called.
  const lag = await search.ask("lag of orders", { limit: 3, isName });
  assert.ok(lag.kind === "found");
  assert.equal(lag.results[0]?.id, "TROUBLESHOOTING.md#consumer-lag");
});

test("letters that are somewhere in a far longer name lead nowhere", async () => {
  for (const question of ["checkout", "carts"]) {
    assert.notEqual((await search.ask(question, { limit: 3 })).kind, "found", question);
  }
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

test("a name in a sentence leads to another one when it is mistyped or a part of it, and not when half is alike", async () => {
  for (const line of ["node-7 action 1 clusterAddMember", "broadcast_27 is stored as values"]) {
    const answer = await search.ask(line, { limit: 3 });
    const routes = answer.kind === "nothing" ? [] : answer.results.flatMap((one) => one.routes);
    assert.deepEqual(
      routes.filter(({ route }) => route === "name"),
      [],
      line,
    );
  }
  for (const name of ["RebalanceStrom", "LagOutlivesRetentions", "ProduceLatency"]) {
    const answer = await search.ask(`${name} fires on broker-1`, { limit: 3 });
    const routes = answer.kind === "nothing" ? [] : answer.results.flatMap((one) => one.routes);
    assert.ok(
      routes.some(({ route }) => route === "name"),
      name,
    );
  }
});

test("English terms within another script are a guess where they would be an answer", async () => {
  for (const [question, near] of [
    ["Почему consumer lag растёт", "ConsumerLag"],
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

test("a short name in a pasted line that begins another's name leads nowhere", async () => {
  const line = "WARN [Producer clientId=p-1] retrying (5 attempts left) in internals.Sender";
  const answer = await search.ask(line, { limit: 3 });
  const names = answer.kind === "nothing" ? [] : answer.results.flatMap(({ routes }) => routes);
  assert.notEqual(answer.kind, "found");
  assert.ok(!names.some(({ route }) => route === "name"));
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

test("a mistyped name of an alert has its runbook first", async () => {
  for (const name of ["HighProduceLatnecy", "DiskFulll"]) {
    const answer = await search.ask(name, { limit: 3 });
    assert.ok(answer.kind !== "nothing", name);
    assert.match(answer.results[0]?.id ?? "", /^runbooks\/(?:HighProduceLatency|DiskFull)\.md/);
  }
});
