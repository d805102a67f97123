/** Names of alerts, topics and others in a question: what they lead to, and what they do not. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { guide, search } from "./own-search.ts";

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

test("a short name in a pasted line that begins another's name leads nowhere", async () => {
  const line = "WARN [Producer clientId=p-1] retrying (5 attempts left) in internals.Sender";
  const answer = await search.ask(line, { limit: 3 });
  const names = answer.kind === "nothing" ? [] : answer.results.flatMap(({ routes }) => routes);
  assert.notEqual(answer.kind, "found");
  assert.ok(!names.some(({ route }) => route === "name"));
});

test("a mistyped name of an alert has its runbook first", async () => {
  for (const name of ["HighProduceLatnecy", "DiskFulll"]) {
    const answer = await search.ask(name, { limit: 3 });
    assert.ok(answer.kind !== "nothing", name);
    assert.match(answer.results[0]?.id ?? "", /^runbooks\/(?:HighProduceLatency|DiskFull)\.md/);
  }
});

test("what is sure of any client is a guess where the client is named, and its own troubles are refused", async () => {
  for (const question of [
    "quarkus app cannot connect to the broker",
    "spring boot app cannot connect to kafka",
    "telegraf cannot connect to streamline",
  ]) {
    const answer = await search.ask(question, { limit: 3 });
    assert.ok(answer.kind === "unsure", question);
    const ids = answer.results.map(({ id }) => id);
    assert.ok(
      ids.includes("TROUBLESHOOTING.md#can-the-client-reach-the-port"),
      `${question}: ${ids.join()}`,
    );
  }
  for (const question of ["quarkus build fails", "rails app gets a 500", "lambda times out"]) {
    assert.equal((await search.ask(question, { limit: 3 })).kind, "nothing", question);
  }
});

test("a program that suffers what any client does is offered what a client is, and none that only is slow", async () => {
  for (const [question, near] of [
    ["vertx app always times out", "TROUBLESHOOTING.md#error-texts-of-kafka-clients"],
    ["nestjs service times out", "TROUBLESHOOTING.md#error-texts-of-kafka-clients"],
    ["spark structured streaming job lags", "TROUBLESHOOTING.md#consumer-lag"],
    ["nifi falls behind", "TROUBLESHOOTING.md#consumer-lag"],
    [
      "quarkus worker loses its connection",
      "TROUBLESHOOTING.md#clients-connect-and-disconnect-all-the-time",
    ],
  ] as const) {
    const answer = await search.ask(question, { limit: 3 });
    assert.ok(answer.kind === "unsure", `${question}: ${answer.kind}`);
    const ids = answer.results.map(({ id }) => id);
    assert.ok(ids.includes(near), `${question}: ${ids.join()}`);
  }
  for (const question of ["node app is slow", "vault times out", "spark executor timed out"]) {
    assert.equal((await search.ask(question, { limit: 3 })).kind, "nothing", question);
  }
});

test("what is said of a port that the section does not have is a guess", async () => {
  for (const [question, kind] of [
    ["ssh: connect to host web-2 port 22: Connection refused", "unsure"],
    ["port 6379 connection refused", "unsure"],
    ["port 9092 connection refused", "found"],
    ["the Kafka port 10.0.3.17:9094 takes no connections", "found"],
  ] as const) {
    assert.equal((await search.ask(question, { limit: 3 })).kind, kind, question);
  }
});
