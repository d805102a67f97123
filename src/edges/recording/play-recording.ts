/**
 * A recording played again: every poll goes through the sampler's own assembly of a snapshot, at
 * the time it was taken, into a history.
 */

import type { Target } from "../../diagnosis/target.ts";
import { createHistory, type History } from "../../history/history.ts";
import { SAMPLER_DEFAULTS } from "../streamline/sampler.ts";
import { createSnapshotPoll, type SnapshotPoll } from "../streamline/snapshot-poll.ts";
import { type RecordingProblems, readRecording } from "./read-recording.ts";
import type { RecordedPoll } from "./recorded-poll.ts";
import { createRecordedServer } from "./recorded-server.ts";

/** What a recorded server is called where a target must have addresses. */
export const RECORDED_TARGET: Target = {
  name: "recorded",
  http: "http://recorded.invalid:9094",
  kafka: "recorded.invalid:9092",
  labels: {},
  timeoutMs: 2_000,
  maxBodyBytes: 64 * 1024 * 1024,
};

export interface Playing {
  /** Of so many lines one is a poll of a phase; each phase begins one line later. */
  readonly phases: number;
  /** Called with each phase's history before a line of a later time is taken, and at the end. */
  readonly before: (timeMs: number, histories: readonly History[]) => void;
  /** Changes a poll before it is played; `lost` is one that was never taken. */
  readonly alter?: (poll: RecordedPoll, number: number) => RecordedPoll | "lost";
}

export interface Played {
  readonly polls: number;
  readonly problems: RecordingProblems;
}

/** Plays a file from its first line to its last. Throws when it cannot be opened. */
export async function playRecording(file: string, playing: Playing): Promise<Played> {
  const problems: RecordingProblems = { broken: 0, isCut: false };
  const polls = await playPolls(readRecording(file, problems), playing);
  return { polls, problems };
}

/** Plays polls in the order of their times, wherever they come from; resolves with how many. */
export async function playPolls(
  recorded: AsyncIterable<RecordedPoll>,
  { phases, before, alter = (poll) => poll }: Playing,
): Promise<number> {
  const server = createRecordedServer();
  const players = Array.from({ length: phases }, () => createPlayer(server.client));
  const histories = players.map(({ history }) => history);
  let polls = 0;
  for await (const poll of recorded) {
    before(poll.timeMs, histories);
    const altered = alter(poll, polls);
    server.show(altered === "lost" ? poll : altered);
    const player = players[polls % phases];
    polls += 1;
    if (player === undefined || altered === "lost") continue;
    player.clock.nowMs = poll.timeMs;
    const { timeMs, samples } = await player.poll();
    player.history.append(timeMs, samples);
  }
  before(Number.POSITIVE_INFINITY, histories);
  return polls;
}

interface Player {
  readonly history: History;
  readonly poll: SnapshotPoll;
  readonly clock: { nowMs: number };
}

function createPlayer(client: Parameters<typeof createSnapshotPoll>[0]["poll"]): Player {
  const time = { nowMs: 0 };
  const clock = { now: () => time.nowMs, sleep: () => Promise.resolve() };
  const poll = createSnapshotPoll({
    poll: client,
    target: RECORDED_TARGET,
    clock,
    settings: SAMPLER_DEFAULTS,
  });
  return { history: createHistory(), poll, clock: time };
}
