import assert from "node:assert/strict";
import { test } from "node:test";
import { guessesOf } from "../../src/features/search/found-sections.ts";
import { renderGuesses } from "../../src/features/search/render-guesses.ts";
import { createSearch } from "../../src/search/create-search.ts";
import {
  asksOfMakers,
  asksOfThePast,
  asksToAct,
  isAboutBot,
  isCourtesy,
  isPointing,
  isWordless,
} from "../../src/search/kind-of-text.ts";
import { valueWords } from "../../src/search/label-values.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import { otherLanguage } from "../../src/search/other-language.ts";
import { questionsOf, statementsOf } from "../../src/search/questions-of.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";

test("thanks and greetings are not questions", () => {
  for (const text of [
    "thanks!",
    "Thank you so much",
    "ok",
    "hi there",
    "👍",
    "👍🏽",
    ":+1::skin-tone-3:",
    "🙏 🙏",
    "❤️",
    ":tada:",
    "good morning, team",
    "great work!",
    "ok will do",
    "thanks, that helped!",
    "perfect, thank you all",
    "never mind, it works now",
    "thanks for the quick answer",
    "on it, thx",
    "merci, ça marche",
    "danke!",
    "anyone around?",
    "danke, hat geklappt",
    "muchas gracias",
    "ありがとうございます",
    "thanks a ton",
    "tysm",
    "much appreciated!",
    "thanks in advance",
    "that did the trick, cheers",
    "thank you so much, that was it",
    "brilliant, you're a lifesaver",
    "good night everybody",
    "good afternoon, folks",
    "cheers, all good now",
  ]) {
    assert.equal(isCourtesy(text), true, text);
  }
  for (const text of [
    "thanks, but why is lag growing",
    "ok how do I restart",
    "lag",
    "hello world topic is slow",
    "thanks for looking, the lag is back",
    "sounds good but how do I restart it",
    "checking the disk usage",
    "done with the upgrade, what now",
    "thanks but it is still lagging",
    "that did not work",
    "it works again but slowly",
    "🔥",
    ":rotating_light:",
    "👎🏽",
    "???",
    "",
  ]) {
    assert.equal(isCourtesy(text), false, text);
  }
});

test("signs without words are neither thanks nor a question", () => {
  for (const text of ["🔥", "😱😱", ":rotating_light:", "👎🏽", "???", "🤷‍♂️"]) {
    assert.equal(isWordless(text), true, text);
  }
  for (const text of ["", "🔥 lag", "42", "ディスク"]) assert.equal(isWordless(text), false, text);
});

test("what only points at something that is not said is nothing to look up", () => {
  for (const text of [
    "again?",
    "not again",
    "what??",
    "and now?",
    "once more",
    "why is that",
    "any update on the incident?",
    "is it fixed yet",
    "what's the status?",
  ]) {
    assert.equal(isPointing(text), true, text);
  }
  for (const text of [
    "",
    "lag again",
    "what is a segment",
    "now lag",
    "thanks",
    "disk?",
    "any update of the server needs a backup",
    "is it over the limit",
    "update",
    "status",
  ]) {
    assert.equal(isPointing(text), false, text);
  }
});

test("what is said to the bot about itself is no question to the pages", () => {
  for (const text of [
    "you are useless",
    "hey bot, you're wrong",
    "are you a robot?",
    "how are you",
  ]) {
    assert.equal(isAboutBot(text), true, text);
  }
  for (const text of ["you are not posting alerts", "are you polling broker-1", "bot is silent"]) {
    assert.equal(isAboutBot(text), false, text);
  }
});

test("who asks what happened is told from who asks what to do", () => {
  for (const text of ["what happened last night", "who restarted it", "so when did this start"]) {
    assert.equal(asksOfThePast(text), true, text);
  }
  for (const text of ["what happens at a restart", "who needs the login", "when is it deleted"]) {
    assert.equal(asksOfThePast(text), false, text);
  }
});

