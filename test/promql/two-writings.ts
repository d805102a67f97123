/**
 * Some expressions are written as only later versions read them (`{"name"}`, `[300]`, `> 5m`). Each of these
 * has a writing of the same meaning that Prometheus 2.42 reads, so that every expression can be compared
 * with it.
 */

/** One expression in two writings, mostly the same. */
export interface Generated {
  readonly ours: string;
  /** What Prometheus 2.42 is asked. */
  readonly theirs: string;
}

/** The two writings of a place in one text, between marks that no expression has. */
const PLACE = /\uE000([^\uE001]*)\uE001([^\uE002]*)\uE002/g;

/** A place in an expression as later versions read it, and as Prometheus 2.42 does. */
export function newer(later: string, earlier: string): string {
  return `\uE000${later}\uE001${earlier}\uE002`;
}

/** The whole expression, once with each place as later versions read it and once as 2.42 does. */
export function writingsOf(text: string): Generated {
  return { ours: text.replace(PLACE, "$1"), theirs: text.replace(PLACE, "$2") };
}
