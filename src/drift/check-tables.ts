/** A row of a reference table against the catalogue: what belongs to an option or a metric. */

import type { Catalogue, MetricEntry, OptionEntry } from "./catalogue.ts";
import type { TableFact } from "./read-tables.ts";

/** What the row says wrongly, a sentence each; names that do not exist are found elsewhere. */
export function checkTable({ subject, name, cells }: TableFact, catalogue: Catalogue): string[] {
  if (subject === "option") {
    const option = catalogue.options.get(name);
    return option === undefined ? [] : optionProblems(name, option, cells);
  }
  const metric = catalogue.metrics.get(name);
  return metric === undefined ? [] : metricProblems(name, metric, cells);
}

type Cells = TableFact["cells"];

function optionProblems(flag: string, option: OptionEntry, cells: Cells): string[] {
  const expected: [column: string, value: string][] = [
    ["environment", option.env ?? "-"],
    ["file", option.file ?? "-"],
    ["default", option.default],
  ];
  return expected.flatMap(([column, value]) => {
    const written = cells.get(column);
    if (written === undefined || plain(written) === plain(value)) return [];
    return [`${column} of ${flag} is ${value}, not ${written}`];
  });
}

/** Guides write the unit of seconds, and "off" for a switch. */
function plain(value: string): string {
  return value === "off" ? "false" : value.replace(/ s$/, "");
}

const TYPES = { counter: "C", gauge: "G", summary: "S" } as const;

function metricProblems(name: string, { type, labels }: MetricEntry, cells: Cells): string[] {
  const written = cells.get("type, labels");
  if (written === undefined) return [];
  const letter = /^[A-Z]/.exec(written)?.[0];
  const named = /\{([^}]*)\}/.exec(written)?.[1]?.split(",") ?? [];
  const shown = named.map((label) => label.trim());
  return [
    ...(letter === TYPES[type] ? [] : [`${name} is a ${type}, not ${letter ?? "without a type"}`]),
    ...(shown.join() === labels.join()
      ? []
      : [`the labels of ${name} are {${labels.join()}}, not {${shown.join()}}`]),
  ];
}
