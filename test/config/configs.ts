/** Configurations that are in order but for what a test changes, and what is told about them. */

import assert from "node:assert/strict";
import type { Config, ConfigProblem } from "../../src/config/config.ts";
import { parseConfig } from "../../src/config/parse-config.ts";

export const ENV = {
  SLACK_BOT_TOKEN: "xoxb-123",
  SLACK_APP_TOKEN: "xapp-123",
  WEBHOOK_TOKEN: "0123456789abcdef",
};

export const TARGET = { name: "orders", http: "http://10.0.0.5:9094", kafka: "10.0.0.5:9092" };
export const FILE = { targets: [TARGET], routes: [{ channel: "C0INCIDENTS" }] };

type Env = Record<string, string | undefined>;

/** JSON is YAML, too. */
export function parse(file: object, env: Env = ENV): ReturnType<typeof parseConfig> {
  return parseConfig({ env, yaml: JSON.stringify(file) });
}

export function configOf(file: object, env: Env = ENV): Config {
  const result = parse(file, env);
  assert.ok(result.ok, `refused: ${JSON.stringify(result)}`);
  return result.config;
}

export function problemsOf(file: object | string, env: Env = ENV): readonly ConfigProblem[] {
  const result = parseConfig({ env, yaml: typeof file === "string" ? file : JSON.stringify(file) });
  assert.ok(!result.ok, "the configuration was taken");
  return result.problems;
}

/** The one problem of a configuration, as "path: message". */
export function problemOf(file: object | string, env: Env = ENV): string {
  const problems = problemsOf(file, env);
  assert.equal(problems.length, 1, JSON.stringify(problems));
  return problems.map(({ path, message }) => `${path}: ${message}`).join("\n");
}

export function withTarget(change: object): object {
  return { ...FILE, targets: [{ ...TARGET, ...change }] };
}
