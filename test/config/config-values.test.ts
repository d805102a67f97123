/** Durations, sizes and addresses, as people write them. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { configOf, FILE, problemOf, withTarget } from "./configs.ts";

describe("durations and sizes", () => {
  for (const [timeout, ms] of [
    ["100ms", 100],
    ["0.5s", 500],
    [" 2 s ", 2_000],
    ["1m", 60_000],
    ["123.4ms", 123],
  ] as const) {
    test(`timeout "${timeout}" is ${ms} ms`, () => {
      assert.equal(configOf(withTarget({ timeout })).targets[0]?.timeoutMs, ms);
    });
  }

  for (const [maxBody, bytes] of [
    ["1KiB", 1_024],
    ["2kB", 2_000],
    ["1.5MiB", 1_572_864],
    ["1GiB", 1_073_741_824],
  ] as const) {
    test(`maxBody "${maxBody}" is ${bytes} bytes`, () => {
      assert.equal(configOf(withTarget({ maxBody })).targets[0]?.maxBodyBytes, bytes);
    });
  }

  for (const timeout of ["2", "2 seconds", "-1s", "1e3ms", "", "s", "5constructor", "5__proto__"]) {
    test(`timeout "${timeout}" is not understood`, () => {
      assert.equal(
        problemOf(withTarget({ timeout })),
        `targets[0].timeout: "${timeout}" is not a value such as 500ms, 2s or 5m`,
      );
    });
  }

  for (const timeout of ["99ms", "61s", "1h", "0s"]) {
    test(`timeout "${timeout}" is out of range`, () => {
      assert.match(problemOf(withTarget({ timeout })), /out of range: 100 to 60000 ms$/);
    });
  }

  test("a bare number is asked to name its unit", () => {
    assert.equal(
      problemOf(withTarget({ timeout: 2 })),
      "targets[0].timeout: must be text such as 500ms, 2s or 5m",
    );
    assert.match(problemOf({ ...FILE, webhook: { maxBody: "1B" } }), /^webhook\.maxBody: .*range/);
  });
});

describe("addresses", () => {
  for (const [http, expected] of [
    ["http://host:9094/", "http://host:9094"],
    ["https://host/streamline//", "https://host/streamline"],
    ["http://[::1]:9094", "http://[::1]:9094"],
    [" http://HOST:80 ", "http://host"],
  ] as const) {
    test(`http "${http}" is taken as ${expected}`, () => {
      assert.equal(configOf(withTarget({ http })).targets[0]?.http, expected);
    });
  }

  for (const [http, expected] of [
    ["host:9094", /must be an address/],
    ["//host", /is a path/],
    ["ftp://host", /begins with ftp/],
    ["file:///etc/passwd", /begins with file/],
    ["http://", /must be an address/],
    ["http://user:pw@host", /must not carry a user or password/],
    ["http://host?x=1", /must not carry a query or fragment/],
    ["http://host/#", /must not carry a query or fragment/],
  ] as const) {
    test(`http "${http}" is refused`, () =>
      assert.match(problemOf(withTarget({ http })), expected));
  }

  for (const kafka of ["host:9092", "10.0.0.5:1", "[::1]:9092", "a.b-c:65535"]) {
    test(`kafka "${kafka}" is taken`, () => {
      assert.equal(configOf(withTarget({ kafka })).targets[0]?.kafka, kafka);
    });
  }

  for (const kafka of ["host", "host:0", "host:65536", "kafka://host:1", "::1:9092", "a b:1", ""]) {
    test(`kafka "${kafka}" is refused`, () => {
      assert.match(
        problemOf(withTarget({ kafka })),
        /^targets\[0\]\.kafka: .*(?:host:port|write |from 1 to 65535)/,
      );
    });
  }

  for (const listen of ["8080", ":8080", "host:65536", "host:", "a b:1"]) {
    test(`listen "${listen}" is refused`, () => {
      assert.equal(
        problemOf({ ...FILE, listen }),
        `listen: "${listen}" is not an address such as 0.0.0.0:8080`,
      );
    });
  }
});

describe("kafkaTls", () => {
  for (const [written, expected] of [
    [true, {}],
    [false, undefined],
    [{ ca: "/ca.pem" }, { ca: "/ca.pem" }],
    [{ serverName: "b" }, { serverName: "b" }],
    [
      { cert: "/c.pem", key: "/k.pem" },
      { cert: "/c.pem", key: "/k.pem" },
    ],
  ] as const) {
    test(`${JSON.stringify(written)} is ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(configOf(withTarget({ kafkaTls: written })).targets[0]?.kafkaTls, expected);
    });
  }

  test("a certificate without its key is refused", () => {
    assert.match(
      problemOf(withTarget({ kafkaTls: { cert: "/c.pem" } })),
      /^targets\[0\]\.kafkaTls: /,
    );
  });

  test("a key that it does not know is refused", () => {
    assert.match(problemOf(withTarget({ kafkaTls: { sslCa: "/c" } })), /^targets\[0\]\.kafkaTls/);
  });
});
