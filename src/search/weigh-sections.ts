/**
 * What people said of a runbook's sections -> the order in which they are shown for its alert.
 *
 *   lift = 6 * (cleared - 1) / (incidents + 2)  +  2 * (net - 1) / (votes + 4)
 *
 * where each part is zero until two people, or two incidents, agree, so that one voice changes
 * nothing. A section moves up by as many places as its lift has whole ones, at most eight; without
 * feedback the order is the page's.
 */

export interface SectionVerdicts {
  readonly sectionId: string;
  /** People who said so. */
  readonly useful: number;
  readonly notUseful: number;
  /** Incidents of the alert that this section cleared, of all that somebody said it of. */
  readonly cleared: number;
  readonly incidents: number;
}

export interface Weighed<T> {
  readonly sections: readonly T[];
  /** Why a section stands higher than on its page, by id. */
  readonly raised: ReadonlyMap<string, string>;
}

const CLEARED = { most: 6, prior: 2 };
const VOTES = { most: 2, prior: 4 };

/** The most that verdicts can lift a section. */
export const MOST_LIFT = CLEARED.most + VOTES.most;

/** How many places up, or down where it is negative. */
export function liftOf({ useful, notUseful, cleared, incidents }: Verdicts): number {
  const clearing = (CLEARED.most * Math.max(0, cleared - 1)) / (incidents + CLEARED.prior);
  const net = useful - notUseful;
  const agreeing = Math.sign(net) * Math.max(0, Math.abs(net) - 1);
  return clearing + (VOTES.most * agreeing) / (useful + notUseful + VOTES.prior);
}

type Verdicts = Omit<SectionVerdicts, "sectionId">;

/** The sections of a page, given in its order, by what helped before. */
export function weighSections<T extends { readonly id: string }>(
  sections: readonly T[],
  verdicts: readonly SectionVerdicts[],
): Weighed<T> {
  const said = new Map(verdicts.map((each) => [each.sectionId, each]));
  const placed = sections.map((section, place) => {
    const verdict = said.get(section.id);
    return { section, place, verdict, rank: place - Math.trunc(verdict ? liftOf(verdict) : 0) };
  });
  const ordered = placed.toSorted((a, b) => a.rank - b.rank || liftOrder(a, b));
  const raised = ordered.flatMap(({ section, place, verdict }, now) =>
    now < place && verdict !== undefined && liftOf(verdict) >= 1
      ? [[section.id, reasonOf(verdict)] as const]
      : [],
  );
  return { sections: ordered.map(({ section }) => section), raised: new Map(raised) };
}

interface PlacedSection {
  readonly place: number;
  readonly verdict: SectionVerdicts | undefined;
}

/** Of two with one rank, that which was lifted there stands first, else that of the page. */
function liftOrder(a: PlacedSection, b: PlacedSection): number {
  const [first, second] = [a, b].map(({ verdict }) => Math.trunc(verdict ? liftOf(verdict) : 0));
  return (second ?? 0) - (first ?? 0) || a.place - b.place;
}

/** "cleared 4 of 5 times, 3 of 4 found it useful". */
function reasonOf({ useful, notUseful, cleared, incidents }: Verdicts): string {
  const votes = useful + notUseful;
  return [
    ...(cleared > 0 ? [`cleared ${cleared} of ${incidents} times`] : []),
    ...(votes > 0 ? [`${useful} of ${votes} found it useful`] : []),
  ].join(", ");
}
