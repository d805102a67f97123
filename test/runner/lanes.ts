/**
 * Runs tasks in lanes: the heavy ones (a browser, the whole bot, real programs) few at a time, since
 * each keeps a core busy; the light ones beside them, so that no core waits when one of those does; and
 * those that mostly wait beside both, from the beginning, since they take long and hold up nobody. A
 * lane that is done helps the others. The longest begin first.
 */

export type LaneKind = "heavy" | "light" | "waiting";

export interface Task {
  readonly kind: LaneKind;
  /** Expected, in seconds. */
  readonly seconds: number;
  run(): Promise<void>;
}

/** How many of each kind run at the same time. */
export type Lanes = Readonly<Record<LaneKind, number>>;

/** Ends when all tasks have. */
export async function runInLanes(tasks: readonly Task[], lanes: Lanes): Promise<void> {
  const waiting = tasks.toSorted((a, b) => b.seconds - a.seconds);
  const take = (kind: LaneKind): Task | undefined => {
    const own = waiting.findIndex((task) => task.kind === kind);
    return waiting.splice(Math.max(0, own), 1)[0];
  };
  const work = async (kind: LaneKind): Promise<void> => {
    for (let task = take(kind); task !== undefined; task = take(kind)) await task.run();
  };
  const kinds = ["waiting", "heavy", "light"] as const;
  const begun = kinds.flatMap((kind) => Array.from({ length: lanes[kind] }, () => work(kind)));
  await Promise.all(begun);
}
