/** Links inside the repository: to files, to headings, to dashboards. Other addresses are not asked. */

import type { Page, PageProblem } from "../knowledge/page.ts";
import type { Mention } from "./mention.ts";

/** How our own files are addressed from outside, in rules and dashboards. */
export const REPOSITORY_URL =
  "https://github.com/streamline-incident-bot/streamline-incident-bot/blob/main/";

export interface LinkTargets {
  /** Every file of the repository, by its path from the root. */
  readonly paths: ReadonlySet<string>;
  /** The pages by their path from the root. */
  readonly pages: ReadonlyMap<string, Page>;
  readonly dashboardUids: ReadonlySet<string>;
}

type Link = Mention & { readonly kind: "link" };

/** A problem for each link that leads to nothing in the repository, with its line. */
export function checkLinks(mentions: readonly Mention[], targets: LinkTargets): PageProblem[] {
  return mentions.flatMap((mention) => {
    if (mention.kind !== "link") return [];
    const reason = linkProblem(mention, targets);
    return reason === undefined ? [] : [{ file: mention.file, line: mention.line, reason }];
  });
}

function linkProblem(link: Link, targets: LinkTargets): string | undefined {
  const uid = /(?:^|[^A-Za-z0-9])d\/([A-Za-z0-9_-]+)/.exec(link.target)?.[1];
  if (uid !== undefined && /^(?:\/d\/|https?:\/\/[^/]*(?:\/[^/]*)?\/d\/)/.test(link.target)) {
    return targets.dashboardUids.has(uid) ? undefined : `no dashboard has the uid ${uid}`;
  }
  const place = placeOf(link);
  if (place === undefined) return undefined;
  const { path, anchor } = place;
  if (!targets.paths.has(path)) return `dead link: there is no ${path}`;
  if (anchor === undefined) return undefined;
  const page = targets.pages.get(path);
  if (page === undefined) return undefined;
  const isThere = page.sections.some((section) => section.anchor === anchor);
  return isThere ? undefined : `dead anchor: ${path} has no #${anchor}`;
}

/** Undefined for an address outside the repository. */
function placeOf({ target, file }: Link): { path: string; anchor: string | undefined } | undefined {
  const [address = "", anchor] = decodeURI(target).split("#", 2);
  const named = anchor === "" ? undefined : anchor;
  if (address.startsWith(REPOSITORY_URL)) {
    return { path: address.slice(REPOSITORY_URL.length), anchor: named };
  }
  if (/^[a-z][a-z0-9+.-]*:|^\/\/|^\$/i.test(address)) return undefined;
  return { path: address === "" ? file : joinPath(file, address), anchor: named };
}

function joinPath(file: string, relative: string): string {
  const parts = relative.startsWith("/") ? [] : file.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
