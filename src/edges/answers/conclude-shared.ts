/** What the rows of the command table conclude -> by the schemas of shared-shapes.ts. */

import type { z } from "zod";
import { inlineWords } from "../../block-kit/rich-words.ts";
import type { Diagnosis } from "../../diagnosis/checks/diagnose.ts";
import type { HealthReport } from "../../diagnosis/health/health-report.ts";
import type { WindowReport } from "../../diagnosis/long-window/window-report.ts";
import type { FoundByCommand } from "../../features/search/search-command.ts";
import type { ChartAnswer } from "../../features/targets/render-chart.ts";
import type { LagAnswer } from "../../features/targets/render-lag.ts";
import { verdictElements } from "../../features/why-slow/diagnosis-words.ts";
import { missingEvidenceWords } from "../../features/why-slow/missing-evidence-words.ts";
import type { WhySlowAnswer } from "../../features/why-slow/render-why-slow.ts";
import type { Section } from "../../knowledge/page.ts";
import { terminalText } from "../cli/terminal-text.ts";
import type {
  DIAGNOSIS_OUTPUT,
  HEALTH_OUTPUT,
  LAG_OUTPUT,
  QUERY_OUTPUT,
  SEARCH_OUTPUT,
  SECTION_OUTPUT,
} from "./shared-shapes.ts";

/** Undefined: there is no such answer, and the row's own words say why. */
export type ConcludedBy<Shape extends z.ZodType> = z.output<Shape> | undefined;

const EXCERPT = 600;

/**
 * The sections that a search found, with how certain they are; undefined where it answered in words alone.
 */
export function concludeSearch(answer: FoundByCommand): ConcludedBy<typeof SEARCH_OUTPUT> {
  if (answer.kind !== "found") return undefined;
  const { found } = answer;
  switch (found.kind) {
    case "page":
      return { certainty: "answer", sections: found.page.sections.map(withExcerpt) };
    case "guesses": {
      const { sections, meant } = found.guesses;
      const listed = sections.map(withExcerpt);
      const said = meant === undefined ? {} : { didYouMean: meant };
      return { certainty: "not-sure", sections: listed, ...said };
    }
    case "results": {
      const sections = found.results.sections.map(withExcerpt);
      return { certainty: sections.length > 0 ? "answer" : "nothing", sections };
    }
    case "words":
      return { certainty: "nothing", sections: [] };
  }
}

function sectionHead({ id, title, headings }: Section) {
  return { id, title, path: [...headings] };
}

function withExcerpt(section: Section) {
  return { ...sectionHead(section), excerpt: section.text.slice(0, EXCERPT) };
}

/** A whole section with its Markdown. */
export function concludeSection(section: Section): z.output<typeof SECTION_OUTPUT> {
  return { ...sectionHead(section), page: section.file, markdown: section.markdown };
}

const MOST_ROWS = 20;

/** A diagnosis with its replay id; undefined where a replay cannot be shown. */
export function concludeDiagnosis(answer: WhySlowAnswer): ConcludedBy<typeof DIAGNOSIS_OUTPUT> {
  if (answer.kind === "no-replay") return undefined;
  const { diagnosis, target, replayId, notes } = answer.found;
  const { active, recovered, healthy, unknown, nowMs, history } = diagnosis;
  return {
    target: target.name,
    ...(history.lastMs === undefined ? {} : { asOf: iso(history.lastMs) }),
    verdict: {
      kind: diagnosis.verdict.kind,
      sentence: verdictText(diagnosis, target.name),
    },
    causes: active.map(({ check, since, causes, sentences, rows }) => ({
      check: check.id,
      title: check.title,
      severity: check.shown,
      since: iso(since.ms),
      sinceOrEarlier: since.orEarlier,
      explainedBy: [...causes],
      says: [...sentences],
      evidence: rows.slice(0, MOST_ROWS).map((row) => ({
        labels: { ...row.labels },
        value: jsonNumber(row.value),
      })),
      expression: check.expr,
      ...(check.threshold === undefined ? {} : { threshold: check.threshold }),
      section: check.section,
    })),
    recovered: recovered.map(({ check, untilMs, sentences }) => ({
      check: check.id,
      title: check.title,
      until: iso(untilMs),
      says: [...sentences],
    })),
    ruledOut: healthy.map(({ check }) => ({ check: check.id, title: check.title })),
    notChecked: unknown.map(({ check, reason }) => ({
      check: check.id,
      title: check.title,
      why: missingEvidenceWords(reason, nowMs),
    })),
    ...(diagnosis.window === undefined ? {} : { window: concludeWindow(diagnosis.window) }),
    ...(replayId === undefined ? {} : { replayId }),
    notes: [...notes],
  };
}

