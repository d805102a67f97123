/** The other way round: what the server has and our guides and runbooks do not say. */

import type { PageProblem } from "../knowledge/page.ts";
import type { Catalogue, EndpointEntry } from "./catalogue.ts";
import { commandIn } from "./check-command.ts";
import { matchesPath } from "./check-names.ts";
import type { Mention } from "./mention.ts";

/** Problems stand at the line of the catalogue that nothing documents. */
export function checkCoverage(mentions: readonly Mention[], catalogue: Catalogue): PageProblem[] {
  const written = collect(mentions, catalogue);
  const missing = [
    ...missingMetrics(written, catalogue),
    ...missingOptions(written, catalogue),
    ...missingEndpoints(written, catalogue),
    ...missingCommands(written, catalogue),
  ];
  return missing.map(({ line, what }) => ({
    file: catalogue.file,
    line,
    reason: `${what} is documented nowhere in knowledge/`,
  }));
}

type Missing = { readonly line: number; readonly what: string };

function missingMetrics(written: WrittenNames, { metrics }: Catalogue): Missing[] {
  return [...metrics]
    .filter(([name]) => !written.metrics.has(name))
    .map(([name, { line, status }]) => ({ line, what: `metric ${name} (${status})` }));
}

function missingOptions(written: WrittenNames, { options }: Catalogue): Missing[] {
  return [...options].flatMap(([flag, { line, env, file }]) =>
    [
      ...(written.flags.has(flag) ? [] : [`option ${flag}`]),
      ...(env === undefined || written.variables.has(env) ? [] : [`variable ${env} of ${flag}`]),
      ...(file === undefined || written.keys.has(file) ? [] : [`file key ${file} of ${flag}`]),
    ].map((what) => ({ line, what })),
  );
}

function missingEndpoints(written: WrittenNames, { endpoints }: Catalogue): Missing[] {
  return endpoints
    .filter(({ use }) => use === "guides")
    .filter((endpoint) => !written.endpoints.some((each) => documents(each, endpoint)))
    .map(({ line, method, path }) => ({ line, what: `endpoint ${method} ${path}` }));
}

function documents({ path, method }: WrittenEndpoint, endpoint: EndpointEntry): boolean {
  const isMethod = method === undefined || endpoint.method === "ANY" || method === endpoint.method;
  // `/reset-offsets` in prose speaks of a path that was written in full before.
  const tail = endpoint.path.replace(/^.*\/:\w+/, "");
  return isMethod && (matchesPath(endpoint, path) || tail === path);
}

function missingCommands(written: WrittenNames, { commands }: Catalogue): Missing[] {
  return [...commands]
    .filter(([name, { use }]) => use === "guides" && !written.commands.has(name))
    .map(([name, { line }]) => ({ line, what: `command streamline-cli ${name}` }));
}

interface WrittenEndpoint {
  readonly path: string;
  readonly method: string | undefined;
}

interface WrittenNames {
  readonly metrics: Set<string>;
  readonly flags: Set<string>;
  readonly variables: Set<string>;
  readonly keys: Set<string>;
  readonly endpoints: WrittenEndpoint[];
  readonly commands: Set<string>;
}

function collect(mentions: readonly Mention[], catalogue: Catalogue): WrittenNames {
  const written: WrittenNames = {
    metrics: new Set(),
    flags: new Set(),
    variables: new Set(),
    keys: new Set(),
    endpoints: [],
    commands: new Set(),
  };
  for (const mention of mentions) note(mention, written, catalogue);
  return written;
}

function note(mention: Mention, written: WrittenNames, catalogue: Catalogue): void {
  switch (mention.kind) {
    case "metric":
      for (const name of metricsMeant(mention, catalogue)) written.metrics.add(name);
      break;
    case "option":
      written.flags.add(mention.flag);
      break;
    case "variable":
      written.variables.add(mention.name);
      break;
    case "file-key":
      written.keys.add(mention.key);
      break;
    case "endpoint":
      written.endpoints.push({ path: mention.path, method: mention.method });
      break;
    case "command":
      noteCommand(mention.words, written, catalogue);
      break;
    case "alert":
    case "table":
    case "link":
    case "expression":
      break;
  }
}

/**
 * A family documents what never appears; what does appear must be named in full. The prefix of all
 * names documents nothing.
 */
function metricsMeant(
  { name, family }: { name: string; family: boolean },
  { metrics }: Catalogue,
): string[] {
  if (!family) return [name, name.replace(/_(?:sum|count)$/, "")];
  if (name === "streamline_") return [];
  return [...metrics].flatMap(([each, { status }]) =>
    status === "never-recorded" && each.startsWith(name) ? [each] : [],
  );
}

function noteCommand(words: readonly string[], written: WrittenNames, catalogue: Catalogue): void {
  const from = words.findIndex((_, at) => commandIn(words.slice(at), catalogue) !== undefined);
  const command = commandIn(words.slice(from), catalogue);
  if (from !== -1 && command !== undefined) written.commands.add(command);
}
