/** What a diagnosis is made with. */

import type { Target } from "../../diagnosis/target.ts";
import type { History } from "../../history/history.ts";
import type { Library } from "../../knowledge/library.ts";
import type { Clock, Log } from "../shared/ports.ts";
import type { PrometheusSource } from "../targets/chart-source.ts";
import type { Diagnosing } from "./diagnosing.ts";

/** What the bot remembers of its targets, and a poll of one now. */
export interface HistorySource {
  history(target: Target): History;
  /** Polls once and keeps the snapshot; resolves also when the target does not answer. */
  poll(target: Target): Promise<void>;
}

/** Keeps replays; an id depends on the text alone, so that one text is kept once for each person. */
export interface ReplayStore {
  /** `by` is whoever asked; empty for what the bot asked of its own accord. */
  save(text: string, by: string): Promise<string>;
  load(id: string): Promise<string | undefined>;
}

export interface WhySlowPorts {
  readonly knowledge: { library(): Library };
  readonly memory: HistorySource;
  readonly diagnosing: Diagnosing;
  readonly replays: ReplayStore;
  readonly prometheus: PrometheusSource;
  readonly clock: Clock;
  readonly log: Log;
}
