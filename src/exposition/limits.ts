/**
 * What one server may make us hold in memory while its metrics are read.
 *
 * The parser itself needs a constant amount of memory plus 12 to 46 bytes a series; the limits bound
 * what a broken or hostile server could add to that.
 */

export interface ExpositionLimits {
  /** Longest line in characters; a longer one is broken, and is skipped without being kept. */
  readonly maxLineLength: number;
  /** Most labels of one sample. */
  readonly maxLabels: number;
  /** Most samples of one body; the rest is counted as broken. */
  readonly maxSeries: number;
  /** Most metric families whose type, help and unit are kept. */
  readonly maxFamilies: number;
  /** How many broken lines are described; the others are only counted. */
  readonly maxBrokenKept: number;
}

/**
 * Prometheus takes lines of any length unless it is told otherwise. What tools export of Kubernetes' own
 * labels has a hundred and more of them, and a query or a certificate in a label has tens of kilobytes; a
 * body as a whole is bounded where it is fetched. A Streamline server with 10,000
 * partitions has about 100,000 series, so the series limit is ten times what we expect to meet.
 */
export const DEFAULT_LIMITS: ExpositionLimits = {
  maxLineLength: 1024 * 1024,
  maxLabels: 512,
  maxSeries: 1_000_000,
  maxFamilies: 20_000,
  maxBrokenKept: 20,
};
