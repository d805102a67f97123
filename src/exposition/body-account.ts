/** What one body holds, as its lines are read: samples, each series once, and families, within the limits. */
import type { ExpositionLimits } from "./limits.ts";
import type { MetricType, Sample } from "./sample.ts";
import { SERIES_OF_LOOKUP, SeriesSet } from "./series-set.ts";

export interface Family {
  readonly type: MetricType;
  readonly help?: string;
  readonly unit?: string;
}

/** What is added returns the reason when it is too much to be kept. */
export interface BodyAccount {
  /** `hash` is that of the sample's series. */
  addSample(sample: Sample, hash: number): string | undefined;
  addFamily(name: string, part: Partial<Family>): string | undefined;
  /** Hands on what waits: samples are looked up many at a time. */
  release(): void;
  readonly families: ReadonlyMap<string, Family>;
  duplicates(): number;
}

/** Hands each sample on once, and refuses what is one too many. */
export function createBodyAccount(
  onSample: (sample: Sample) => void,
  { maxSeries, maxFamilies }: Pick<ExpositionLimits, "maxSeries" | "maxFamilies">,
): BodyAccount {
  const seen = new SeriesSet();
  const families = new Map<string, Family>();
  const waiting = Array.from<Sample | undefined>({ length: SERIES_OF_LOOKUP });
  const hashes = new Float64Array(SERIES_OF_LOOKUP);
  const isNew = new Uint8Array(SERIES_OF_LOOKUP);
  let count = 0;
  let duplicates = 0;

  function release(): void {
    const ready = count;
    count = 0;
    seen.addAll(hashes, ready, isNew);
    for (let at = 0; at < ready; at++) {
      const sample = waiting[at];
      if (isNew[at] === 1 && sample !== undefined) onSample(sample);
      else duplicates++;
    }
  }

  function addSample(sample: Sample, hash: number): string | undefined {
    if (seen.size + count >= maxSeries) {
      release();
      if (seen.size >= maxSeries) return "more series than are read";
    }
    waiting[count] = sample;
    hashes[count] = hash;
    count++;
    if (count === SERIES_OF_LOOKUP) release();
    return undefined;
  }

  return {
    families,
    duplicates: () => duplicates,
    addSample,
    release,
    addFamily(name, part) {
      const known = families.get(name);
      if (known === undefined && families.size >= maxFamilies) {
        return "more metric families than are read";
      }
      families.set(name, { type: "unknown", ...known, ...part });
      return undefined;
    },
  };
}
