/** What the reconciliation needs of a source's API. */

import type { Alert } from "../../alerts/alert.ts";
import type { AlertSource } from "../../alerts/source.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { SourceView } from "../../incidents/reconcile.ts";

export interface MemberState {
  readonly address: string;
  /** Why it did not answer, in a sentence; unset when it did. */
  readonly problem?: string;
}

export interface HeldAnswer extends Omit<SourceView, "regrouped" | "isGroupOver"> {
  readonly members: readonly MemberState[];
  /** So long a new group waits before its first notification, at most, in milliseconds. */
  readonly groupWaitMs: number;
}

export interface WatchedSource {
  readonly source: AlertSource;
  readonly reader: SourceReader;
}

/** A group of alerts as the source forms it now. */
export interface HeldGroup {
  readonly labels: Labels;
  readonly fingerprints: readonly string[];
  /** Those of them that fire and are neither silenced nor inhibited. */
  readonly active: readonly Alert[];
}

export interface SourceReader {
  /** Asks every member once; `silences` are those of which it should be said whether they hold. */
  read(asked: { readonly silences: readonly string[] }): Promise<HeldAnswer>;
  /** The groups of a receiver; undefined when no member answers. */
  groups(receiver: string): Promise<readonly HeldGroup[] | undefined>;
}
