/** The configuration: what a good one becomes, and how every mistake in a bad one is told. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import fc from "fast-check";
import { type Config, type ConfigProblem, parseConfig } from "../src/config.ts";

const ENV = {
  SLACK_BOT_TOKEN: "xoxb-123",
  SLACK_APP_TOKEN: "xapp-123",
  WEBHOOK_TOKEN: "0123456789abcdef",
};

const TARGET = { name: "orders", http: "http://10.0.0.5:9094", kafka: "10.0.0.5:9092" };
const FILE = { targets: [TARGET], routes: [{ channel: "C0INCIDENTS" }] };

type Env = Record<string, string | undefined>;

/** JSON is YAML, too. */
function parse(file: object, env: Env = ENV): ReturnType<typeof parseConfig> {
  return parseConfig({ env, yaml: JSON.stringify(file) });
}

function configOf(file: object, env: Env = ENV): Config {
  const result = parse(file, env);
  assert.ok(result.ok, `refused: ${JSON.stringify(result)}`);
  return result.config;
}

function problemsOf(file: object | string, env: Env = ENV): readonly ConfigProblem[] {
  const result = parseConfig({ env, yaml: typeof file === "string" ? file : JSON.stringify(file) });
  assert.ok(!result.ok, "the configuration was taken");
  return result.problems;
}

/** The one problem of a configuration, as "path: message". */
function problemOf(file: object | string, env: Env = ENV): string {
  const problems = problemsOf(file, env);
  assert.equal(problems.length, 1, JSON.stringify(problems));
  return problems.map(({ path, message }) => `${path}: ${message}`).join("\n");
}

function withTarget(change: object): object {
  return { ...FILE, targets: [{ ...TARGET, ...change }] };
}

test("the example file is in order, in both of Slack's modes", () => {
  const yaml = readFileSync("streamline-bot.example.yaml", "utf8");
  const socket = parseConfig({ env: ENV, yaml });
  assert.ok(socket.ok, JSON.stringify(socket));
  assert.equal(socket.config.targets.length, 2);
  assert.equal(socket.config.routes.length, 2);
  const http = parseConfig({
    env: { ...ENV, SLACK_SIGNING_SECRET: "s" },
    yaml: yaml.replace("mode: socket", "mode: http"),
  });
  assert.ok(http.ok, JSON.stringify(http));
});

test("a file with one target and one route gets every default", () => {
  assert.deepEqual(configOf(FILE), {
    listen: { host: "0.0.0.0", port: 8080 },
    logLevel: "info",
    slack: { mode: "socket", appToken: "xapp-123", botToken: "xoxb-123" },
    webhook: { auth: { kind: "bearer", token: "0123456789abcdef" }, maxBodyBytes: 8 * 1024 ** 2 },
    store: { engine: "sqlite", path: "var/bot.db" },
    targets: [{ ...TARGET, labels: {}, timeoutMs: 2_000, maxBodyBytes: 64 * 1024 ** 2 }],
    routes: [{ match: {}, channel: "C0INCIDENTS" }],
    knowledge: [],
    rules: [],
    sampling: { intervalMs: 15_000 },
    permissions: { ask: { users: [], channels: [] } },
  });
});

test("everything can be said otherwise", () => {
  const config = configOf(
    {
      listen: "[::1]:0",
      slack: { mode: "http" },
      webhook: { maxBody: "1MB" },
      store: "/data/bot.db",
      targets: [
        {
          ...TARGET,
          prometheus: "https://prom.example/base/",
          alertmanager: "http://am:9093",
          labels: { job: "streamline" },
          timeout: "500ms",
          maxBody: "2KiB",
        },
      ],
      routes: [{ match: { env: "staging" }, channel: "G0STAGING" }, { channel: "C0INCIDENTS" }],
      knowledge: ["/etc/runbooks"],
      rules: ["/etc/our.rules.yml"],
      sampling: { interval: "30s" },
      permissions: { ask: { users: ["U0ALICE"], channels: ["C0INCIDENTS"] } },
    },
    {
      SLACK_BOT_TOKEN: " xoxb-1\n",
      SLACK_SIGNING_SECRET: "s3cret",
      WEBHOOK_USER: "am",
      WEBHOOK_PASSWORD: "0123456789abcdef",
      DATABASE_URL: "postgres://u:p@db/bot",
      SLACK_API_URL: "http://127.0.0.1:1/api/",
      LOG_LEVEL: "debug",
    },
  );
  assert.deepEqual(config, {
    listen: { host: "::1", port: 0 },
    logLevel: "debug",
    slack: {
      mode: "http",
      signingSecret: "s3cret",
      botToken: "xoxb-1",
      apiUrl: "http://127.0.0.1:1/api/",
    },
    webhook: {
      auth: { kind: "basic", user: "am", password: "0123456789abcdef" },
      maxBodyBytes: 1_000_000,
    },
    store: { engine: "postgres", url: "postgres://u:p@db/bot" },
    targets: [
      {
        ...TARGET,
        prometheus: "https://prom.example/base",
        alertmanager: "http://am:9093",
        labels: { job: "streamline" },
        timeoutMs: 500,
        maxBodyBytes: 2_048,
      },
    ],
    routes: [
      { match: { env: "staging" }, channel: "G0STAGING" },
      { match: {}, channel: "C0INCIDENTS" },
    ],
    knowledge: ["/etc/runbooks"],
    rules: ["/etc/our.rules.yml"],
    sampling: { intervalMs: 30_000 },
    permissions: { ask: { users: ["U0ALICE"], channels: ["C0INCIDENTS"] } },
  });
});

