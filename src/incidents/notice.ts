/** What must be said because of a change. */

import type { IncidentSilence, Quiet } from "./incident.ts";

/** What must be said. Each becomes a row of the outbox. */
export type Notice =
  | { readonly kind: "incident" }
  | { readonly kind: "runbook"; readonly alert: string; readonly fingerprint: string }
  | { readonly kind: "unexplained"; readonly alerts: readonly string[] }
  | { readonly kind: "diagnosis" }
  /** What came and went in a group that goes on firing: fingerprints. */
  | {
      readonly kind: "changed";
      readonly added: readonly string[];
      readonly gone: readonly string[];
    }
  | { readonly kind: "resolved" }
  | { readonly kind: "reopened" }
  | { readonly kind: "acknowledged"; readonly by: string; readonly until: number }
  | { readonly kind: "unacknowledged"; readonly by: string }
  /** Asks whoever acknowledged whether it still holds. */
  | { readonly kind: "reminder"; readonly by: string; readonly until: number }
  | { readonly kind: "acknowledgement-ended"; readonly by: string }
  | { readonly kind: "silenced"; readonly silence: IncidentSilence }
  /** `by` is unset when it ended by itself. */
  | { readonly kind: "unsilenced"; readonly silence: IncidentSilence; readonly by?: string }
  /** Its source reports none of it for this reason, which nobody gave here. */
  | { readonly kind: "quieted"; readonly quiet: Quiet }
  | { readonly kind: "reported-again" }
  /** Calls people and user groups by their ids, for the first time or once more. */
  | {
      readonly kind: "mention";
      readonly who: readonly string[];
      readonly again: boolean;
      /** It goes to others, since nobody acknowledged it. */
      readonly escalated?: true;
    }
  /** Goes to the place it left: the incident goes on in another channel. */
  | { readonly kind: "rerouted"; readonly from: { readonly channel: string; readonly ts: string } }
  | { readonly kind: "noise"; readonly by: string }
  | { readonly kind: "not-noise"; readonly by: string }
  /** Tells a subscriber in a direct message. */
  | { readonly kind: "subscribed" }
  /** One message that names many new incidents; its row belongs to the digest and to no incident. */
  | { readonly kind: "digest" }
  /** Calls people to what a digest names, in its thread; its row belongs to the digest. */
  | { readonly kind: "digest-call"; readonly who: readonly string[]; readonly again: boolean };

type Difference = Extract<Notice, { kind: "changed" }>;

/** Two differences in a row as one: what came and went again in between is left out. */
export function joinDifferences(first: Difference, second: Difference): Difference {
  const without = (all: readonly string[], others: readonly string[]): string[] =>
    all.filter((each) => !others.includes(each));
  return {
    kind: "changed",
    added: [...without(first.added, second.gone), ...without(second.added, first.gone)],
    gone: [...without(first.gone, second.added), ...without(second.gone, first.added)],
  };
}
