/** The log: lines of JSON in which no secret stands, whoever logs what. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, test } from "node:test";
import { redaction } from "../../src/edges/redaction.ts";
import fc from "../support/fast-check.ts";
import { captureLog } from "./captured-log.ts";

const LOG = new URL("../../src/edges/log.ts", import.meta.url).href;

describe("a text", () => {
  for (const [what, text, expected] of [
    ["keeps no bot token", "with xoxb-12-34-abcDEF now", "with xoxb-[secret] now"],
    ["keeps no app token", "xapp-1-A0-99-ff0a", "xapp-[secret]"],
    ["keeps no user token", "(xoxp-1)", "(xoxp-[secret])"],
    ["keeps no bearer token", "Bearer 0123456789abcdef+/=", "Bearer [secret]"],
    [
      "keeps no basic credentials",
      "authorization: basic YW06MDEyMzQ1Njc4OWFi",
      "authorization: basic [secret]",
    ],
    [
      "keeps no password of an address",
      "postgres://bot:hunter2@db:5432/x",
      "postgres://bot:[secret]@db:5432/x",
    ],
    [
      "keeps no password with an @ in it",
      "postgres://bot:p@ss@db/x",
      "postgres://bot:[secret]@db/x",
    ],
    [
      "keeps its words",
      "basic authentication, bearer of bad news",
      "basic authentication, bearer of bad news",
    ],
    [
      "keeps addresses with a port",
      "http://broker:9094/health by a@b.example",
      "http://broker:9094/health by a@b.example",
    ],
  ] as const) {
    test(what, () => assert.equal(redaction.text(text), expected));
  }

  test("with several secrets keeps none", () => {
    assert.equal(
      redaction.text("xoxb-1 and http://a:b@c and xapp-2"),
      "xoxb-[secret] and http://a:[secret]@c and xapp-[secret]",
    );
  });
});

test("a line is still JSON when an address with a port stands before an @ elsewhere", () => {
  const { log, lines } = captureLog();
  log.info({ url: "http://broker:9094", who: "alice@example.com" }, "asked");
  assert.partialDeepStrictEqual(lines(), [
    { url: "http://broker:9094", who: "alice@example.com", msg: "asked" },
  ]);
});

test("fields that are called like secrets are blanked, at every depth that libraries use", () => {
  const { log, lines, text } = captureLog();
  log.info({ token: "t1", a: { password: "p1" }, headers: { authorization: "x1" } }, "a");
  log.info(
    { request: { headers: { authorization: "x2" } }, config: { slack: { token: "t2" } } },
    "b",
  );
  assert.doesNotMatch(text(), /"(t|p|x)[12]"/);
  assert.partialDeepStrictEqual(lines(), [{ token: "[secret]" }, { msg: "b" }]);
});

test("an error is logged with its words, its stack and its cause, and nothing it carries", () => {
  const { log, lines, text } = captureLog();
  const error = Object.assign(new Error("no answer", { cause: new Error("reset") }), {
    request: { body: "what a person wrote" },
    data: { secret: "x" },
  });
  log.error({ err: error }, "failed");
  const [line] = lines();
  assert.match(JSON.stringify(line), /log\.test\.ts/);
  assert.partialDeepStrictEqual(line, {
    msg: "failed",
    err: { type: "Error", message: "no answer: reset" },
  });
  assert.doesNotMatch(text(), /what a person wrote|"secret"/);
  log.error({ err: "a mere text" }, "failed");
  assert.partialDeepStrictEqual(lines()[1], { err: "a mere text" });
});

test("levels below the one asked for are left out", () => {
  const { log, lines } = captureLog("warn");
  log.info("no");
  log.warn("yes");
  assert.deepEqual(
    lines().map(({ msg }) => msg),
    ["yes"],
  );
});

test("whatever is logged is a line of JSON, with no token in it", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.webUrl({ withQueryParameters: true }),
      (text, url) => {
        const { log, lines, text: all } = captureLog();
        log.info({ text, url, both: `${text}${url}`, token: "xoxb-1234" }, `${text} xoxb-5678`);
        assert.equal(lines().length, 1);
        assert.doesNotMatch(all(), /xoxb-\d/);
        assert.equal(all().trim().split("\n").length, 1);
      },
    ),
  );
});

test("what nobody sees, or what turns the text around it, stands as its number", () => {
  const { log, lines, text } = captureLog();
  const words = "so\u00ADft \u202Eturned \u009B31m \u{E0068}tag 👩‍👩‍👧 \u05E9\u05DC";
  log.warn({ words }, "said");
  assert.deepEqual(
    lines().map((each) => each["words"]),
    [words],
    "nothing is lost",
  );
  assert.doesNotMatch(text(), /[\p{Bidi_Control}\u00AD\u{E0068}]|(?!\n)\p{Cc}/u);
  assert.match(text(), /so\\u00adft \\u202eturned .*👩‍👩‍👧 \u05E9\u05DC/u);
});

describe("a process that logs to a pipe", () => {
  const logging = (program: string) =>
    spawn(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `import { createLog, endLog } from ${JSON.stringify(LOG)}; ${program}`,
      ],
      { stdio: ["ignore", "pipe", "pipe"] },
    );

  test("goes on while nobody reads it", async (t) => {
    // A pipe holds 64 KiB: whoever waits for its reader says nothing more.
    const child = logging(`
      const log = createLog("info");
      for (let n = 0; n < 400; n += 1) log.info({ filling: "x".repeat(1_000) }, "line");
      setImmediate(() => process.stderr.write("went on\\n"));
      setInterval(() => undefined, 1_000);`);
    t.after(() => child.kill("SIGKILL"));
    const [said] = (await once(child.stderr, "data")) as [Buffer];
    assert.equal(String(said), "went on\n");
  });

  test("has written every line, in its order, when it ends", async () => {
    // More than a pipe holds: the first lines are still under way when the process ends.
    const child = logging(`
      const filling = "x".repeat(2_000);
      for (let n = 0; n < 100; n += 1) createLog("info").info({ n, filling }, "line");
      await endLog();
      process.exit(0);`);
    const lines = (await text(child.stdout)).trim().split("\n");
    assert.deepEqual(
      lines.map((line) => (JSON.parse(line) as { n: number }).n),
      Array.from({ length: 100 }, (_, n) => n),
    );
  });
});
