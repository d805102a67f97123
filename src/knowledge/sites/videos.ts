/**
 * Films and notes that a site shows by their number: `{{< youtube aBcDeFgHiJk >}}`, `{% vimeo 123456 %}`,
 * `<YouTube id="…" />`, `{{< tweet user="ann" id="123456" >}}`.
 */

import type { SiteTag } from "./site-tag.ts";
import { attribute, unnamedIn } from "./tag-attributes.ts";

const HOSTS: readonly [name: RegExp, address: string][] = [
  [/^(?:lite[-_]?)?you_?tube(?:[-_]?\w{1,9})?$/i, "https://www.youtube.com/watch?v="],
  [/^vimeo(?:[-_]?(?:embed|video|player))?$/i, "https://vimeo.com/"],
];

/** Where the film is that the tag shows; undefined for another tag. */
export function filmOf({ name, words }: Pick<SiteTag, "name" | "words">): string | undefined {
  if (name === "tweet") return noteOf(words);
  const address = HOSTS.find(([pattern]) => pattern.test(name))?.[1];
  if (address === undefined) return PLAYER.test(name) ? playedOf(words) : undefined;
  const named = ["id", "videoId", "videoid", "video", "url", "src"]
    .map((each) => attribute(words, each))
    .find((value) => value !== undefined);
  const own = named ?? /^["']?([^\s"']+)/.exec(words)?.[1] ?? "";
  if (/^https?:\/\/[^\s<>]+$/.test(own)) return own;
  const number = /^[\w-]{6,20}(?=$|\?)/.exec(own)?.[0];
  return number === undefined ? undefined : `${address}${number}`;
}

/** `<VideoPlayer src="a.mp4" />`, `{{< asciinema "a.cast" >}}` */
const PLAYER = /^(?:\w*video(?:player)?|video\w*|vidstack|asciinema(?:player)?|audio(?:player)?)$/i;

function playedOf(words: string): string | undefined {
  const named = ["src", "url", "file"].map((each) => attribute(words, each));
  const own = named.find((each) => each !== undefined) ?? unnamedIn(words)[0] ?? "";
  return /^[^\s<>()]*[\w-][/.][^\s<>()]*$/.test(own) ? own : undefined;
}

function noteOf(words: string): string | undefined {
  const id = attribute(words, "id") ?? unnamedIn(words)[0] ?? "";
  const user = attribute(words, "user") ?? "i";
  return /^\d{6,20}$/.test(id) && /^\w+$/.test(user)
    ? `https://twitter.com/${user}/status/${id}`
    : undefined;
}
