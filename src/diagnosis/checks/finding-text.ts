/**
 * The sentence of a finding, from its template.
 *
 * The syntax is Prometheus's own for annotations, as far as a finding needs it:
 * `{{ $value }}`, `{{ $labels.topic }}`, `{{ $values.eta | humanizeDuration }}`; and `[write was|writes
 * were]` is the first where the number before it is 1, else the second. A template can do nothing else,
 * so whoever may write a runbook can write a check.
 */

import { type Labels, labelValue } from "../../exposition/sample.ts";
import { spanText } from "../span-text.ts";

export interface Numbers {
  readonly value: number;
  readonly labels: Labels;
  /** The check's `values`, by name; one whose expression found nothing is missing. */
  readonly values: Readonly<Record<string, number>>;
}

const SLOT = /\{\{([^{}]*)\}\}/g;
/** A slot, or the words for one and for many. */
const PARTS = /\{\{([^{}]*)\}\}|\[([^[\]|]{1,60})\|([^[\]|]{1,60})\]/g;
const CONTENT = /^\s*\$(value|labels\.([A-Za-z_]\w*)|values\.([A-Za-z_]\w*))\s*(?:\|\s*(\w+)\s*)?$/;

/** What stands for a label that is not there. */
export const NO_LABEL = "(none)";

/** What a number without a figure is called in a sentence. */
const NO_FIGURE = "an unknown number";

const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  humanize: (value) => scaled(value, { step: 1000, units: ["", "k", "M", "G", "T", "P"] }),
  humanize1024: (value) => scaled(value, { step: 1024, units: ["", "Ki", "Mi", "Gi", "Ti", "Pi"] }),
  humanizeDuration: (value) => (value === 0 ? "0 s" : spanText(value)),
  humanizePercentage: (value) => `${significant(value * 100)}%`,
};

/** Fills a template that `templateProblem` found nothing wrong with. */
export function fillTemplate(template: string, numbers: Numbers): string {
  let number = "";
  return template.replace(PARTS, (part, content?: string, one = "", many = "") => {
    if (content === undefined) return number === "1" ? one : many;
    const match = CONTENT.exec(content);
    if (match === null) return part;
    const [, , label, name, format] = match;
    if (label !== undefined) return labelValue(numbers.labels, label) || NO_LABEL;
    number = numberText(name === undefined ? numbers.value : numbers.values[name], format);
    return number;
  });
}

/** What is wrong with a template, as a sentence; undefined when nothing is. */
export function templateProblem(
  template: string,
  valueNames: readonly string[],
): string | undefined {
  for (const [slot, content = ""] of template.matchAll(SLOT)) {
    const match = CONTENT.exec(content);
    if (match === null) {
      return `${slot} is not known: there are $value, $labels.NAME and $values.NAME`;
    }
    const [, , label, name, format] = match;
    if (format !== undefined && !Object.hasOwn(FORMATS, format)) {
      return `${slot}: there is no function ${format}, but ${Object.keys(FORMATS).join(", ")}`;
    }
    if (label !== undefined && format !== undefined) return `${slot}: a label is not a number`;
    if (name !== undefined && !valueNames.includes(name)) {
      return `${slot}: the check has no value named ${name}`;
    }
  }
  const rest = template.replace(SLOT, "");
  return /\{\{|\}\}/.test(rest) ? "a pair of braces is not closed" : undefined;
}

function numberText(value: number | undefined, format: string | undefined): string {
  if (value === undefined || Number.isNaN(value)) return NO_FIGURE;
  if (!Number.isFinite(value)) return value > 0 ? "infinitely many" : "-infinity";
  const write = format === undefined ? undefined : FORMATS[format];
  return write === undefined ? significant(value) : write(value);
}

function scaled(
  value: number,
  { step, units }: { step: number; units: readonly string[] },
): string {
  let left = value;
  let unit = units[0] ?? "";
  for (const next of units.slice(1)) {
    if (Math.abs(left) < step) break;
    left /= step;
    unit = next;
  }
  return `${significant(left)}${unit}`;
}

/** Three digits say all that a person acts on; whole numbers stay whole. */
function significant(value: number): string {
  const digits = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return digits.toLocaleString("en-US", { maximumFractionDigits: 6 });
}
