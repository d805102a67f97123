/** Keys of PyMdown Extensions, `++ctrl+alt+"x"++`, and of markdown-it-kbd, `[[Ctrl+F]]`. Source: their manuals. */

const KEY = String.raw`(?:[a-z\d]{1,12}(?:-[a-z\d]{1,12}){0,3}|"[^"+\n]{1,20}")`;
export const KEYS = new RegExp(String.raw`(?<![\w+])\+\+(${KEY}(?:\+${KEY})*)\+\+(?![\w+])`, "g");
const NAMED =
  /^(?:ctrl|control|alt|shift|cmd|command|win|windows|meta|super|option|enter|return|esc|escape|tab|space|del|delete|backspace|home|end|insert|page-(?:up|down)|arrow-\w+|up|down|left|right|f\d{1,2}|".*")$/;

/** One piece of code, `Ctrl+Alt+X`; what has no key's name is text, such as `++i++`. */
export function keysInCode(written: string, keys: string): string {
  const names = keys.split("+");
  if (!names.some((name) => NAMED.test(name))) return written;
  const shown = names.map((name) => {
    const words = name.replace(/"/g, "");
    return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
  });
  return `\`${shown.join("+")}\``;
}

/** Alone, most of these are names of pages, too: `[[Home]]`, `[[Space]]`. */
const LONE_KEY = /^(?:Ctrl|Cmd|Esc|Escape|Enter|Backspace|F\d{1,2})$/;

/** What stands in brackets, as code when it is keys that are pressed. */
export function typedKeys(words: string): string | undefined {
  const names = words.split(/(?<=\w)[+-]/);
  const isKey = (name: string): boolean => NAMED.test(name.toLowerCase()) || /^\S$/.test(name);
  const isCombined = names.length > 1 && NAMED.test(names[0]?.toLowerCase() ?? "");
  if (!LONE_KEY.test(words) && !(isCombined && words.includes("+") && names.every(isKey)))
    return undefined;
  return `\`${words}\``;
}
