/** Films that a site shows by their number: `{{< youtube aBcDeFgHiJk >}}`, `{% vimeo 123456 %}`, `<YouTube id="…" />`. */

import type { SiteTag } from "./site-tag.ts";
import { attribute } from "./tag-attributes.ts";

const HOSTS: readonly [name: RegExp, address: string][] = [
  [
    /^(?:lite[-_]?)?you_?tube(?:[-_]?(?:lite|embed|video|player))?$/i,
    "https://www.youtube.com/watch?v=",
  ],
  [/^vimeo(?:[-_]?(?:embed|video|player))?$/i, "https://vimeo.com/"],
];

/** Where the film is that the tag shows; undefined for another tag. */
export function filmOf({ name, words }: Pick<SiteTag, "name" | "words">): string | undefined {
  const address = HOSTS.find(([pattern]) => pattern.test(name))?.[1];
  if (address === undefined) return undefined;
  const named = ["id", "videoId", "videoid", "video", "url", "src"]
    .map((each) => attribute(words, each))
    .find((value) => value !== undefined);
  const own = named ?? /^["']?([^\s"']+)/.exec(words)?.[1] ?? "";
  if (/^https?:\/\/[^\s<>]+$/.test(own)) return own;
  return /^[\w-]{6,20}$/.test(own) ? `${address}${own}` : undefined;
}
