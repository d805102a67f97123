/** Secrets from files: Docker's, Kubernetes' and systemd's way, and the one that can be changed. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { ConfigResult } from "../../src/config/config.ts";
import { knownSecrets, secretsInEnvironment } from "../../src/config/known-secrets.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import type { SecretFile } from "../../src/config/secret-files.ts";
import { configOf, ENV, FILE, problemOf } from "./configs.ts";

const TOKENS = "the-old-token-of-prod\nthe-new-token-of-prod\n";

type Files = Readonly<Record<string, SecretFile | string>>;

function parse(env: Record<string, string | undefined>, files: Files): ConfigResult {
  return parseConfig({
    env: { ...ENV, WEBHOOK_TOKEN: undefined, ...env },
    yaml: JSON.stringify(FILE),
    readSecret(path) {
      const file = files[path];
      if (file === undefined) throw Object.assign(new Error(`no ${path}`), { code: "ENOENT" });
      if (file === "EACCES") throw Object.assign(new Error("no"), { code: "EACCES" });
      return typeof file === "string" ? { text: file, mode: 0o600 } : file;
    },
  });
}

function problemsIn(result: ConfigResult): string[] {
  assert.ok(!result.ok, "the configuration was taken");
  return result.problems.map(({ path, message }) => `${path}: ${message}`);
}

test("a secret is read from its file, without the line's end, and several tokens are all taken", () => {
  const result = parse({ WEBHOOK_TOKEN_FILE: "/run/t" }, { "/run/t": TOKENS });
  assert.ok(result.ok);
  assert.deepEqual(
    result.config.webhook.auth,
    ["the-old-token-of-prod", "the-new-token-of-prod"].map((token) => ({ kind: "bearer", token })),
  );
  assert.deepEqual(result.warnings, []);
});

test("any secret may come so", () => {
  const names = [
    "SLACK_BOT_TOKEN",
    "SLACK_APP_TOKEN",
    "PROMETHEUS_TOKEN",
    "ALERTMANAGER_TOKEN",
    "METRICS_TOKEN",
    "DATABASE_URL",
  ];
  const texts: Record<string, string> = {
    SLACK_BOT_TOKEN: "xoxb-f",
    SLACK_APP_TOKEN: "xapp-f",
    DATABASE_URL: "postgres://u:12#4SECRET@h/x",
  };
  const env: Record<string, string | undefined> = { WEBHOOK_TOKEN: "w".repeat(20) };
  const files: Record<string, string> = {};
  for (const name of names) {
    env[name] = undefined;
    env[`${name}_FILE`] = `/${name}`;
    files[`/${name}`] = texts[name] ?? `${name}-`.padEnd(20, "x");
  }
  const result = parse(env, files);
  assert.ok(result.ok, JSON.stringify(result));
  const known = knownSecrets(result.config);
  for (const text of Object.values(files)) assert.ok(known.includes(text), text);
  assert.ok(known.includes("12#4SECRET"), "the password alone");
});

describe("the environment's secrets", () => {
  const none = (): never => {
    throw Object.assign(new Error("none"), { code: "ENOENT" });
  };

  test("are known whether or not a configuration can be made of them", () => {
    const env = {
      SLACK_SIGNING_SECRET: "the-signing-secret",
      WEBHOOK_TOKEN: "old-token-of-all, new-token-of-all",
      WEBHOOK_TOKEN_EU_PROD: "the-token-of-eu-prod",
      ALERTMANAGER_USER: "bot-user",
      ALERTMANAGER_PASSWORD: "a password",
      PROMETHEUS_TOKEN: "prometheus-token",
      DATABASE_URL: "postgres://u:12#4SECRET@h/x",
      SCHEDULE_CALENDAR_FIRST: "webcal://c.example/a-private-address.ics",
      METRICS_TOKEN_FILE: "/run/metrics",
      MCP_TOKEN_FILE: "/run/missing",
    };
    const read = (path: string): SecretFile =>
      path === "/run/metrics" ? { text: "token-in-a-file\n", mode: 0o600 } : none();
    const known = secretsInEnvironment(env, read);
    for (const secret of [
      "the-signing-secret",
      "old-token-of-all",
      "new-token-of-all",
      "the-token-of-eu-prod",
      "a password",
      "bot-user:a password",
      "prometheus-token",
      "12#4SECRET",
      "a-private-address.ics",
      "token-in-a-file",
    ]) {
      assert.ok(known.includes(secret), secret);
    }
    assert.ok(!known.includes("bot-user"), "a user is shown, as a person's name is");
  });

  test("are those alone: the rest of the environment is shown", () => {
    const env = {
      HOME: "/home/somebody",
      LOG_LEVEL: "trace-everything",
      SLACK_API_URL: "http://a",
    };
    assert.deepEqual(secretsInEnvironment(env, none), []);
  });

  test("the path of a file is none: whoever must mend its mode has to read it", () => {
    const path = "/etc/streamline-bot/secrets/webhook";
    const read = () => ({ text: "the-token-of-prod", mode: 0o644 });
    const known = secretsInEnvironment({ WEBHOOK_TOKEN_FILE: path, MCP_TOKEN_FILE: path }, read);
    assert.ok(known.includes("the-token-of-prod"));
    assert.ok(!known.includes(path), known.join());
  });
});

test("a secret that is too short to be distinguished from other words is warned of", () => {
  const result = parse(
    { WEBHOOK_TOKEN: "w".repeat(20), PROMETHEUS_TOKEN: "kafka", ALERTMANAGER_TOKEN: "long-enough" },
    {},
  );
  assert.ok(result.ok);
  const [warning, ...others] = result.warnings;
  assert.equal(warning?.path, "PROMETHEUS_TOKEN");
  assert.match(warning?.message ?? "", /shorter than 8/);
  assert.deepEqual(others, []);
});

describe("a calendar", () => {
  test("is a secret by whichever scheme its address is asked", () => {
    for (const scheme of ["https", "http", "webcal"]) {
      const schedules = [{ name: "first", calendar: `${scheme}://c.example/private/abc.ics` }];
      const known = knownSecrets(configOf({ ...FILE, schedules }));
      assert.ok(known.includes("private/abc.ics"), scheme);
    }
  });
});

describe("a file", () => {
  const cases: [what: string, file: SecretFile | string | undefined, expected: RegExp][] = [
    ["that is missing", undefined, /^WEBHOOK_TOKEN_FILE: \/run\/t does not exist$/],
    ["that may not be read", "EACCES", /^WEBHOOK_TOKEN_FILE: .*may not be read/],
    ["that is empty", " \n", /^WEBHOOK_TOKEN_FILE: .*is empty$/],
    ["that everybody may write", { text: TOKENS, mode: 0o666 }, /written by everybody.*chmod 600/],
    ["whose token is short", "short", /^WEBHOOK_TOKEN: is shorter than 16/],
  ];
  for (const [what, file, expected] of cases) {
    test(`${what} is one problem, which shows nothing of it`, () => {
      const result = parse(
        { WEBHOOK_TOKEN_FILE: "/run/t" },
        file === undefined ? {} : { "/run/t": file },
      );
      const problems = problemsIn(result);
      assert.equal(problems.length, 1, problems.join("\n"));
      assert.match(problems[0] ?? "", expected);
      assert.ok(!problems.join().includes("token-of-prod"));
    });
  }

  test("that everybody may read is a warning, as Kubernetes mounts them so", () => {
    const result = parse(
      { WEBHOOK_TOKEN_FILE: "/run/t" },
      { "/run/t": { text: TOKENS, mode: 0o644 } },
    );
    assert.ok(result.ok);
    assert.match(result.warnings[0]?.message ?? "", /read by everybody/);
  });

  test("beside the variable itself is a problem: which of them counts nobody could tell", () => {
    const env = { WEBHOOK_TOKEN: "w".repeat(20), WEBHOOK_TOKEN_FILE: "/run/t" };
    assert.match(
      problemsIn(parse(env, { "/run/t": TOKENS }))[0] ?? "",
      /set together with WEBHOOK_TOKEN/,
    );
  });
});

test("tokens apart by commas are all taken, and each must be long enough", () => {
  const two = configOf(FILE, { ...ENV, WEBHOOK_TOKEN: `${"a".repeat(16)},${"b".repeat(16)}` });
  assert.equal(two.webhook.auth.length, 2);
  const short = { ...ENV, WEBHOOK_TOKEN: `${"a".repeat(16)},b` };
  assert.match(problemOf(FILE, short), /^WEBHOOK_TOKEN: is shorter than 16/);
  assert.deepEqual(configOf(FILE, { ...ENV, METRICS_TOKEN: "m".repeat(16) }).metricsAuth.length, 1);
});
