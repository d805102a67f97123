import assert from "node:assert/strict";
import { test } from "node:test";
import { placeholderValues } from "../../../src/features/runbooks/placeholder-values.ts";
import { readPage } from "../../../src/knowledge/read-page.ts";
import { TARGET } from "../../block-kit/sections.ts";

const FILLS = { TOPIC: ["topic"], GROUP: ["group", "consumer_group"] };

test("labels fill the placeholders that the page says they may, by the first that is there", () => {
  const values = placeholderValues(
    { labels: { topic: "orders", consumer_group: "billing" } },
    FILLS,
  );
  assert.deepEqual(
    [...values],
    [
      ["TOPIC", "orders"],
      ["GROUP", "billing"],
    ],
  );
});

test("a label that the page does not name fills nothing, whatever it is called", () => {
  const labels = {
    prometheus: "monitoring/k8s",
    streamline_data_dir: "/",
    old_binary: "/tmp/evil",
    TOPIC: "evil",
    constructor: "evil",
    __proto__: "evil",
  };
  assert.deepEqual(
    [...placeholderValues({ labels, target: TARGET }, FILLS).keys()],
    ["STREAMLINE_HTTP", "STREAMLINE_KAFKA"],
  );
});

test("no page may let a label pose as the server's address", () => {
  for (const name of ["STREAMLINE_HTTP", "STREAMLINE_KAFKA"]) {
    const read = readPage({
      file: "a.md",
      folder: "k",
      text: `---\nfills:\n  ${name}: topic\n---\n# A\n`,
    });
    assert.ok(read.kind === "page");
    assert.match(read.problems[0]?.reason ?? "", /addresses come from the configuration/);
    assert.deepEqual(read.page.fills, {});
  }
});

for (const instance of [
  "evil.example:9094/x?",
  "a b:1",
  "-x:1",
  "h:1;reboot",
  "user@h:1",
  "[::1]",
  "",
]) {
  test(`an instance that is not a host and port is not an address: ${instance}`, () => {
    assert.deepEqual([...placeholderValues({ labels: { instance } })], []);
  });
}

test("the target's addresses are the target's, whatever a label says", () => {
  const labels = {
    streamline_http: "http://evil.example",
    STREAMLINE_KAFKA: "evil.example:9092",
    instance: "evil.example:9094",
  };
  const values = placeholderValues({ labels, target: TARGET });
  assert.equal(values.get("STREAMLINE_HTTP"), TARGET.http);
  assert.equal(values.get("STREAMLINE_KAFKA"), TARGET.kafka);
});

test("without a target the scraped instance is the HTTP address, and no label poses as Kafka's", () => {
  const values = placeholderValues({
    labels: { instance: "10.0.0.9:9094", streamline_kafka: "evil.example:9092" },
  });
  assert.equal(values.get("STREAMLINE_HTTP"), "http://10.0.0.9:9094");
  assert.equal(values.has("STREAMLINE_KAFKA"), false);
});

test("without target and labels nothing is filled in", () => {
  assert.deepEqual([...placeholderValues({})], []);
});
