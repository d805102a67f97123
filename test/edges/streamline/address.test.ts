/** From a target's configuration to host and port, and no further. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { httpAddress, kafkaAddress } from "../../../src/edges/streamline/address.ts";
import { targetAt } from "./servers.ts";

for (const [http, expected] of [
  ["http://10.0.0.5:9094", { host: "10.0.0.5", port: 9094 }],
  ["https://broker.example", { host: "broker.example", port: 443 }],
  ["http://broker.example/streamline", { host: "broker.example", port: 80 }],
  ["http://[::1]:9094", { host: "::1", port: 9094 }],
] as const) {
  test(`${http} listens at ${expected.host} port ${expected.port}`, () => {
    assert.deepEqual(httpAddress(targetAt({ http: 1 }, { http })), expected);
  });
}

for (const [kafka, expected] of [
  ["10.0.0.5:9092", { host: "10.0.0.5", port: 9092 }],
  ["[2001:db8::5]:9092", { host: "2001:db8::5", port: 9092 }],
] as const) {
  test(`${kafka} is ${expected.host} port ${expected.port}`, () => {
    assert.deepEqual(kafkaAddress(targetAt({ http: 1 }, { kafka })), expected);
  });
}