test("who asks what the makers offer is told from who asks what there is", () => {
  for (const text of [
    "do you have a go client of your own",
    "do you guys sell support",
    "is tiering on your roadmap",
  ]) {
    assert.equal(asksOfMakers(text), true, text);
  }
  for (const text of ["rules of our own", "do I provide a key", "do you have your own rules"]) {
    assert.equal(asksOfMakers(text), false, text);
  }
});

test("who asks the bot to act is told from who asks how", () => {
  for (const text of [
    "restart the server for me please",
    "can you delete the topic orders",
    "please reboot node 3",
  ]) {
    assert.equal(asksToAct(text), true, text);
  }
  for (const text of [
    "restart the server",
    "can you tell me how to restart it",
    "how do I delete a topic please",
    "please help, disk is full",
  ]) {
    assert.equal(asksToAct(text), false, text);
  }
});

test("a question in another language is named, one in English is not", () => {
  const asked: readonly [string, string | undefined][] = [
    ["warum ist der consumer lag so hoch", "German"],
    ["pourquoi est-ce que le broker ne répond pas", "French"],
    ["¿por qué no puedo conectar con el broker?", "Spanish"],
    ["por que o broker não está respondendo para os clientes", "Portuguese"],
    ["ブローカーが落ちたらどうしますか", "Japanese"],
    ["почему растет lag", "Russian or another Slavic language"],
    ["消费者为什么落后", "Chinese"],
    ["neden tüketici gecikmesi artıyor", "Turkish"],
    ["broker startet nicht", "German"],
    ["der Broker läuft seit gestern, aber langsam", "German"],
    ["disk dolu ne yapmalıyım", "Turkish"],
    ["varför växer lagget", "Swedish"],
    ["proč roste lag", "Czech"],
    ["tại sao consumer bị chậm", "Vietnamese"],
    ["kenapa consumer lag naik terus", "Indonesian"],
    ["Festplatte voll", "German"],
    ["comment supprimer un topic", "French"],
    ["zu viele offene Dateien", "German"],
    ["quanta memória o servidor precisa", "Portuguese"],
    ["tüketici gecikmesi artıyor", "Turkish"],
    ["restarted server lost messages", undefined],
    ["conection refusd by partiton leader", undefined],
    ["waarom is de consumer lag zo hoog", "Dutch"],
    ["comment on the incident", undefined],
    ["why is the consumer lag so high", undefined],
    ["disk full on broker-1", undefined],
    ["what is a la carte pricing on the disk", undefined],
    ["WAL backpressure: 5 pending writes", undefined],
    ["ERROR die in main", undefined],
    ["consumer groups die", undefined],
    ["the os is out of memory", undefined],
    ["tiered storage to S3", undefined],
    ["producer gets no ack", undefined],
    ["storing offsets failed", undefined],
    ["EBS vol full", undefined],
  ];
  for (const [text, language] of asked) assert.equal(otherLanguage(text), language, text);
});

test("what a question in another language says in terms of the pages is offered, with the language", async () => {
  const search = await createSearch(searchSections(readOwnKnowledge()));
  for (const [question, meant, near] of [
    ["warum steigt der consumer lag", "growing consumer lag", /ConsumerSlow/],
    ["disk full auf dem Broker, was mache ich", "disk full Broker", /disk-?full/i],
    ["どうしてconsumer lagが増えるの", "consumer lag growing", /ConsumerSlow/],
    ["Platte voll, was kann ich löschen", "disk full delete", /disk-?full/i],
    ["le serveur ne démarre plus", "server does not start", /start-failed/],
    ["certificado vencido", "certificate expired", /certificate/i],
    ["não consigo conectar de outra máquina", "cannot connect", /can-the-client-reach/],
    ["i consumatori sono in ritardo", "consumer lag", /consumer-?lag/i],
    ["消息丢失怎么办", "message lost", /skipped|records-from-before/],
    ["как увеличить количество партиций", "increase partition", /create-a-topic/],
    ["서버가 시작되지 않아요", "server does not start not", /start-failed/],
    ["sunucu başlamıyor", "server does not start", /start-failed/],
  ] as const) {
    const answer = await search.ask(question, { limit: 3 });
    assert.ok(answer.kind === "unsure", question);
    assert.deepEqual([answer.meant, answer.language !== undefined], [meant, true], question);
    assert.match(answer.results[0]?.id ?? "", near, question);
    const { text } = renderGuesses(guessesOf(question, [], answer));
    assert.match(text, /please ask in English/);
  }
  for (const [question, language] of [
    ["warum ist der Broker so komisch", "German"],
    ["какая сегодня погода", "Russian or another Slavic language"],
  ] as const) {
    assert.deepEqual(await search.ask(question, { limit: 3 }), { kind: "nothing", language });
  }
});

