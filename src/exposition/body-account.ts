/** What one body holds, as its lines are read: samples, each series once, and families, within the limits. */
import type { ExpositionLimits } from "./limits.ts";
import type { MetricType, Sample } from "./sample.ts";
import { SeriesSet } from "./series-set.ts";

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
  let duplicates = 0;

  function addOnce(sample: Sample, hash: number): string | undefined {
    if (seen.size >= maxSeries) return "more series than are read";
    if (seen.add(hash)) onSample(sample);
    else duplicates++;
    return undefined;
  }

  return {
    families,
    duplicates: () => duplicates,
    addSample: addOnce,
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
