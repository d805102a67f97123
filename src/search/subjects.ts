/**
 * Which sections of a page speak of one subject. A short page is one subject; a long one
 * (a guide, a playbook with a heading per alert) is as many as it takes for each to be
 * short. A section is judged with its subject, since its heading alone is often "Diagnosis".
 */

/** Runbook pages have up to a dozen headings; a guide has hundreds. */
const MOST_SECTIONS = 12;

/** For each section of a page, given its headings, the number of its subject, from 0. */
export function subjectsOf(headings: readonly (readonly string[])[]): number[] {
  const subjects = headings.map(() => 0);
  let next = 0;
  const divide = (members: readonly number[], depth: number): void => {
    const deeper = members.some((n) => (headings[n]?.length ?? 0) > depth);
    if (members.length <= MOST_SECTIONS || !deeper) {
      for (const n of members) subjects[n] = next;
      next += 1;
      return;
    }
    for (const group of groupBy(members, (n) => headings[n]?.[depth] ?? ""))
      divide(group, depth + 1);
  };
  divide([...headings.keys()], 0);
  return subjects;
}

function groupBy(members: readonly number[], keyOf: (n: number) => string): number[][] {
  const groups = new Map<string, number[]>();
  for (const n of members) {
    const group = groups.get(keyOf(n));
    if (group === undefined) groups.set(keyOf(n), [n]);
    else group.push(n);
  }
  return [...groups.values()];
}
