/** Real Prometheus and Alertmanager, started on free ports for a test. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { eventually } from "./eventually.ts";

export interface Program {
  readonly url: string;
  /** A folder of its own, removed after the test. */
  readonly folder: string;
}

export interface ProgramOptions {
  readonly command: string;
  /** Files to write into its folder before it starts. */
  readonly files: Readonly<Record<string, string>>;
  readonly args: (at: { folder: string; port: number }) => string[];
  /** Answers 200 when it is ready. */
  readonly readyPath: string;
}

/** Starts a program and waits until it is ready; it ends with the test. */
export async function startProgram(
  t: Pick<TestContext, "after">,
  options: ProgramOptions,
): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), "bot-program-"));
  for (const [name, content] of Object.entries(options.files)) {
    writeFileSync(join(folder, name), content);
  }
  const port = await freePort();
  const child = spawn(options.command, options.args({ folder, port }), { stdio: "ignore" });
  t.after(async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  });
  const url = `http://127.0.0.1:${port}`;
  await eventually(`${options.command} is ready`, () =>
    fetch(`${url}${options.readyPath}`).then(
      (answer) => answer.ok,
      () => false,
    ),
  );
  return { url, folder };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}

/** Below the ports that the system gives to whoever asks for any (32768 on Linux): nobody takes one meanwhile. */
const PORTS = { first: 15_000, count: 17_000 };

/** A port that was free a moment ago; the programs cannot ask for port 0 and tell which it was. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
}

export function startAlertmanager(t: TestContext, config: string): Promise<Program> {
  return startProgram(t, {
    command: "prometheus-alertmanager",
    files: { "alertmanager.yml": config },
    args: ({ folder, port }) => [
      `--config.file=${join(folder, "alertmanager.yml")}`,
      `--storage.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--cluster.listen-address=",
    ],
    readyPath: "/-/ready",
  });
}

export interface PrometheusFiles {
  readonly config: string;
  readonly rules: string;
}

/** Scrapes what its configuration names, and takes samples that are written to it. */
export function startPrometheus(
  t: Pick<TestContext, "after">,
  { config, rules }: PrometheusFiles = { config: "", rules: "" },
): Promise<Program> {
  return startProgram(t, {
    command: "prometheus",
    files: { "prometheus.yml": config, "rules.yml": rules },
    args: ({ folder, port }) => [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--web.enable-remote-write-receiver",
    ],
    readyPath: "/-/ready",
  });
}