test("several questions in one message are distinguished, and a sentence before one is not", () => {
  assert.deepEqual(questionsOf("Why is lag growing? How do I restart a broker?"), [
    "Why is lag growing?",
    "How do I restart a broker?",
  ]);
  assert.deepEqual(questionsOf("how do I renew the certificate, and where is the WAL kept"), [
    "how do I renew the certificate",
    "where is the WAL kept",
  ]);
  assert.deepEqual(questionsOf("which port does Kafka use and the login for the admin port"), [
    "which port does Kafka use",
    "the login for the admin port",
  ]);
  for (const text of [
    "what is the difference of a leader and the follower of a partition",
    "why are the leader and the copies of a partition apart",
    "how do I produce and consume with one client",
    "what is a leader and what is it for",
    "why is the disk full and how do I stop it",
    "the disk is full and how do I free some of the space",
    "why does a broker start and is not answering",
    "how do I see who reads and when the group commits",
    "Lag is growing. How do I stop it?",
    "Broker down? Why?",
    "why is lag growing",
  ]) {
    assert.deepEqual(questionsOf(text), [text]);
  }
});

test("two things that are the matter are told from one of two names, and from what leans on another", () => {
  assert.deepEqual(statementsOf("lag is high and the disk is full"), [
    "lag is high",
    "the disk is full",
  ]);
  assert.deepEqual(statementsOf("the certificate is expired, and also the audit log fills up"), [
    "the certificate is expired",
    "the audit log fills up",
  ]);
  for (const text of [
    "lag and disk usage are high",
    "the disk is full and it is growing",
    "the disk is full and how do I free some of the space",
    "why is lag high and the disk is full",
    "lag is high\nand the disk is full",
  ]) {
    assert.deepEqual(statementsOf(text), [], text);
  }
});

test("what looks like a label's value, or is one, says of whom and not what", () => {
  const values = valueWords(
    "HighProduceLatency on broker-1:9094 in namespace prod at 93 % for cart-7d9f8b6c5-x2x9k",
    [],
  );
  for (const word of ["prod", "93", "cart", "9094"]) assert.ok(values.has(word), word);
  assert.ok(!values.has("latency"));
  assert.deepEqual([...valueWords("orders is slow", ["orders"])], ["orders"]);
  assert.deepEqual(
    [...valueWords("orders: topic orders-eu is slow, orders", ["orders-eu"])],
    ["eu", "orderseu"],
  );
  assert.deepEqual([...valueWords("producers of prod wait", ["prod"])], ["prod"]);
  assert.deepEqual([...valueWords("producers wait", ["prod"])], []);
  const linked = valueWords("jobs pile up, see https://charts.example.net/d/main?orgId=1", []);
  for (const word of ["charts", "example", "main", "chartsexamplenet"]) assert.ok(linked.has(word));
  assert.ok(!linked.has("jobs"));
});

test("every kind of value is told also where it is the only mark in plain words", () => {
  const values: readonly (readonly [text: string, word: string])[] = [
    ["see http://charts", "charts"],
    ["from 10.1.2.3", "10"],
    ["at kafka.internal.example", "internal"],
    ["at localhost:9094", "9094"],
    ["at shop-abcdef-xyzab", "xyzab"],
    ["at shop-3", "shop"],
    ["above 93%", "93"],
    ["in Namespace payments", "payments"],
    ['with team="checkout"', "checkout"],
    ["id abcdefab-abcd-abcd-abcd-abcdefabcdef", "abcdefab"],
  ];
  for (const [text, word] of values) {
    assert.ok(valueWords(`what is slow ${text}`, []).has(word), `${text}: ${word}`);
  }
});
