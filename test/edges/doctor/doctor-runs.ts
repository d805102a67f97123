/** The doctor as a process and within this one, and a Slack that names a token's scopes. */

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { stringify } from "yaml";
import { parseConfig } from "../../../src/config/parse-config.ts";
import { examineDisk, examineNetwork } from "../../../src/edges/doctor/examine.ts";
import { APP_SCOPES } from "../../../src/edges/slack/scopes.ts";
import { doctorText, doctorVerdict } from "../../../src/features/doctor/doctor-words.ts";
import { freePort } from "../../support/programs.ts";
import { answerOf } from "../cli/terminal-program.ts";

export interface DoctorAnswer {
  readonly code: number | null;
  readonly text: string;
  readonly checks: readonly {
    readonly area: string;
    readonly where: string;
    readonly state: string;
    readonly says: string;
    readonly remedy?: string;
  }[];
}

/** The scopes that the app asks for. */
export const SCOPES = APP_SCOPES.map(({ scope }) => scope);

/** The path of a new file with the configuration. */
export function writeConfig(file: object): string {
  const path = join(mkdtempSync(join(tmpdir(), "bot-doctor-")), "streamline-bot.yaml");
  writeFileSync(path, stringify(file));
  return path;
}

/** What the command says in a process of its own. */
export async function doctor(
  file: object,
  env: Record<string, string>,
  flags: readonly string[] = [],
): Promise<DoctorAnswer> {
  const { code, stdout, stderr } = await answerOf(
    ["doctor", "--json", "--config", writeConfig(file), ...flags],
    env,
  );
  assert.notEqual(stdout, "", stderr);
  const { text, answer } = JSON.parse(stdout);
  return { code, text, checks: answer.checks };
}

/** The same without a process of its own for each of many. */
export async function examineHere(
  file: object,
  env: Record<string, string>,
): Promise<DoctorAnswer> {
  const parsed = parseConfig({ env, yaml: stringify(file) });
  assert.ok(parsed.ok);
  const { config, warnings } = parsed;
  const checks = [...(await examineDisk(config, warnings)), ...(await examineNetwork(config))];
  return { code: doctorVerdict(checks) === "ready" ? 0 : 1, checks, text: doctorText(checks) };
}

/** Slack names a token's scopes in a header, which the local Slack leaves out. */
export async function scopesProxy(
  t: TestContext,
  apiUrl: string,
  scopes: () => readonly string[],
): Promise<string> {
  const base = new URL(apiUrl);
  const server = createServer((incoming, answer) => {
    const path = `${base.pathname.replace(/\/$/, "")}${incoming.url ?? ""}`;
    const options = {
      host: base.hostname,
      port: base.port,
      path,
      method: incoming.method,
      headers: incoming.headers,
    };
    const outgoing = request(options, (from) => {
      answer.writeHead(from.statusCode ?? 502, {
        ...from.headers,
        "x-oauth-scopes": scopes().join(","),
      });
      from.pipe(answer);
    });
    incoming.pipe(outgoing);
  });
  const port = await freePort();
  server.listen(port, "127.0.0.1");
  t.after(() => server.close());
  return `http://127.0.0.1:${port}/`;
}
