import assert from "node:assert/strict";
import { test } from "node:test";
import { placeholderValues } from "../../../src/features/runbooks/placeholder-values.ts";
import { TARGET } from "../../block-kit/sections.ts";

test("labels fill the placeholders of their names in capitals", () => {
  const values = placeholderValues({ labels: { topic: "orders", consumer_group: "billing" } });
  assert.deepEqual(
    [...values],
    [
      ["TOPIC", "orders"],
      ["CONSUMER_GROUP", "billing"],
    ],
  );
});

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
