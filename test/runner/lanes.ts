/**
 * Runs tasks in lanes: the heavy ones (a browser, the whole bot, real programs) few at a time, since
 * each keeps a core busy; the light ones beside them, so that no core waits when one of those does.
 * A lane that is done helps the other. The longest begin first.
 */

export interface Task {
  readonly isHeavy: boolean;
  /** Expected, in seconds. */
  readonly seconds: number;
  run(): Promise<void>;
}

export interface Lanes {
  readonly heavy: number;
  readonly light: number;
}

export async function runInLanes(tasks: readonly Task[], lanes: Lanes): Promise<void> {
  const waiting = tasks.toSorted((a, b) => b.seconds - a.seconds);
  const take = (isHeavy: boolean): Task | undefined => {
    const own = waiting.findIndex((task) => task.isHeavy === isHeavy);
    return waiting.splice(Math.max(0, own), 1)[0];
  };
  const work = async (isHeavy: boolean): Promise<void> => {
    for (let task = take(isHeavy); task !== undefined; task = take(isHeavy)) await task.run();
  };
  await Promise.all([
    ...Array.from({ length: lanes.heavy }, () => work(true)),
    ...Array.from({ length: lanes.light }, () => work(false)),
  ]);
}
