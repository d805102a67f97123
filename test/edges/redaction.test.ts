/** What no text carries out of the bot: known secrets by value, others by their form. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createRedaction } from "../../src/edges/redaction.ts";
import fc from "../support/fast-check.ts";

const HARMLESS = [
  `streamline_requests_total{api_key="produce",error="false"} 12`,
  String.raw`{api_key=\"list_offsets\"}`,
  '["streamline_requests_total",{"api_key":"produce","error":"false"}]',
  String.raw`{\"api_key\":\"create_topics\"}`,
  "basic authentication, bearer of bad news",
  "wrong or missing bearer credentials in the Authorization header",
  "http://broker:9094/health by a@b.example",
  '{"url":"http://broker:9094","who":"alice@example.com"}',
  'rate(streamline_bytes_in_total{topic="orders"}[5m])',
  "Set ALERTMANAGER_TOKEN, or ALERTMANAGER_USER and ALERTMANAGER_PASSWORD.",
  "export WEBHOOK_TOKEN=$(openssl rand -hex 24)",
  "curl -H 'Authorization: Bearer <your token>' http://a:9094/",
  "https://acme.slack.com/archives/C0123/p1700000000000100",
  '{"action_id":"run_command:1","trigger_id":"13345224609.738474920.8088930838d88f008e0"}',
];

/** Built at run time, so that no scanner takes this file for a leak. */
const rand = "0123456789abcdefABCDEF0123456789abcdef";
const PLANTED: readonly [what: string, text: string, secret: string][] = [
  ["a Slack bot token", `xoxb-12-34-${rand}`, rand],
  ["a Slack app token", `xapp-1-A0-99-${rand}`, rand],
  ["a rotated Slack token", `xoxe.xoxp-1-${rand}`, rand],
  ["a Slack webhook", `https://hooks.slack.com/services/T00/B00/${rand}`, rand],
  ["a bearer token", `Bearer ${rand}`, rand],
  ["basic credentials", `basic ${rand}`, rand],
  ["a header", `Authorization: Bearer s3cr3t`, "s3cr3t"],
  ["a header of another scheme", `authorization: Digest ${rand}`, rand],
  ["a header without a scheme", `"authorization":"${rand}"`, rand],
  ["a header in a list", `Authorization: [Bearer ${rand}]`, rand],
  ["a proxy's header", `Proxy-Authorization: Basic ${rand}`, rand],
  ["a JWT", `eyJhbGciOiJIUzI1NiJ9.${rand}.${rand}`, rand],
  ["an AWS key", `AKIA${"A1B2C3D4E5F6G7H8"}`, "A1B2C3D4E5F6G7H8"],
  ["an AWS secret", `aws_secret_access_key = ${rand}`, rand],
  ["a GitHub token", `ghp_${rand}`, rand],
  ["a password in an address", "postgres://bot:hunter2@db:5432/x", "hunter2"],
  ["a password with #", "postgres://bot:12#4SECRET@h/x", "4SECRET"],
  ["a password with /", "redis://:pa/ss/w0rd@h/0", "ss/w0rd"],
  ["a password with @", "postgres://bot:p@ss-word@db/x", "ss-word"],
  ["a parameter", `https://a.example/x?a=1&api_key=${rand}&b=2`, rand],
  ["an environment variable", `GRAFANA_PASSWORD=${rand}`, rand],
  ["a field of JSON", `{"client_secret":"${rand}"}`, rand],
  ["a field of JSON in JSON", JSON.stringify(`{"password": "${rand}"}`), rand],
  [
    "a private key",
    `-----BEGIN RSA PRIVATE KEY-----\n${rand}\n${rand}\n-----END RSA PRIVATE KEY-----`,
    rand,
  ],
  ["a private key that is cut off", `-----BEGIN PRIVATE KEY-----\\n${rand}\\n${rand}`, rand],
];

describe("by its form,", () => {
  const redaction = createRedaction();
  for (const [what, text, secret] of PLANTED) {
    test(`${what} goes, and what stands around it stays`, () => {
      const kept = redaction.text(`before it ${text} behind it`);
      assert.ok(!kept.includes(secret), kept);
      assert.match(kept, /^before it .*\[secret\]/s);
      assert.equal(redaction.text(kept), kept, "twice is once");
    });
  }
  for (const text of HARMLESS) {
    test(`this stays: ${text.slice(0, 50)}`, () => assert.equal(redaction.text(text), text));
  }
});

