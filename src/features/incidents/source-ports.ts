/** What the reconciliation needs of a source's API. */

import type { Labels } from "../../exposition/sample.ts";
import type { SourceView } from "../../incidents/reconcile.ts";

export interface MemberState {
  readonly address: string;
  /** Why it did not answer, in a sentence; unset when it did. */
  readonly problem?: string;
}

export interface HeldAnswer extends Omit<SourceView, "regrouped"> {
  readonly members: readonly MemberState[];
}

/** A group of alerts as the source forms it now. */
export interface HeldGroup {
  readonly labels: Labels;
  readonly fingerprints: readonly string[];
}

export interface SourceReader {
  /** Asks every member once; `silences` are those of which it should be said whether they hold. */
  read(asked: { readonly silences: readonly string[] }): Promise<HeldAnswer>;
  /** The groups of a receiver; undefined when no member answers. */
  groups(receiver: string): Promise<readonly HeldGroup[] | undefined>;
}
