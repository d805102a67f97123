/** len, index and slice: what values are made of. */

import {
  bare,
  goKindOf,
  isList,
  isMap,
  printed,
  TemplateArguments,
  TemplateData,
  TemplateError,
  TemplateHtml,
  type TemplateValue,
} from "./template-value.ts";

/** len: of a text its bytes count. */
export function lengthOf(measured: TemplateValue): bigint {
  const value = bare(measured);
  if (typeof value === "string") return BigInt(Buffer.byteLength(value));
  if (isList(value)) return BigInt(value.length);
  if (isMap(value) && !(value instanceof TemplateData)) return BigInt(value.size);
  throw new TemplateError(`len of ${goKindOf(value)}`);
}

/** index: what a map, a list or a text has under a key. */
export function itemAt(from: TemplateValue, key: TemplateValue): TemplateValue {
  const value = bare(from);
  if (isMap(value) && !(value instanceof TemplateData) && typeof key === "string") {
    return value.get(key) ?? (value instanceof TemplateArguments ? null : "");
  }
  if ((isList(value) || typeof value === "string") && typeof key === "bigint") {
    // Of a text a byte, as its number.
    const items = isList(value) ? value : [...Buffer.from(value)].map(BigInt);
    const item = key < 0n ? undefined : items[Number(key)];
    if (item === undefined) throw new TemplateError(`index out of range: ${key}`);
    return item;
  }
  throw new TemplateError(`${goKindOf(value)} has no item ${printed(key)}`);
}

/** slice: of a text its bytes count. */
export function sliced(from: TemplateValue, bounds: readonly TemplateValue[]): TemplateValue {
  if (from instanceof TemplateHtml) return htmlOf(sliced(from.html, bounds));
  return slicedPlain(from, bounds);
}

function htmlOf(text: TemplateValue): TemplateValue {
  return typeof text === "string" ? new TemplateHtml(text) : text;
}

function slicedPlain(value: TemplateValue, bounds: readonly TemplateValue[]): TemplateValue {
  if (typeof value !== "string" && !isList(value))
    throw new TemplateError(`slice of ${goKindOf(value)}`);
  if (bounds.length > 2 && typeof value === "string") {
    throw new TemplateError("slice of a text takes two bounds at most");
  }
  const all = typeof value === "string" ? Buffer.from(value) : value;
  const [start = 0, end = all.length, limit = all.length] = bounds.map((bound) => {
    if (typeof bound === "bigint") return Number(bound);
    throw new TemplateError(`slice takes whole numbers, and this is ${goKindOf(bound)}`);
  });
  if (Math.max(start, end, limit) > all.length) {
    throw new TemplateError(`slice goes beyond ${all.length}`);
  }
  if (!(start >= 0 && start <= end)) throw new TemplateError(`slice from ${start} to ${end}`);
  const part = all.slice(start, end);
  return Buffer.isBuffer(part) ? part.toString() : [...part];
}