describe("by its value,", () => {
  test("a known secret goes in every spelling, and with what was known before", () => {
    const secret = 'p&"ss <w>ö\\rd';
    const redaction = createRedaction(["the-first-secret"]);
    redaction.learn([secret]);
    const spellings = [
      secret,
      JSON.stringify({ a: secret }),
      encodeURIComponent(secret),
      new URLSearchParams({ a: secret }).toString(),
      'p&amp;"ss &lt;w&gt;ö\\rd',
      Buffer.from(secret).toString("base64"),
      "the-first-secret",
    ];
    for (const text of spellings) {
      const kept = redaction.text(`x ${text} y`);
      assert.match(kept, /\[secret\]/, text);
      assert.ok(!kept.includes("<w>ö") && !kept.includes("first-secret"), kept);
    }
  });

  test("whatever secret stands wherever in whatever text, it goes", () => {
    fc.assert(
      fc.property(
        fc
          .string({ minLength: 8, maxLength: 40, unit: "grapheme" })
          .filter((each) => !/\[secret\]/.test(each)),
        fc.string(),
        fc.string(),
        (secret, before, behind) => {
          const kept = createRedaction([secret]).text(before + secret + behind);
          assert.ok(!kept.replaceAll("[secret]", "").includes(secret));
        },
      ),
    );
  });

  test("whatever is left of a secret that was cut on its way, its beginning goes", () => {
    const secret = "plover-4711-quartz-of-the-source";
    const redaction = createRedaction([secret, "https://calendars.example/a-private-address.ics"]);
    for (let end = 12; end <= secret.length; end += 1) {
      for (const behind of ["", "…", " and more", '"}']) {
        const kept = redaction.text(`it says ${secret.slice(0, end)}${behind}`);
        assert.match(kept, /^it says \[secret\]/);
        assert.ok(!kept.includes(secret.slice(0, 12)), kept);
      }
    }
    const other = "see https://calendars.example/help";
    assert.equal(redaction.text(other), other, "the beginning of an address is no secret");
  });

  test("short words are not secrets, else no text would be left", () => {
    assert.equal(createRedaction(["the"]).text("the bot"), "the bot");
  });
});

test("values are redacted however deep, and what is not text stays as it is", () => {
  const when = new Date();
  const value = { a: ["xoxb-1-2", { b: 1, c: when }], d: null, e: undefined };
  assert.deepEqual(createRedaction().value(value), {
    a: ["xoxb-[secret]", { b: 1, c: when }],
    d: null,
    e: undefined,
  });
});

test("a long text loses its secrets in parts, those at the ends of parts, too", async () => {
  const lines = Array.from({ length: 20_000 }, (_, at) => `line ${at} Bearer ${rand}`);
  const kept = await createRedaction().longText(lines.join("\n"));
  assert.ok(!kept.includes(rand));
  assert.equal(kept.split("\n").length, lines.length);
});

test("a long line is cut between two words, so that no secret is cut in two", async () => {
  const secret = "plover-4711-quartz-of-the-source";
  const redaction = createRedaction([secret]);
  for (const shift of [0, 7, 20, 31]) {
    const kept = await redaction.longText("x".repeat(shift) + `${secret} `.repeat(40_000));
    assert.ok(!kept.includes("quartz") && !kept.includes("source"), "the end of one was left");
  }
});

test("no text makes the search slow: the time grows with the length", () => {
  const redaction = createRedaction(["known-secret-of-ours"]);
  const pieces = [
    "://a:",
    "-----BEGIN PRIVATE KEY-----",
    "eyJ",
    "authorization: ",
    "xoxb-",
    "token=",
    '"token":"',
    "bearer ",
    "a",
  ];
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(200_000 / piece.length));
    const before = process.cpuUsage();
    redaction.text(text);
    const { user, system } = process.cpuUsage(before);
    assert.ok(user + system < 2_000_000, `${piece}: ${(user + system) / 1_000} ms of CPU`);
  }
});
