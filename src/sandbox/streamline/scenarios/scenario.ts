/** What a scenario is: a fault, a control without one, or a spoiling of the evidence, as data. */
import type { Conditions } from "../conditions.ts";
import type { Shape, ShapeName, TopicShape } from "../shape.ts";

export interface Scenario {
  readonly id: string;
  /** A few words for a switch on a panel. */
  readonly title: string;
  /** One or two sentences: what happens, and where it shows. */
  readonly about: string;
  /** Where streamline-facts (or the server's source) says so. */
  readonly source: string;
  /**
   * `fault`: something is wrong. `control`: nothing is, though it may look so. `evidence`: the
   * server may be well, but what it reports is missing, renamed or not its own.
   */
  readonly kind: "fault" | "control" | "evidence";
  readonly magnitudes: Magnitudes;
  readonly onset: Onset;
  /** The shape it needs, if not just any server with topics. */
  readonly shape?: ShapeName;
  /** Changes the circumstances in place. Pure: everything it knows is in `progress`. */
  apply(conditions: Conditions, progress: FaultProgress): void;
}

interface Magnitudes {
  readonly mild: number;
  readonly severe: number;
  /** What the number means, with its unit: "seconds each answer takes". */
  readonly meaning: string;
}

export interface Onset {
  /** From nothing to full strength. */
  readonly rampMs: number;
  /** After this long a poll, or a history of polls, can show it. */
  readonly visibleAfterMs: number;
}

export interface FaultProgress {
  readonly magnitude: number;
  readonly nowMs: number;
  /** When it was switched on. */
  readonly sinceMs: number;
  readonly elapsedMs: number;
  /** 0 to 1 over the onset. */
  readonly ramp: number;
  readonly shape: Shape;
  /** Free bytes on the data disk when it was switched on. */
  readonly freeBytesAtOnset: number;
}

export const AT_ONCE: Onset = { rampMs: 0, visibleAfterMs: 0 };
/** Whole at once, and seen when a window of five minutes is full of it. */
export const SEEN_IN_MINUTES: Onset = { rampMs: 0, visibleAfterMs: minutes(6) };

/** So many seconds, in milliseconds. */
export function seconds(count: number): number {
  return count * 1000;
}

/** So many minutes, in milliseconds. */
export function minutes(count: number): number {
  return count * 60_000;
}

/** The topic with the least load among those with several partitions: nobody expects it to grow. */
export function smallTopic({ topics }: Shape): TopicShape | undefined {
  return topics
    .filter(({ partitions }) => partitions > 1)
    .toSorted((a, b) => a.recordsPerSecond - b.recordsPerSecond)[0];
}
