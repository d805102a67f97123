/** Letters that a page writes as references: `&auml;`, `&#228;`. */

/** What a reference to a sign stands for, where it is a letter. */
export function letterOf(name: string): string {
  const code = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name);
  if (code !== null) {
    const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : " ";
  }
  const [, letter = "", accent = ""] =
    /^([a-zA-Z])(uml|acute|grave|circ|tilde|cedil)$/.exec(name) ?? [];
  return letter === "" ? " " : `${letter}${ACCENTS[accent] ?? ""}`.normalize("NFC");
}

const ACCENTS: Readonly<Record<string, string>> = {
  uml: "\u0308",
  acute: "\u0301",
  grave: "\u0300",
  circ: "\u0302",
  tilde: "\u0303",
  cedil: "\u0327",
};
