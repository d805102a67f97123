/**
 * A fleet of simulated servers in virtual time, scraped as Prometheus would: minutes take a second,
 * and a busy machine changes nothing.
 */
import { createModel } from "../../src/sandbox/streamline/model.ts";
import { SHAPES } from "../../src/sandbox/streamline/shape.ts";
import type { FleetCase } from "./fleet-cases.ts";
import {
  askForLag,
  createNodeExporter,
  createRecordingBuild,
  type Host,
  probeHealth,
  probeKafka,
  scrapeServer,
} from "./hosts.ts";
import { createSeriesBook, type SeriesBook } from "./series-book.ts";
import { shortRules } from "./short-rules.ts";

/** The servers go through these, in seconds from the start. */
export interface Course {
  /** From here on the probes of /health are there. */
  readonly probedFrom: number;
  readonly faultsFrom: number;
  readonly faultsUntil: number;
  readonly end: number;
}

/** The server, and the job, of the build that records the metrics of a cluster. */
export const RECORDING = "recording";

/** How often everything is scraped and every rule is evaluated, in seconds. */
export const STEP_S = 2;

const START_MS = Date.UTC(2026, 0, 15, 10);
const DAY_S = 86_400;
const GROUPS = ["billing", "fulfilment", "analytics", "search-indexer", "mailer"];

interface FleetHost extends Host {
  readonly of: FleetCase;
  readonly node: (stepSeconds: number) => ReturnType<typeof probeKafka>;
  readonly recording: (() => ReturnType<typeof probeKafka>) | undefined;
  isAsked: boolean;
  /** Its clock, at its own pace, and what it was set ahead. */
  clockMs: number;
}

/** All samples of the whole course, for promtool. */
export function scrapeFleet(cases: readonly FleetCase[], course: Course): SeriesBook {
  const hosts = cases.map(createHost);
  const read = new Set(shortRules().match(/\w+/g));
  const book = createSeriesBook((name) => read.has(name));
  for (let second = 0; second <= course.end; second += 1) {
    for (const host of hosts) {
      changeAt(host, second, course);
      if (host.isAsked) askForLag(host, GROUPS);
      if (second % STEP_S === 0) scrapeHost(host, second / STEP_S, book);
      host.clockMs += 1_000 * (host.of.pace ?? 1);
    }
  }
  return book;
}

function createHost(of: FleetCase): FleetHost {
  const host: FleetHost = {
    of,
    model: createModel({ seed: 1, startMs: START_MS, shape: of.shape ?? SHAPES.shop }),
    clockMs: START_MS,
    now: () => host.clockMs,
    node: (seconds) => node(seconds),
    recording: of.isRecording ? () => recording() : undefined,
    isHealthProbed: false,
    isClusterBroken: false,
    isAsked: of.isAsked ?? false,
  };
  const node = createNodeExporter(host);
  const recording = createRecordingBuild(host);
  return host;
}

function changeAt(host: FleetHost, second: number, course: Course): void {
  host.model.advance(host.clockMs);
  if (second === course.probedFrom) host.isHealthProbed = true;
  if (second === course.faultsFrom) setFaults(host);
  const { lasts = course.faultsUntil - course.faultsFrom } = host.of;
  if (second === course.faultsFrom + lasts) clearFaults(host);
}

function setFaults(host: FleetHost): void {
  const { faults, certificateDays, isRecording = false } = host.of;
  host.isClusterBroken = isRecording;
  for (const [id, magnitude] of Object.entries(faults)) host.model.faults.set(id, magnitude);
  host.model.step();
  if (certificateDays !== undefined) host.certificateEnd = certificateEndIn(certificateDays, host);
}

/** And what clears by the clock alone, or because somebody begins to ask. */
function clearFaults(host: FleetHost): void {
  host.isClusterBroken = false;
  host.model.faults.clearAll();
  host.model.step();
  if (host.of.certificateDays !== undefined) host.certificateEnd = certificateEndIn(90, host);
  if (host.of.name === "crashing") host.clockMs += 300_000;
  if (host.of.name === "hung-reader") host.isAsked = true;
}

/** Prometheus' own clock begins at zero in promtool's tests. */
function certificateEndIn(days: number, host: FleetHost): number {
  return days * DAY_S + (host.clockMs - START_MS) / 1_000;
}

function scrapeHost(host: FleetHost, step: number, book: SeriesBook): void {
  const { name } = host.of;
  const at = (job: string, port: number) => ({ job, instance: `${name}:${port}` });
  if (name === "http-slow") {
    if (step % 2 === 0) book.scrape(at("streamline", 9094), step, scrapeServer(host, 4_000));
  } else {
    book.scrape(at("streamline", 9094), step, scrapeServer(host, 2_000));
  }
  book.scrape(at("streamline-kafka", 9092), step, probeKafka(host));
  book.scrape(at("streamline-health", 9094), step, probeHealth(host));
  book.scrape(at("node", 9100), step, host.node(STEP_S));
  if (host.recording !== undefined) book.scrape(at(RECORDING, 9094), step, host.recording());
}