test("every problem is told at once, each with its path, and none hides another", () => {
  const problems = problemsOf(
    {
      listen: "8080",
      slack: { mode: "https" },
      targets: [
        { name: "a b", http: "10.0.0.5:9094", kafka: "10.0.0.5", colour: "red" },
        { name: "orders", http: "http://x", kafka: "x:1", labels: { "not-a-label": "x", n: 5 } },
        { name: "Orders", http: "http://y", kafka: "y:1" },
      ],
      routes: [{ match: { env: "prod" }, channel: "#incidents" }],
      permissions: { ask: { users: ["alice"] } },
      token: "xoxb-in-the-file",
    },
    { LOG_LEVEL: "loud", DATABASE_URL: "mysql://x" },
  );
  assert.deepEqual(
    problems.map(({ path }) => path),
    [
      "listen",
      "slack.mode",
      "targets[0].name",
      "targets[0].http",
      "targets[0].kafka",
      "targets[0].colour",
      "targets[1].labels.not-a-label",
      "targets[1].labels.n",
      "routes[0].channel",
      "permissions.ask.users[0]",
      "token",
      "targets[2].name",
      "routes",
      "SLACK_BOT_TOKEN",
      "WEBHOOK_TOKEN",
      "LOG_LEVEL",
      "DATABASE_URL",
    ],
  );
  for (const { message } of problems) assert.match(message, /^\S.{5,}/);
});

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
      /^\(file\) line 2: Map keys must be unique$/,
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
      [{ ...FILE, permissions: { silence: {} } }, "permissions.silence"],
      [{ ...FILE, permissions: { ask: { groups: [] } } }, "permissions.ask.groups"],
      [{ ...FILE, routes: [{ channel: "C0A", continue: true }] }, "routes[0].continue"],
      [withTarget({ password: "x" }), "targets[0].password"],
    ] as const;
    for (const [file, path] of unknown) {
      assert.equal(problemOf(file), `${path}: is not a known key`);
    }
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

  test("asks for quotes where a number stands for text", () => {
    const file = { ...FILE, routes: [{ match: { shard: 1 }, channel: "C0A" }, { channel: "C0B" }] };
    assert.equal(problemOf(file), "routes[0].match.shard: must be text; put a number in quotes");
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
    ["//host", /must be an address/],
    ["ftp://host", /must be an address/],
    ["file:///etc/passwd", /must be an address/],
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
      assert.equal(
        problemOf(withTarget({ kafka })),
        "targets[0].kafka: must be host:port, with a port from 1 to 65535",
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

describe("secrets", () => {
  test("Socket Mode needs the app token, HTTP the signing secret", () => {
    const { SLACK_APP_TOKEN: _, ...rest } = ENV;
    assert.match(problemOf(FILE, rest), /^SLACK_APP_TOKEN: is not set/);
    const http = { ...FILE, slack: { mode: "http" } };
    assert.match(problemOf(http), /^SLACK_SIGNING_SECRET: is not set/);
    assert.equal(configOf(http, { ...rest, SLACK_SIGNING_SECRET: "s" }).slack.mode, "http");
  });

  test("a mistake elsewhere in the file does not make the wrong mode's secret missing", () => {
    const problems = problemsOf({ ...FILE, slack: { mode: "http" }, colour: "red" });
    assert.deepEqual(
      problems.map(({ path }) => path),
      ["colour", "SLACK_SIGNING_SECRET"],
    );
  });

  test("tokens of the wrong kind are told apart without showing them", () => {
    const env = { ...ENV, SLACK_BOT_TOKEN: "xapp-swapped", SLACK_APP_TOKEN: "xoxb-swapped" };
    const problems = problemsOf(FILE, env);
    assert.match(problems[0]?.message ?? "", /^does not start with xoxb-/);
    assert.match(problems[1]?.message ?? "", /^does not start with xapp-/);
    assert.ok(!JSON.stringify(problems).includes("swapped"));
  });

  for (const [what, env, expected] of [
    ["no secret for the webhook", {}, /^WEBHOOK_TOKEN: is not set/],
    ["an empty one", { WEBHOOK_TOKEN: " " }, /^WEBHOOK_TOKEN: is not set/],
    ["a short token", { WEBHOOK_TOKEN: "x".repeat(15) }, /^WEBHOOK_TOKEN: is shorter than 16/],
    [
      "a short password",
      { WEBHOOK_USER: "am", WEBHOOK_PASSWORD: "short" },
      /^WEBHOOK_PASSWORD: is shorter/,
    ],
    [
      "a user without a password",
      { WEBHOOK_USER: "am" },
      /^WEBHOOK_PASSWORD: is not set, although WEBHOOK_USER is$/,
    ],
    [
      "a password without a user",
      { WEBHOOK_PASSWORD: "x".repeat(16) },
      /^WEBHOOK_USER: is not set, although WEBHOOK_PASSWORD is$/,
    ],
    [
      "both ways at once",
      { WEBHOOK_TOKEN: "x".repeat(16), WEBHOOK_USER: "am", WEBHOOK_PASSWORD: "x".repeat(16) },
      /^WEBHOOK_TOKEN: is set together with/,
    ],
    [
      "a user with a colon",
      { WEBHOOK_USER: "a:b", WEBHOOK_PASSWORD: "x".repeat(16) },
      /^WEBHOOK_USER: must not hold a colon$/,
    ],
    [
      "a token that no header can carry",
      { WEBHOOK_TOKEN: "pässword-of-16-characters" },
      /^WEBHOOK_TOKEN: must be ASCII/,
    ],
  ] as const) {
    test(`${what} is refused`, () => {
      assert.match(problemOf(FILE, { ...ENV, WEBHOOK_TOKEN: undefined, ...env }), expected);
    });
  }

  test("an address that holds a password is not shown when it is wrong", () => {
    const env = { ...ENV, DATABASE_URL: "mysql://bot:hunter2@db/bot", SLACK_API_URL: "slack.com" };
    const problems = problemsOf(FILE, env);
    assert.deepEqual(problems, [
      { path: "DATABASE_URL", message: "is not an address that starts with postgres://" },
      { path: "SLACK_API_URL", message: "is not an address that starts with http://" },
    ]);
  });

  test("variables that are set to nothing count as unset", () => {
    const env = { ...ENV, LOG_LEVEL: "", DATABASE_URL: "", SLACK_API_URL: " ", WEBHOOK_USER: "" };
    const { logLevel, store, slack } = configOf(FILE, env);
    assert.equal(logLevel, "info");
    assert.equal(store.engine, "sqlite");
    assert.equal(slack.apiUrl, undefined);
  });
});

test("no text whatever makes it throw", () => {
  const value = fc.jsonValue();
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        value.map((each) => JSON.stringify(each)),
      ),
      fc.dictionary(fc.constantFrom(...Object.keys(ENV), "LOG_LEVEL"), fc.string()),
      (yaml, env) => {
        const result = parseConfig({ env, yaml });
        assert.equal(result.ok, false);
        assert.ok(result.problems.every(({ path, message }) => path !== "" && message !== ""));
      },
    ),
  );
});

test("whatever value stands under a known key, it is taken or told with that key's path", () => {
  const keys = ["listen", "slack", "webhook", "store", "knowledge", "permissions"];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.jsonValue(), (key, value) => {
      const result = parse({ ...FILE, [key]: value });
      if (result.ok) return;
      for (const { path } of result.problems) {
        assert.ok(path.startsWith(key) || path.startsWith("(file) line"), path);
      }
    }),
  );
});
