/**
 * The sandbox: a local Slack with a page, a simulated Streamline with an Alertmanager, and the
 * configuration that makes the real bot speak to them. Everything listens on the loopback address only.
 */

import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Target } from "../diagnosis/target.ts";
import { clock } from "../edges/clock.ts";
import type { Sample } from "../exposition/sample.ts";
import { commandUsages } from "../features/commands/registry.ts";
import { type SimulatedAlertmanager, startSimulatedAlertmanager } from "./alertmanager/server.ts";
import { createSandboxAlerts, type SandboxAlerts } from "./alerts.ts";
import { type AppManifest, STREAMLINE_APP } from "./slack/app-manifest.ts";
import type { ControlFault, SandboxControls } from "./slack/controls.ts";
import { type LocalSlack, startLocalSlack } from "./slack/local-slack.ts";
import { loadPage } from "./slack/page-bundle.ts";
import { type SimulatedStreamline, startSimulatedStreamline } from "./streamline/server.ts";
import { virtualSnapshots } from "./streamline/virtual-poll.ts";

export interface Sandbox {
  /** The page's address. */
  readonly url: string;
  readonly config: Config;
  readonly slack: LocalSlack;
  readonly streamline: SimulatedStreamline;
  readonly alertmanager: SimulatedAlertmanager;
  readonly webhookToken: string;
  /** What the bot would have seen before it started, oldest first. */
  readonly past: readonly PastSnapshot[];
  /** Tells the local Slack, and the panel's alerts, where the bot listens. */
  connect(botUrl: string): void;
  stop(): Promise<void>;
}

export interface SandboxOptions {
  /** The page's port; without it 8094, or any free one when that is taken. */
  readonly port?: number;
  /** Minutes that the simulated server has already run under our eyes, so that checks can judge. */
  readonly pastMinutes?: number;
}

/** What a target was like at a moment before the bot started. */
export interface PastSnapshot {
  readonly timeMs: number;
  readonly samples: readonly Sample[];
}

