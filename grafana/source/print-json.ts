/** JSON as the project's formatter writes it, so that a generated file needs no second hand. */

const WIDTH = 100;

/** Lists of plain values stand in one line where they fit; everything else is one value a line. */
export function printJson(value: unknown): string {
  return `${print(value, "", 0)}\n`;
}

function print(value: unknown, indent: string, before: number): string {
  if (Array.isArray(value)) return printList(value, indent, before);
  if (typeof value === "object" && value !== null) return printObject(value, indent);
  return JSON.stringify(value);
}

function printList(list: readonly unknown[], indent: string, before: number): string {
  if (list.length === 0) return "[]";
  const inner = `${indent}  `;
  if (list.every((each) => typeof each !== "object" || each === null)) {
    const line = `[${list.map((each) => JSON.stringify(each)).join(", ")}]`;
    if (indent.length + before + line.length < WIDTH) return line;
  }
  const items = list.map((each) => inner + print(each, inner, 0));
  return `[\n${items.join(",\n")}\n${indent}]`;
}

function printObject(object: object, indent: string): string {
  const inner = `${indent}  `;
  const lines = Object.entries(object).map(([key, value]) => {
    const name = `${JSON.stringify(key)}: `;
    return inner + name + print(value, inner, name.length);
  });
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}
