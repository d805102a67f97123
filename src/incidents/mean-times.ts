/** How long it takes until somebody has it, and until it is over: means over single firings. */

import type { Episode } from "./incident.ts";

/** In milliseconds; unset when no firing has such a time. */
export interface MeanTimes {
  /** Of those that somebody acknowledged (MTTA). */
  readonly toAcknowledge?: number;
  /** Of those that are over (MTTR). */
  readonly toResolve?: number;
}

type EpisodeSoFar = Omit<Episode, "endedAt"> & { readonly endedAt?: number };

/** Milliseconds from the start of an episode; absent where none was acknowledged or ended. */
export function meanTimes(episodes: readonly EpisodeSoFar[]): MeanTimes {
  const toAcknowledge = mean(episodes, ({ acknowledgedAt }) => acknowledgedAt);
  const toResolve = mean(episodes, ({ endedAt }) => endedAt);
  return {
    ...(toAcknowledge === undefined ? {} : { toAcknowledge }),
    ...(toResolve === undefined ? {} : { toResolve }),
  };
}

function mean(
  episodes: readonly EpisodeSoFar[],
  momentOf: (episode: EpisodeSoFar) => number | undefined,
): number | undefined {
  const times = episodes.flatMap((episode) => {
    const at = momentOf(episode);
    return at === undefined ? [] : [Math.max(0, at - episode.startedAt)];
  });
  return times.length === 0 ? undefined : times.reduce((sum, each) => sum + each, 0) / times.length;
}
