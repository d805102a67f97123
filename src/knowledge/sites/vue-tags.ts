/** Attributes of Vue, which computes the one and acts on the other: `<Cards :items="[…]" @click="go" />`. */

/** `:items="…"` and `v-bind:items='…'`, `:isOpen=false`, and `@click="…"`, as a page's source has them. */
const BOUND =
  /(?<=\s)(?:(v-bind:|:)([a-zA-Z][\w-]*)=(?:"([^"]*)"|'([^']*)')|:[a-zA-Z][\w-]*=[\w.]+|@[a-zA-Z][\w:.-]*=(?:"[^"]*"|'[^']*'))/g;

/** The text with such attributes as JSX writes them, `items={[…]}`, each letter in its place. */
export function withoutBindings(text: string): string {
  return text.replace(
    BOUND,
    (all, sign?: string, name = "", double?: string, single?: string): string => {
      if (sign === undefined) return all.replace(/[^\n]/g, " ");
      return `${" ".repeat(sign.length)}${name}={${double ?? single ?? ""}}`;
    },
  );
}
