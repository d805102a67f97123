/** The other way round: what the server has and our guides and runbooks do not say. */

import type { PageProblem } from "../page.ts";
import type { Catalogue, EndpointEntry } from "./catalogue.ts";
import { commandIn } from "./check-command.ts";
import { matchesPath } from "./check-names.ts";
import type { Mention } from "./mention.ts";

/** Problems stand at the line of the catalogue that nothing documents. */
export function checkCoverage(mentions: readonly Mention[], catalogue: Catalogue): PageProblem[] {
  const written = collect(mentions, catalogue);
  const missing = (line: number, reason: string): PageProblem => ({
    file: catalogue.file,
    line,
    reason: `${reason} is documented nowhere in knowledge/`,
  });
  const metrics = [...catalogue.metrics]
    .filter(
      ([name]) => !written.metrics.has(name) && !written.families.some((f) => name.startsWith(f)),
    )
    .map(([name, { line, status }]) => missing(line, `metric ${name} (${status})`));
  const options = [...catalogue.options].flatMap(([flag, { line, env, file }]) =>
    [
      ...(written.flags.has(flag) ? [] : [`option ${flag}`]),
      ...(env === undefined || written.variables.has(env) ? [] : [`variable ${env} of ${flag}`]),
      ...(file === undefined || written.keys.has(file) ? [] : [`file key ${file} of ${flag}`]),
    ].map((what) => missing(line, what)),
  );
  const endpoints = catalogue.endpoints
    .filter(({ use }) => use === "guides")
    .filter((endpoint) => !written.endpoints.some((each) => documents(each, endpoint)))
    .map(({ line, method, path }) => missing(line, `endpoint ${method} ${path}`));
  const commands = [...catalogue.commands]
    .filter(([name, { use }]) => use === "guides" && !written.commands.has(name))
    .map(([name, { line }]) => missing(line, `command streamline-cli ${name}`));
  return [...metrics, ...options, ...endpoints, ...commands];
}

/** `/reset-offsets` in prose speaks of the path that was written in full before. */
function documents({ path, method }: WrittenEndpoint, endpoint: EndpointEntry): boolean {
  const isMethod = method === undefined || endpoint.method === "ANY" || method === endpoint.method;
  return isMethod && (matchesPath(endpoint, path) || endpoint.path.endsWith(`:group${path}`));
}

interface WrittenEndpoint {
  readonly path: string;
  readonly method: string | undefined;
}

interface Written {
  readonly metrics: Set<string>;
  readonly families: string[];
  readonly flags: Set<string>;
  readonly variables: Set<string>;
  readonly keys: Set<string>;
  readonly endpoints: WrittenEndpoint[];
  readonly commands: Set<string>;
}

function collect(mentions: readonly Mention[], catalogue: Catalogue): Written {
  const written: Written = {
    metrics: new Set(),
    families: [],
    flags: new Set(),
    variables: new Set(),
    keys: new Set(),
    endpoints: [],
    commands: new Set(),
  };
  for (const mention of mentions) note(mention, written, catalogue);
  return written;
}

function note(mention: Mention, written: Written, catalogue: Catalogue): void {
  switch (mention.kind) {
    case "metric":
      if (mention.family && mention.name !== "streamline_")
        written.families.push(...neverRecorded(mention.name, catalogue));
      if (!mention.family)
        written.metrics.add(mention.name.replace(/_(?:sum|count)$/, "")).add(mention.name);
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
    case "link":
    case "expression":
      break;
  }
}

/** A family documents what never appears; what does appear must be named in full. */
function neverRecorded(family: string, { metrics }: Catalogue): string[] {
  return [...metrics].flatMap(([name, { status }]) =>
    status === "never-recorded" && name.startsWith(family) ? [name] : [],
  );
}

function noteCommand(words: readonly string[], written: Written, catalogue: Catalogue): void {
  const from = words.findIndex((_, at) => commandIn(words.slice(at), catalogue) !== undefined);
  const command = commandIn(words.slice(from), catalogue);
  if (from !== -1 && command !== undefined) written.commands.add(command);
}
