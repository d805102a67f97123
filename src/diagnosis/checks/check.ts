/**
 * A check: a PromQL expression with its meaning, as a runbook's front matter declares it.
 *
 *   checks:
 *     - id: produce-latency                 words with dashes; other checks name it in `explains`
 *       title: slow produce requests        what the answer calls it when it is ruled out
 *       expr: max(x{quantile="0.99"}) > 0.1 empty result: healthy; each series of it: active
 *       needs:                              without these the finding is unknown, never healthy
 *         - series: x{quantile="0.99"}      a selector; its newest sample must be fresh
 *           fresh: 1m                       how old that may be (1m when left out)
 *           history: 1m                     how far back the series must reach (nothing when left out)
 *           twice: 1m                       it must have come twice within it (what history says when left out)
 *           samples: 3                      how often it must have come within that (2 when left out)
 *           traffic: 1m                     a counter that must have risen within it: else nobody can tell
 *           missing_ok_if: absent(y)        absence is normal while this finds anything
 *       at_once: true                       one sighting is enough: active even with less history
 *       event: true                         it happened at one moment; see below
 *       began: max(x_start_time_seconds)    when, in seconds since the epoch, where a series says it
 *       finding: "{{ $value | humanizeDuration }} at p99 on {{ $labels.topic }}"
 *       values:                             further numbers for the sentence, matched by labels
 *         eta: a / b
 *       severity: warning                   critical, warning (when left out) or info: its place among causes
 *       shown: info                         the severity of its alert, and so its colour, where that is another
 *       threshold: 0.1                      the number that `expr` compares with
 *       below: true                         the value is wrong below the threshold, not above
 *       proof: x{quantile="0.99"}           what the value is of, where `expr` reads other series before it
 *       unit: seconds                       seconds, bytes, bytes_per_second, per_second, ratio or count
 *       chart: x{quantile="0.99"}           what to draw
 *       chart_unit: seconds                 its unit, when it is not that of the value
 *       explains: [consumer-behind]         symptoms that this cause brings about
 *       replaces: [disk-filling]            what this is the later stage of: shown in its place
 *       section: "#mitigation"              what to read: a heading of this page
 *       first: free space on that disk      what to do first, in one line: a template like `finding`, with
 *                                           commands between backticks; or a list of which the first that
 *                                           nothing makes unsafe is shown:
 *         - { do: restart it gracefully, unless: [disk-full] }
 *         - { do: free space first }
 *
 * An event, such as a restart, is over at once: it explains what began with it and has not been well
 * since, and its end is never shown.
 *
 * `info` is worth knowing and no cause of trouble: it never becomes the verdict's cause.
 */

import { z } from "zod";
import { parseDuration } from "../../promql/duration.ts";

const SEVERITIES = ["info", "warning", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

const UNITS = ["count", "seconds", "bytes", "bytes_per_second", "per_second", "ratio"] as const;
export type CheckUnit = (typeof UNITS)[number];

export interface Need {
  readonly series: string;
  readonly freshMs: number;
  readonly historyMs: number;
  /** Within it so many samples are needed: one shows no change. */
  readonly twiceMs: number;
  readonly samples: number;
  /** 0 when traffic does not matter. */
  readonly trafficMs: number;
  readonly missingOkIf?: string;
}

/** What to do first, unless one of these checks is active. */
export interface FirstStep {
  /** A template for `fillTemplate`. */
  readonly do: string;
  readonly unless: readonly string[];
}

export interface Check {
  readonly id: string;
  readonly title: string;
  readonly expr: string;
  readonly needs: readonly Need[];
  readonly atOnce: boolean;
  readonly isEvent: boolean;
  /** Gives when it began, in seconds since the epoch; without it the polls say since when. */
  readonly began?: string;
  /** A template for `fillTemplate`. */
  readonly finding: string;
  readonly values: Readonly<Record<string, string>>;
  /** Its place among causes. */
  readonly severity: Severity;
  /** Its colour, which is that of its alert: one state looks the same wherever it is shown. */
  readonly shown: Severity;
  readonly threshold?: number;
  readonly below: boolean;
  /** The expression that stands for its evidence; without it the selectors of `expr` do. */
  readonly proof?: string;
  readonly unit: CheckUnit;
  readonly chart?: string;
  readonly chartUnit: CheckUnit;
  readonly explains: readonly string[];
  /** A later stage of the same trouble takes the place of the earlier one, whenever that began. */
  readonly replaces: readonly string[];
  /** What `expr` reads, each once, as selectors without offsets in the order of its text. */
  readonly selectors: readonly string[];
  /** In order of preference; empty when its section says it. */
  readonly first: readonly FirstStep[];
  /** The page that declares it, and the id of the section to read. */
  readonly file: string;
  readonly section: string;
}

/** A scrape may be lost and the next one late: four intervals of 15 s. */
const FRESH_MS = 60_000;

const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  context.addIssue({
    code: "custom",
    message: `${JSON.stringify(text)} is not a valid duration (example: 5m)`,
  });
  return z.NEVER;
});

const need = z
  .strictObject({
    series: z.string(),
    fresh: duration.default(FRESH_MS),
    history: duration.default(0),
    twice: duration.optional(),
    samples: z.int().min(2).default(2),
    traffic: duration.default(0),
    missing_ok_if: z.string().optional(),
  })
  .transform(
    ({ series, fresh, history, twice = history, samples, traffic, missing_ok_if }): Need => ({
      series,
      freshMs: fresh,
      historyMs: history,
      twiceMs: twice,
      samples,
      trafficMs: traffic,
      ...(missing_ok_if === undefined ? {} : { missingOkIf: missing_ok_if }),
    }),
  );

const ids = z.union([z.string().transform((id) => [id]), z.array(z.string())]);
const firstStep = z.union([
  z.string().transform((text): FirstStep => ({ do: text, unless: [] })),
  z.strictObject({ do: z.string().min(1), unless: ids.default([]) }),
]);

/** The shape of a check in the front matter, before its expressions and names are checked. */
export const checkShape = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be words of a-z and 0-9 with dashes"),
  title: z.string().min(1).optional(),
  expr: z.string(),
  needs: z.array(need).min(1),
  at_once: z.boolean().default(false),
  event: z.boolean().default(false),
  began: z.string().optional(),
  finding: z.string().min(1),
  values: z.record(z.string().regex(/^[A-Za-z_]\w*$/), z.string()).default({}),
  severity: z.enum(SEVERITIES).default("warning"),
  shown: z.enum(SEVERITIES).optional(),
  threshold: z.number().optional(),
  below: z.boolean().default(false),
  proof: z.string().optional(),
  unit: z.enum(UNITS).default("count"),
  chart: z.string().optional(),
  chart_unit: z.enum(UNITS).optional(),
  explains: z.array(z.string()).default([]),
  replaces: z.array(z.string()).default([]),
  section: z.string().optional(),
  first: z.union([firstStep.transform((step) => [step]), z.array(firstStep).min(1)]).default([]),
});

export type CheckShape = z.infer<typeof checkShape>;

/** Higher is worse. */
export function severityRank(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}
