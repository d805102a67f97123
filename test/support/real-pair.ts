/** A pair of real Alertmanagers: its configuration, what Prometheus and people do to it, what it holds. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { RealSource } from "./real-source.ts";

const run = promisify(execFile);

export type Labels = Readonly<Record<string, string>>;

/** `npm run pair -- --shipped` measures with the times of the example files. */
const IS_SHIPPED = process.env["PAIR_TIMES"] === "shipped";
const TIMES = IS_SHIPPED
  ? { group_wait: "10s", group_interval: "1m", repeat_interval: "4h" }
  : { group_wait: "1s", group_interval: "2s", repeat_interval: "1h" };
export const ASKED = IS_SHIPPED
  ? { everyMs: 20_000, absentForMs: 30_000 }
  : { everyMs: 1_000, absentForMs: 2_000 };

export interface ConfigOptions {
  readonly url: string;
  readonly token: string;
  readonly groupBy?: readonly string[];
  readonly isInhibiting?: boolean;
  /** Alerts of one notification; the rest is counted. */
  readonly maxAlerts?: number;
}

export function configOf({
  url,
  token,
  groupBy = ["alertname"],
  isInhibiting = false,
  maxAlerts = 0,
}: ConfigOptions) {
  const http_config = { authorization: { type: "Bearer", credentials: token } };
  return {
    // So that "up for longer than resolve_timeout" is soon true.
    global: { resolve_timeout: "1s" },
    route: { receiver: "bot", group_by: groupBy, ...TIMES },
    receivers: [
      {
        name: "bot",
        webhook_configs: [{ url, send_resolved: true, max_alerts: maxAlerts, http_config }],
      },
    ],
    inhibit_rules: isInhibiting
      ? [
          {
            source_matchers: ["alertname = StreamlineDown"],
            target_matchers: ["alertname = ConsumerLag"],
          },
        ]
      : [],
  };
}

export async function setAlerts(
  members: readonly RealSource[],
  alerts: readonly Labels[],
  isOver = false,
): Promise<void> {
  const endsAt = new Date(Date.now() + (isOver ? 0 : 3_600_000)).toISOString();
  const body = JSON.stringify(alerts.map((labels) => ({ labels, endsAt })));
  const headers = { "content-type": "application/json" };
  for (const { url } of members) {
    const answer = await fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body });
    assert.equal(answer.status, 200);
  }
}

/** As people do it who know nothing of the bot. */
export async function amtool({ url }: RealSource, ...args: readonly string[]): Promise<string> {
  const { stdout } = await run("amtool", [`--alertmanager.url=${url}`, "silence", ...args]);
  return stdout.trim();
}

export function silence(source: RealSource, name: string, value: string): Promise<string> {
  const said = ["--author=alice", "--comment=planned work", "--duration=1h"];
  return amtool(source, "add", ...said, `${name}=${value}`);
}

/** What the members hold, each alert once: "150 active, 1 suppressed". */
export async function heldBy(members: readonly RealSource[]): Promise<string> {
  const states = new Map<string, string>();
  for (const { url } of members) {
    const held = (await (await fetch(`${url}/api/v2/alerts`)).json()) as {
      fingerprint: string;
      status: { state: string };
    }[];
    for (const { fingerprint, status } of held) {
      if (states.get(fingerprint) !== "active") states.set(fingerprint, status.state);
    }
  }
  const count = (state: string): number =>
    [...states.values()].filter((each) => each === state).length;
  return `${count("active")} active, ${count("suppressed")} suppressed`;
}

export const LAG = { alertname: "ConsumerLag", severity: "warning", job: "streamline" };

/** So many alerts of one group. */
export const lagging = (n: number): Labels[] =>
  Array.from({ length: n }, (_, index) => ({ ...LAG, group: `g${index}` }));
