/** The attributes of a tag, as a site generator reads them. */

/** The value of an attribute; undefined when the tag does not have it. */
export function attribute(words: string, name: string): string | undefined {
  return attributesIn(words).find(([each]) => each === name)?.[1];
}

const ATTRIBUTE = /(?<=^|\s)([\w:-]+)=(?:"([^"]*)"|'([^']*)'|\{["'`]?([^}"'`]*)["'`]?\}|(\S+))/g;

export type Attribute = [name: string, value: string];

/** All that have a value, in their order: in quotes, in braces as a text, or bare. */
export function attributesIn(words: string): Attribute[] {
  return Array.from(words.matchAll(ATTRIBUTE), ([, name = "", double, single, braced, bare]) => [
    name,
    (double ?? single ?? braced ?? bare ?? "").replace(/&(amp;)?quot;/g, (_, sign) =>
      sign === undefined ? '"' : "&quot;",
    ),
  ]);
}

const UNNAMED = /(?<=^|\s)(?:"([^"]*)"|'([^']*)'|`([^`]*)`|([^\s"'`=]+)(?=\s|$))/g;

/** What a tag is given without a name, in its order: in quotes, or bare. */
export function unnamedIn(words: string): string[] {
  return Array.from(
    words.matchAll(UNNAMED),
    ([, double, single, tick, bare]) => double ?? single ?? tick ?? bare ?? "",
  );
}
