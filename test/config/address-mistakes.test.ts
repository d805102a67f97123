/** Addresses as people mistype them: what is wrong is named, with what to write instead. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { hostPortMistake, httpMistake } from "../../src/config/address-mistakes.ts";
import { parseConfigFile } from "../../src/config/config-file.ts";
import { mistypedVariables } from "../../src/config/mistyped-variables.ts";

const HTTP: readonly (readonly [typed: string, names: RegExp])[] = [
  ["::1", /write http:\/\/\[::1\]:9094/],
  ["2001:db8::7", /\[2001:db8::7\]/],
  ["fe80::1%eth0", /zone \(%eth0\)/],
  ["http//broker:9094", /write http:\/\/broker:9094/],
  ["http:/broker:9094", /write http:\/\/broker:9094/],
  ["https:broker:9094", /write https:\/\/broker:9094/],
  ["ftp://broker", /begins with ftp:\/\//],
  ["unix:/run/streamline.sock", /path/],
  ["/run/streamline.sock", /path/],
  ["http://broker:99999", /99999.*65535/],
  ["broker:0", /port 0/],
  ["http://broker:9094/metrics", /write http:\/\/broker:9094, without/],
  ["broker:9094/health/ready", /write broker:9094,/],
];
const KAFKA: readonly (readonly [typed: string, names: RegExp])[] = [
  ["broker", /write broker:9092/],
  ["[::1]", /write \[::1\]:9092/],
  ["::1", /brackets/],
  ["http://broker:9092/", /write broker:9092, without/],
  ["kafka://broker:9092", /kafka:\/\//],
  ["a:9092,b:9092", /several/],
  ["broker:70000", /70000/],
];

test("an HTTP address that was mistyped is named with what to write", () => {
  for (const [typed, names] of HTTP) assert.match(httpMistake(typed, 9094) ?? "", names, typed);
});

test("a Kafka address that was mistyped is named with what to write", () => {
  for (const [typed, names] of KAFKA) {
    assert.match(hostPortMistake(typed, 9092) ?? "", names, typed);
  }
});

test("addresses that are right have no mistake", () => {
  for (const typed of [
    "http://broker:9094",
    "https://proxy/streamline/one",
    "broker",
    "broker:9094",
    "http",
    "https:9094",
    "[::1]:9094",
    "http://[::1]:9094",
    "10.0.0.5",
  ]) {
    assert.equal(httpMistake(typed, 9094), undefined, typed);
  }
  for (const typed of ["broker:9092", "[::1]:9092", "10.0.0.5:1"]) {
    assert.equal(hostPortMistake(typed, 9092), undefined, typed);
  }
});

test("a variable that is spelt almost like one of ours is named with ours; others are left alone", () => {
  const meant = (name: string) => mistypedVariables([name]).map(({ message }) => message);
  assert.match(meant("STREAMLINE_BOT_CONFG")[0] ?? "", /STREAMLINE_BOT_CONFIG\?/);
  assert.match(meant("SLACK_BOT_TOKN")[0] ?? "", /SLACK_BOT_TOKEN\?/);
  assert.match(meant("SLACK_BOT_TOKEN_FIEL")[0] ?? "", /SLACK_BOT_TOKEN_FILE\?/);
  const others =
    "PATH HOME TERMINAL STREAMLINE_HTTP STREAMLINE_KAFKA STREAMLINE_HTTP_ADDR SLACK_TEAM";
  const ours = "SLACK_BOT_TOKEN SLACK_BOT_TOKEN_FILE WEBHOOK_TOKEN_EU_PROD WEBHOOK_TOKEN NO_COLOR";
  for (const name of `${others} ${ours}`.split(" ")) assert.deepEqual(meant(name), [], name);
});

const RIGHT =
  "targets: [{ name: shop, http: 'http://h:1', kafka: 'h:1' }]\nroutes: [{ channel: C0123456789 }]\n";
const YAML: readonly (readonly [what: string, yaml: string, line: number, says: RegExp])[] = [
  ["a tab", "targets:\n\t- name: shop\n", 2, /tab.*blanks.*name: shop/],
  ["a key twice", `${RIGHT}targets: []\n`, 3, /already.*targets/],
  ["a line that is no YAML", `${RIGHT}what is this\n`, 3, /neither.*what is this/],
];

for (const [what, yaml, line, says] of YAML) {
  test(`${what} in the file is named by its line, once, with what to do`, () => {
    const { problems } = parseConfigFile(yaml);
    assert.deepEqual(
      problems.map(({ path }) => path),
      [`(file) line ${line}`],
    );
    assert.match(problems[0]?.message ?? "", says);
  });
}

test("lines that end as on Windows are read", () => {
  assert.deepEqual(parseConfigFile(RIGHT.replaceAll("\n", "\r\n")).problems, []);
});
