/**
 * Do the placeholders that a page lets labels fill stand in its commands, and are those that carry a
 * label's name declared? A declaration without a placeholder fills nothing; a placeholder that is
 * forgotten is typed by hand at three in the morning.
 */

import type { Page, PageProblem } from "../knowledge/page.ts";

/** Placeholders that are called like a label of our own series and rules. */
const LABELS = ["TOPIC", "GROUP", "PARTITION"];

/**
 * A problem for each declaration that fills nothing, and for each placeholder of a label's name that none
 * declares.
 */
export function checkFills({ file, fills = {}, kind, sections }: Page): PageProblem[] {
  const text = sections.map(({ markdown }) => markdown).join("\n");
  const used = new Set(
    [...text.matchAll(/\$\{([A-Z_][A-Z0-9_]*)(?:}|:[-?])/g)].map((match) => match[1]),
  );
  const unused = Object.keys(fills)
    .filter((name) => !used.has(name))
    .map((name) => `fills names ${name}, which no command of the page has`);
  const undeclared =
    kind === "guide"
      ? []
      : LABELS.filter((name) => used.has(name) && !Object.hasOwn(fills, name)).map(
          (name) => `a command has \${${name}}, and fills does not say which label it is`,
        );
  return [...unused, ...undeclared].map((reason) => ({ file, line: 1, reason }));
}
