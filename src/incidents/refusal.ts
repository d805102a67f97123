/** A webhook that was turned away: what it held is lost, since no sender repeats it. */

type RefusalKind = "unauthorized" | "unknown_source" | "too_large" | "malformed" | "failed";

export interface Refusal {
  readonly kind: RefusalKind;
  /** Name of the source in the path, as the sender wrote it. */
  readonly source: string;
  readonly reason: string;
}
