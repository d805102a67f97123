/** A real Alertmanager that can be reloaded, cut off and started again without its data. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { stringify } from "yaml";
import { eventually } from "./eventually.ts";
import { freePort } from "./programs.ts";

export interface RealSource {
  /** Where the bot finds its API; it can be cut off. */
  readonly api: string;
  /** Where tests and Prometheus find it. */
  readonly url: string;
  reload(config: object): Promise<void>;
  /** Ends it and starts it again with an empty data directory. */
  restart(): Promise<void>;
  /** Ends it at once, as kill -9 does. */
  kill(): Promise<void>;
  /** Starts it again with what it has on its disk. */
  start(): Promise<void>;
  /** Cuts the bot off from its API, or lets it through again. */
  cut(isCut: boolean): void;
}

export interface RealSourceOptions {
  readonly config: object;
  /** The port of the cluster of its peer, if it has one. */
  readonly peer?: number;
  readonly clusterPort?: number;
}

export async function startRealSource(
  t: TestContext,
  { config, peer, clusterPort }: RealSourceOptions,
): Promise<RealSource> {
  const folder = mkdtempSync(join(tmpdir(), "bot-source-"));
  const file = join(folder, "alertmanager.yml");
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const data = join(folder, "data");
  writeFileSync(file, stringify(config));
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    child = spawn(
      "prometheus-alertmanager",
      [
        `--config.file=${file}`,
        `--storage.path=${data}`,
        `--web.listen-address=127.0.0.1:${port}`,
        ...(clusterPort === undefined
          ? ["--cluster.listen-address="]
          : [
              `--cluster.listen-address=127.0.0.1:${clusterPort}`,
              "--cluster.peer-timeout=1s",
              "--cluster.settle-timeout=1s",
              ...(peer === undefined ? [] : [`--cluster.peer=127.0.0.1:${peer}`]),
            ]),
      ],
      { stdio: "ignore" },
    );
    await eventually("Alertmanager is ready", () =>
      fetch(`${url}/-/ready`).then(
        ({ ok }) => ok,
        () => false,
      ),
    );
  };
  const end = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  await start();
  const door = await createDoor(port);
  t.after(async () => {
    door.close();
    await end();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    api: door.url,
    url,
    async reload(next) {
      writeFileSync(file, stringify(next));
      await fetch(`${url}/-/reload`, { method: "POST" });
    },
    async restart() {
      await end();
      rmSync(data, { recursive: true, force: true });
      await start();
    },
    kill: end,
    start,
    cut: (isCut) => door.cut(isCut),
  };
}

/** A relay to a local port that can be closed, as a network can. */
export async function createDoor(port: number) {
  let isCut = false;
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    if (isCut) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    const inner = connect(port, "127.0.0.1");
    inner.on("error", () => socket.destroy());
    socket.on("error", () => inner.destroy());
    socket.pipe(inner).pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    cut(next: boolean) {
      isCut = next;
      if (next) for (const socket of open) socket.destroy();
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}
