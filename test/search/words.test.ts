import assert from "node:assert/strict";
import { test } from "node:test";
import { exchangeWords, splitWords, squeeze } from "../../src/search/split-words.ts";
import { createTrigramIndex } from "../../src/search/trigram-index.ts";
import { createVocabulary } from "../../src/search/vocabulary.ts";
import fc from "../support/fast-check.ts";

const SPLIT: readonly [string, string[], string[]][] = [
  ["KubePodCrashLooping", ["kube", "pod", "crash", "looping"], ["kubepodcrashlooping"]],
  [
    "streamline_replication_lag",
    ["streamline", "replication", "lag"],
    ["streamlinereplicationlag"],
  ],
  ["TLSHandshake failed", ["tls", "handshake", "failed"], ["tlshandshake"]],
  ["etcdGRPCRequestsSlow", ["etcd", "grpc", "requests", "slow"], ["etcdgrpcrequestsslow"]],
  ["won't the node's disk", ["won", "the", "node", "disk"], []],
  ["p99 of os_error", ["p", "99", "of", "os", "error"], ["p99", "oserror"]],
  ["Größe über 95 %", ["größe", "über", "95"], []],
  ["", [], []],
  ["--- ?? ()", [], []],
];
for (const [text, parts, joined] of SPLIT) {
  test(`${JSON.stringify(text)} is split into its words`, () => {
    assert.deepEqual(splitWords(text), { parts, joined });
  });
}

test("a name is the same however its words are joined", () => {
  for (const name of [
    "HighProduceLatency",
    "high produce latency",
    "high_produce-latency",
    "HIGH PRODUCE LATENCY",
  ]) {
    assert.equal(squeeze(name), "highproducelatency");
  }
});

test("the text that shares most comes first, and one that shares too little not at all", () => {
  const index = createTrigramIndex();
  for (const [n, word] of ["replication", "replicas", "application", "disk"].entries()) {
    index.add(word, n);
  }
  assert.deepEqual(index.nearest("replicaton", { limit: 2, leastShare: 0 }), [0, 1]);
  assert.deepEqual(index.nearest("replicaton", { limit: 9, leastShare: 0.7 }), [0]);
  assert.deepEqual(index.nearest("zzz", { limit: 9, leastShare: 0 }), []);
});

test("words are exchanged where they stand, also within names, and keep their capital", () => {
  const others = new Map([["sie", "size"]]);
  const text = "MessageSieTooLarge: sie 5 of siege (Sie)";
  assert.equal(exchangeWords(text, others), "MessageSizeTooLarge: size 5 of siege (Size)");
});

test("a mistyped word is mended to the nearest, among equals to the one most used", () => {
  const vocabulary = createVocabulary();
  vocabulary.add(["certificate", "broker", "latency", "latency", "patency"]);
  vocabulary.add(["latency"]);
  assert.equal(vocabulary.mend("certifcate"), "certificate");
  assert.equal(vocabulary.mend("borker"), "broker");
  assert.equal(vocabulary.mend("lateny"), "latency");
  assert.equal(vocabulary.mend("katency"), undefined);
  assert.equal(vocabulary.mend("sourdough"), undefined);
  assert.equal(vocabulary.mend("abc"), undefined);
});

test("letters that stand twice in a row and were typed once are mended, in a word that is long enough", () => {
  const vocabulary = createVocabulary();
  vocabulary.add(["partition", "compatibility", "cocoa"]);
  assert.equal(vocabulary.mend("partion"), "partition");
  assert.equal(vocabulary.mend("partions"), undefined);
  assert.equal(vocabulary.mend("coa"), undefined);
});

test("a short word may be a name: it is mended only where letters changed places or are doubled", () => {
  const vocabulary = createVocabulary();
  vocabulary.add(["cat", "chart", "certs", "stop", "disk", "topic"]);
  for (const name of ["cart", "carts", "shop", "topac"]) {
    assert.equal(vocabulary.mend(name), undefined, name);
  }
  assert.equal(vocabulary.mend("dsik"), "disk");
  assert.equal(vocabulary.mend("diskk"), "disk");
  for (let section = 0; section < 40; section += 1) vocabulary.add(["topic"]);
  assert.equal(vocabulary.mend("topac"), "topic", "a word that many sections have");
});

test("a short word that lacks a letter of one word and is near no other is that word", () => {
  const vocabulary = createVocabulary();
  vocabulary.add(["topic", "topics", "chart", "quota"]);
  assert.equal(vocabulary.mend("toic"), "topic");
  assert.equal(vocabulary.mend("quta"), "quota");
  assert.equal(
    vocabulary.mend("harts"),
    undefined,
    "the first letter is hardly ever the wrong one",
  );
  vocabulary.add(["tonic"]);
  assert.equal(vocabulary.mend("toic"), undefined, "two words are as near");
});

test("any word of some length with one error is mended to a word one error away", () => {
  const vocabulary = createVocabulary();
  vocabulary.add(["replication", "certificate", "throughput", "partition", "retention"]);
  fc.assert(
    fc.property(
      fc.constantFrom("replication", "certificate", "throughput", "partition", "retention"),
      fc.nat(),
      fc.stringMatching(/^[a-z]$/),
      (word, place, letter) => {
        const at = place % word.length;
        const wrong = word.slice(0, at) + letter + word.slice(at + 1);
        assert.equal(vocabulary.mend(wrong), word);
      },
    ),
  );
});
