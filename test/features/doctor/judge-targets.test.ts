/** Which targets are one server by their addresses. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { hostsOf, sharedAddresses } from "../../../src/features/doctor/judge-targets.ts";

function target(name: string, http: string, kafka: string) {
  return { name, http, kafka };
}

const OTHER = target("other", "http://10.0.0.9:9094", "10.0.0.9:9092");

const SAME_HTTP: readonly (readonly [one: string, other: string])[] = [
  ["http://127.0.0.1:9094", "http://localhost:9094"],
  ["http://localhost:9094", "http://localhost:9094/"],
  ["http://[::1]:9094", "http://127.0.0.1:9094"],
  ["http://Broker-1:9094", "http://broker-1:9094"],
  ["http://broker-1", "http://broker-1:80"],
  ["https://broker-1/streamline", "https://broker-1:443/streamline/"],
  ["http://broker-1:9094", "https://broker-1:9094"],
];

for (const [one, http] of SAME_HTTP) {
  test(`${one} and ${http} are one address`, () => {
    const shared = sharedAddresses([
      target("a", one, "10.0.0.1:9092"),
      OTHER,
      target("b", http, "10.0.0.2:9092"),
    ]);
    assert.deepEqual(
      shared.map(({ where, state }) => [where, state]),
      [["a, b", "wrong"]],
    );
    assert.match(shared[0]?.says ?? "", /HTTP/);
    assert.match(shared[0]?.remedy ?? "", /http/);
  });
}

const APART: readonly (readonly [one: string, other: string])[] = [
  ["http://broker-1:9094", "http://broker-2:9094"],
  ["http://broker-1:9094", "http://broker-1:9194"],
  ["https://proxy/one", "https://proxy/two"],
];

for (const [one, http] of APART) {
  test(`${one} and ${http} are two`, () => {
    const targets = [target("a", one, "10.0.0.1:9092"), target("b", http, "10.0.0.2:9092")];
    assert.deepEqual(sharedAddresses(targets), []);
  });
}

test("one Kafka address under two targets is named beside what their HTTP addresses are", () => {
  const shared = sharedAddresses([
    target("a", "http://10.0.0.1:9094", "localhost:9092"),
    target("b", "http://10.0.0.2:9094", "127.0.0.1:9092"),
    target("c", "http://10.0.0.3:9094", "[::1]:9092"),
  ]);
  assert.deepEqual(
    shared.map(({ where }) => where),
    ["a, b", "a, c"],
  );
  assert.match(shared[0]?.says ?? "", /Kafka address: localhost:9092 and 127\.0\.0\.1:9092/);
});

test("names that stand for one machine are one where somebody knows it", () => {
  const targets = [
    target("a", "http://broker-1:9094", "broker-1:9092"),
    target("b", "http://10.0.0.1:9094", "10.0.0.7:9092"),
  ];
  assert.deepEqual(hostsOf(targets), new Set(["broker-1", "10.0.0.1", "10.0.0.7"]));
  const machineOf = (host: string): string => (host === "broker-1" ? "10.0.0.1" : host);
  assert.equal(sharedAddresses(targets, machineOf).length, 1);
  assert.deepEqual(sharedAddresses(targets), []);
});
