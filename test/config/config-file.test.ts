/** The YAML file: every mistake in it is told with its place. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { parseConfig } from "../../src/config/parse-config.ts";
import { FILE, problemOf, problemsOf, TARGET, withTarget } from "./configs.ts";

describe("the file", () => {
  test("that is not there is the problem, and the environment is checked all the same", () => {
    const result = parseConfig({ env: {}, yaml: undefined });
    assert.ok(!result.ok);
    assert.deepEqual(
      result.problems.map(({ path }) => path),
      ["(file)", "SLACK_BOT_TOKEN", "WEBHOOK_TOKEN"],
    );
  });

  for (const [what, yaml, expected] of [
    [
      "that is not YAML is told with the line",
      "targets:\n  - name: [\n",
      /^\(file\) line \d: Flow sequence/,
    ],
    [
      "with a key twice is told with the line",
      "store: a\nstore: b\n",
      /^\(file\) line 2: has a key that stands there already: /,
    ],
    [
      "with an unknown tag is told with the line",
      "\nstore: !secret x\n",
      /^\(file\) line 2: Unres/,
    ],
    [
      "of two documents is refused",
      "store: a\n---\nstore: b\n",
      /^\(file\) line 2: Source contains/,
    ],
    ["that is a list is refused", "- a\n", /^\(file\): must hold keys with values$/],
    ["that is one word is refused", "hello\n", /^\(file\): must hold keys with values$/],
    [
      "whose aliases unfold without end is refused",
      `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${"*a,".repeat(20)}*a]\nc: &c [${"*b,".repeat(20)}*b]\nd: [${"*c,".repeat(20)}*c]\n`,
      /^\(file\): Excessive alias count/,
    ],
  ] as const) {
    test(what, () => assert.match(problemOf(yaml), expected));
  }

  test("that is empty lacks its targets and routes", () => {
    for (const yaml of ["", "# nothing\n", "null\n"]) {
      assert.deepEqual(problemsOf(yaml), [
        { path: "targets", message: "is missing" },
        { path: "routes", message: "is missing" },
      ]);
    }
  });

  test("refuses unknown keys at every depth", () => {
    const unknown = [
      [{ ...FILE, chanels: [] }, "chanels"],
      [{ ...FILE, slack: { token: "x" } }, "slack.token"],
      [{ ...FILE, webhook: { token: "x" } }, "webhook.token"],
      [{ ...FILE, permissions: { delete: {} } }, "permissions.delete"],
      [{ ...FILE, permissions: { ask: { groups: [] } } }, "permissions.ask.groups"],
      [{ ...FILE, routes: [{ channel: "C0A", continue: true }] }, "routes[0].continue"],
      [withTarget({ password: "x" }), "targets[0].password"],
    ] as const;
    for (const [file, path] of unknown) {
      assert.ok(problemOf(file).startsWith(`${path}: is not a known key`), path);
    }
  });

  test("names the key that was most likely meant, of the same place", () => {
    const { targets, ...rest } = FILE;
    assert.match(
      problemsOf({ ...rest, targts: targets })
        .map(({ message }) => message)
        .join(),
      /did you mean targets\?/,
    );
    assert.match(
      problemOf(withTarget({ kafkaTsl: {} })),
      /^targets\[0\]\.kafkaTsl: .*did you mean kafkaTls\?/,
    );
    assert.equal(problemOf({ ...FILE, zzzzzz: 1 }), "zzzzzz: is not a known key");
  });

  test("refuses a secret, and does not repeat it", () => {
    const secret = "xoxb-1234-very-secret";
    const problems = problemsOf({
      ...FILE,
      SLACK_BOT_TOKEN: secret,
      slack: { mode: "socket", botToken: secret },
    });
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["slack.botToken", "SLACK_BOT_TOKEN"],
    );
    assert.ok(!JSON.stringify(problems).includes(secret));
  });

  test("refuses __proto__ as a key with its line, for it would otherwise vanish", () => {
    const yaml = `targets: [${JSON.stringify(TARGET)}]\nroutes:\n  - channel: C0A\n    match:\n      __proto__: x\n`;
    assert.equal(problemOf(yaml), "(file) line 5: __proto__ is not a known key");
  });

  test("refuses a list or a map as a key, whose words the parser would print", () => {
    const yaml = `targets: [${JSON.stringify(TARGET)}]\nroutes: [{channel: C0A}]\n? {a: secret}\n: b\n`;
    assert.match(problemOf(yaml), /^\(file\) line 3: a key must be a word/);
  });

  test("asks for quotes where a number stands for text", () => {
    const file = { ...FILE, routes: [{ match: { shard: 1 }, channel: "C0A" }, { channel: "C0B" }] };
    assert.equal(problemOf(file), "routes[0].match.shard: must be text; put a number in quotes");
  });

  test("says that a value is empty, as YAML reads one that begins with #", () => {
    const yaml = `targets: [${JSON.stringify(TARGET)}]\nroutes:\n  - channel: #incidents\n`;
    assert.equal(
      problemOf(yaml),
      "routes[0].channel: is empty; a value that begins with # needs quotes",
    );
    assert.equal(
      problemOf({ ...FILE, routes: [{ channel: ["C0A"] }] }),
      "routes[0].channel: must be text",
    );
  });

  test("refuses lists where keys belong and keys where lists belong", () => {
    assert.equal(problemOf({ ...FILE, slack: [] }), "slack: must hold keys with values");
    assert.equal(problemOf({ ...FILE, knowledge: {} }), "knowledge: must be a list");
    assert.equal(problemOf({ ...FILE, targets: null }), "targets: must be a list");
  });

  test("needs a target and a route", () => {
    assert.equal(problemOf({ ...FILE, targets: [] }), "targets: needs at least one target");
    assert.match(problemOf({ ...FILE, routes: [] }), /^routes: needs at least one route/);
  });
});

describe("targets and routes", () => {
  test("two targets of one name are refused, in any case of letters", () => {
    const targets = [TARGET, { ...TARGET, name: "other" }, { ...TARGET, name: "ORDERS" }];
    assert.equal(
      problemOf({ ...FILE, targets }),
      "targets[2].name: repeats the name of targets[0]",
    );
  });

  test("without a route that takes everything an alert could be lost", () => {
    const routes = [{ match: { a: "1" }, channel: "C0A" }];
    assert.equal(
      problemOf({ ...FILE, routes }),
      "routes: needs a last route without match, so that no alert is lost",
    );
  });

  test("a route behind one that takes everything is never reached", () => {
    const routes = [{ channel: "C0A" }, { match: { a: "1" }, channel: "C0B" }, { channel: "C0C" }];
    assert.deepEqual(
      problemsOf({ ...FILE, routes }).map(({ path }) => path),
      ["routes[1]", "routes[2]"],
    );
  });

  test("a route behind one that asks for less is never reached", () => {
    const routes = [
      { match: { a: "1" }, channel: "C0A" },
      { match: { a: "2", b: "1" }, channel: "C0B" },
      { match: { a: "1", b: "1" }, channel: "C0C" },
      { channel: "C0D" },
    ];
    assert.equal(
      problemOf({ ...FILE, routes }),
      "routes[2]: is never reached: routes[0] already takes all of its alerts",
    );
  });
});

test("a channel to hear is named by its id, not by its name", () => {
  assert.match(problemOf({ ...FILE, watch: ["#alerts"] }), /^watch\[0\]: is not a channel id/);
});
