/** Helpers to run the simulated server on real sockets under a clock that the test moves. */
import type { TestContext } from "node:test";
import {
  type SimulatedStreamline,
  type SimulatedStreamlineOptions,
  startSimulatedStreamline,
} from "../../../src/sandbox/streamline/server.ts";

export const START_MS = Date.UTC(2026, 0, 15, 10, 0, 0);

export interface Running {
  readonly server: SimulatedStreamline;
  /** Moves the server's clock; the next request finds it there. */
  readonly wait: (seconds: number) => void;
  readonly get: (path: string) => Promise<Response>;
  readonly json: (path: string) => Promise<unknown>;
  /** The values of all series of that name whose line holds all the words, by their labels. */
  readonly series: (name: string, ...words: string[]) => Promise<Map<string, number>>;
  /** The sum of them; 0 when there is none. */
  readonly sum: (name: string, ...words: string[]) => Promise<number>;
}

/** Starts a server that is closed when the test ends. */
export async function startForTest(
  test: TestContext,
  options: SimulatedStreamlineOptions = {},
): Promise<Running> {
  let nowMs = START_MS;
  const server = await startSimulatedStreamline({ clock: () => nowMs, ...options });
  test.after(() => server.close());
  const get = (path: string) => fetch(`${server.http}${path}`);
  const series = async (name: string, ...words: string[]) => {
    const text = await (await get("/metrics")).text();
    return readSeries(text, name, words);
  };
  return {
    server,
    wait(seconds) {
      nowMs += seconds * 1000;
    },
    get,
    json: async (path) => (await get(path)).json(),
    series,
    async sum(name, ...words) {
      return [...(await series(name, ...words)).values()].reduce((all, value) => all + value, 0);
    },
  };
}

/** Series of one exact name, by their labels as printed. */
export function readSeries(
  text: string,
  name: string,
  words: readonly string[] = [],
): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split("\n")) {
    const match = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (match?.[1] !== name || !words.every((word) => line.includes(word))) continue;
    found.set(match[2] ?? "", Number(match[3]));
  }
  return found;
}

/** What a failed fetch says it failed of: `ECONNREFUSED`. */
export async function failureOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
  }
  return "no failure";
}