const PAGE_PORT = 8094;
const HOST = "127.0.0.1";

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const secrets = {
    signingSecret: newSecret(),
    botToken: `xoxb-sandbox-${newSecret()}`,
    appToken: `xapp-sandbox-${newSecret()}`,
  };
  const webhookToken = newSecret();
  const { streamline, past } = await startWithPast(options.pastMinutes ?? 0);
  const alertmanager = await startSimulatedAlertmanager({ host: HOST, now: () => clock.now() });
  const alerts = createSandboxAlerts({
    alertmanager,
    token: webhookToken,
    instance: new URL(streamline.http).host,
    now: () => clock.now(),
  });
  const slack = await onFreePort(options.port, (port) =>
    startLocalSlack({
      ...secrets,
      host: HOST,
      port,
      clock: () => new Date(clock.now()),
      controls: controlsOf(streamline, alerts),
      manifest: { commands: [offered()], shortcuts: STREAMLINE_APP.shortcuts },
    }),
  );
  // A silence ends by a click or by itself; the real one looks at each group every so often, too.
  const telling = setInterval(
    () => void alerts.tellUnmuted().catch(() => undefined),
    TELL_EVERY_MS,
  );
  telling.unref();
  const folder = mkdtempSync(join(tmpdir(), "streamline-bot-"));
  const store = join(folder, "bot.db");
  return {
    url: slack.url,
    slack,
    streamline,
    alertmanager,
    webhookToken,
    past,
    config: sandboxConfig({ slack, streamline, alertmanager, webhookToken, store }),
    connect(botUrl) {
      slack.connectBot(`${botUrl}/slack/events`);
      alerts.connect(`${botUrl}/webhook/alertmanager`);
    },
    async stop() {
      clearInterval(telling);
      await slack.close();
      await alertmanager.close();
      await streamline.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Builds the page, so that a sandbox need not wait for it. */
export async function preparePage(): Promise<void> {
  await loadPage();
}

const TELL_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 15_000;

/** Starts the server some time ago, looks at it as the sampler would, and lets it catch up. */
async function startWithPast(
  minutes: number,
): Promise<{ streamline: SimulatedStreamline; past: PastSnapshot[] }> {
  const endMs = clock.now();
  let virtualMs: number | undefined = endMs - minutes * 60_000;
  const streamline = await startSimulatedStreamline({
    host: HOST,
    clock: () => virtualMs ?? clock.now(),
  });
  const poll = virtualSnapshots({
    model: streamline.model,
    now: () => virtualMs ?? endMs,
    target: targetOf(streamline),
  });
  const past: PastSnapshot[] = [];
  while (virtualMs + LOOK_EVERY_MS < endMs) {
    virtualMs += LOOK_EVERY_MS;
    const { timeMs, samples } = await poll();
    past.push({ timeMs, samples });
  }
  virtualMs = undefined;
  return { streamline, past };
}

function targetOf({ http, kafka }: Pick<SimulatedStreamline, "http" | "kafka">): Target {
  return {
    name: "sandbox",
    http,
    kafka,
    labels: { job: "streamline" },
    timeoutMs: 2_000,
    maxBodyBytes: 64 * 1024 ** 2,
  };
}

function newSecret(): string {
  return randomBytes(24).toString("hex");
}

async function onFreePort<T>(
  port: number | undefined,
  start: (port: number) => Promise<T>,
): Promise<T> {
  try {
    return await start(port ?? PAGE_PORT);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    if (!isTaken || port !== undefined) throw error;
    return start(0);
  }
}

/** The subcommands that the page's composer offers. */
function offered(): AppManifest["commands"][number] {
  const uses = commandUsages().map(({ name, usage, about }) => ({
    word: name,
    hint: usage.slice(name.length).trim(),
    about,
  }));
  return { command: "/streamline", about: "Ask the Streamline incident bot", uses };
}

function controlsOf(streamline: SimulatedStreamline, alerts: SandboxAlerts): SandboxControls {
  return {
    ...alerts.controls,
    faults: () => streamline.faults.list.map((scenario) => faultOf(scenario, streamline)),
    setFault: (id, { on, magnitude }) =>
      on
        ? streamline.faults.set(id, magnitude === undefined ? {} : { magnitude })
        : streamline.faults.clear(id),
  };
}

function faultOf(
  scenario: SimulatedStreamline["faults"]["list"][number],
  { faults }: SimulatedStreamline,
): ControlFault {
  const active = faults.active().find((fault) => fault.scenario.id === scenario.id);
  const { id, title, about, kind, magnitudes } = scenario;
  const state = { id, title, about, kind, magnitudes, on: active !== undefined };
  return active === undefined ? state : { ...state, magnitude: active.magnitude };
}

interface Parts {
  readonly slack: LocalSlack;
  readonly streamline: SimulatedStreamline;
  readonly alertmanager: SimulatedAlertmanager;
  readonly webhookToken: string;
  readonly store: string;
}

function sandboxConfig({ slack, streamline, alertmanager, webhookToken, store }: Parts): Config {
  const channel = slack.channels["incidents"];
  if (channel === undefined) throw new Error("the local Slack has no channel named incidents");
  return {
    listen: { host: HOST, port: 0 },
    logLevel: "warn",
    slack: {
      mode: "http",
      signingSecret: slack.signingSecret,
      botToken: slack.botToken,
      apiUrl: slack.apiUrl,
    },
    webhook: { auth: [{ kind: "bearer", token: webhookToken }], maxBodyBytes: 8 * 1024 ** 2 },
    metricsAuth: [],
    store: { engine: "sqlite", path: store },
    targets: [{ ...targetOf(streamline), alertmanager: alertmanager.url }],
    routes: [{ match: {}, channel }],
    sources: [],
    operators: channel,
    watch: [slack.channels["alerts"] ?? channel],
    knowledge: [],
    rules: [],
    // A person who switches a fault on does not want to wait for its evidence.
    sampling: { intervalMs: 5_000 },
    permissions: {
      ask: { users: [], channels: [] },
      acknowledge: { users: [], groups: [] },
      silence: { users: [], groups: slack.userGroups.map(({ id }) => id) },
      outsiders: { users: [], groups: [] },
    },
    delivery: { digestAbove: 10 },
    acknowledgement: { holdsMs: 4 * 3_600_000, remindAfterMs: 30 * 60_000 },
    retention: keptFor(400 * 86_400_000),
  };
}

/** Nothing of a sandbox is old enough to go. */
function keptFor(ms: number): Config["retention"] {
  return {
    incidents: ms,
    notifications: ms,
    audit: ms,
    notes: ms,
    questions: ms,
    undelivered: ms,
  };
}