function concludeWindow({ fromMs, toMs, stepMs, source, past }: WindowReport) {
  return {
    from: iso(fromMs),
    to: iso(toMs),
    everySeconds: stepMs / 1_000,
    source,
    past: past.map(({ check, spells, sentences }) => ({
      check: check.id,
      title: check.title,
      says: [...sentences],
      times: spells.map((spell) => ({
        from: iso(spell.fromMs),
        until: iso(spell.untilMs),
        end: spell.end,
      })),
    })),
  };
}

function verdictText(diagnosis: Diagnosis, target: string): string {
  const words = inlineWords(verdictElements(diagnosis, target));
  return terminalText(words, { isColoured: false, timeZone: "UTC" });
}

/** A target's health as of the poll. */
export function concludeHealth({
  report,
}: {
  readonly report: HealthReport;
}): z.output<typeof HEALTH_OUTPUT> {
  const { target, atMs, verdict, probes, checks, server } = report;
  return {
    target,
    asOf: iso(atMs),
    verdict: { state: verdict.state, sentence: verdict.sentence, notes: [...verdict.notes] },
    probes: probes.map(({ probe, ok, says, ms }) => ({ probe, ok, says, milliseconds: ms })),
    checks: checks.map((each) => ({ ...each })),
    ...(server === undefined ? {} : { version: server.version }),
  };
}

/** A chart's series as numbers; undefined where nothing could be drawn. */
export function concludeQuery(
  answer: ChartAnswer,
  query: string,
): ConcludedBy<typeof QUERY_OUTPUT> {
  if (answer.kind !== "chart") return undefined;
  const { target, from, unit, windowMs, picture, notes } = answer.chart;
  return {
    target,
    query,
    unit,
    seconds: windowMs / 1_000,
    from,
    times: picture.timesMs.map(iso),
    series: picture.series.map(({ labels, values }) => {
      const shown = values.map((each) => (each === undefined ? null : jsonNumber(each)));
      return { labels: { ...labels }, last: shown.at(-1) ?? null, values: shown };
    }),
    leftOut: picture.leftOut,
    notes: [...notes],
  };
}

const MOST_PARTITIONS = 50;

/**
 * A group's lag, or the list of groups; undefined where the target could not be asked or has no such
 * group.
 */
export function concludeLag(answer: LagAnswer): ConcludedBy<typeof LAG_OUTPUT> {
  switch (answer.kind) {
    case "group": {
      const { report, target } = answer;
      const { group, state, members, total, outlook, partitions } = report;
      const seconds =
        outlook.kind === "catches-up" ? { secondsToCatchUp: outlook.inMs / 1_000 } : {};
      const shown = partitions.slice(0, MOST_PARTITIONS).map(({ topic, partition, lag }) => ({
        topic,
        partition,
        lag,
      }));
      const partitionsLeftOut = partitions.length - shown.length;
      const figures = { group, state, members, lag: total, outlook: outlook.kind, ...seconds };
      return { target, group: { ...figures, partitions: shown, partitionsLeftOut } };
    }
    case "groups":
      return { target: answer.target, groups: answer.groups.map((each) => ({ ...each })) };
    case "no-such-group":
    case "unavailable":
      return undefined;
  }
}

/** A moment in milliseconds as the schemas have it: RFC 3339, in UTC. */
export function iso(ms: number): string {
  return new Date(ms).toISOString();
}

/** A number as JSON can hold it: those that are none are named as Prometheus does. */
export function jsonNumber(value: number): number | "NaN" | "+Inf" | "-Inf" {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}
