/** A name in our files against the catalogue: is it real, and may it stand where it stands? */

import { type Catalogue, type EndpointEntry, lookUp } from "./catalogue.ts";
import { checkCommand } from "./check-command.ts";
import { checkTable } from "./check-tables.ts";
import type { Mention } from "./mention.ts";
import { meaningOf, type Surface } from "./surface.ts";

/** What is wrong with the name, a sentence each. Links, alerts and PromQL are checked elsewhere. */
export function checkName(mention: Mention, surface: Surface): string[] {
  const { catalogue } = surface;
  switch (mention.kind) {
    case "metric":
      return mention.family ? checkFamily(mention, catalogue) : checkMetric(mention, surface);
    case "variable":
      return checkVariable(mention, catalogue);
    case "endpoint":
      return checkEndpoint(mention, catalogue);
    case "option":
      return checkOption(mention, surface);
    case "file-key":
      return catalogue.fileKeys.has(mention.key)
        ? []
        : [`the configuration file has no key ${mention.key}`];
    case "command":
      return checkCommand(mention.words, catalogue, maySpeakOf(mention));
    case "table":
      return checkTable(mention.fact, catalogue);
    case "alert":
    case "link":
    case "expression":
      return [];
  }
}

/** Prose and a program's output may speak of what does not exist; the rest is run by somebody. */
function maySpeakOf({ place }: Mention): boolean {
  return place === "prose" || place === "output";
}

type Named<Kind extends Mention["kind"]> = Mention & { readonly kind: Kind };

function checkMetric(mention: Named<"metric">, surface: Surface): string[] {
  const { name } = mention;
  // Expressions are checked with their selectors; here only that the name means anything.
  const meaning = meaningOf(name, surface);
  switch (meaning.kind) {
    case "unknown":
      return [`unknown metric ${name}`];
    case "not-real":
      return maySpeakOf(mention) ? [] : [`${name} does not exist: ${meaning.truth}`];
    case "bucket":
      return maySpeakOf(mention) || mention.place === "rule"
        ? []
        : [`${name} does not exist: histograms are summaries here, without buckets`];
    case "server":
      return meaning.isRecorded || mention.hedged || maySpeakOf(mention)
        ? []
        : [`no running server records ${name}; say so beside it, or leave it out`];
    case "other":
    case "own":
    case "record":
      return [];
  }
}

function checkFamily({ name }: Named<"metric">, { metrics, notReal }: Catalogue): string[] {
  const names = [...metrics.keys(), ...notReal.metrics.keys()];
  return names.some((each) => each.startsWith(name)) ? [] : [`no metric begins with ${name}`];
}

function checkVariable({ name }: Named<"variable">, { variables }: Catalogue): string[] {
  return isNamed(name, variables) ? [] : [`unknown environment variable ${name}`];
}

function checkOption(mention: Named<"option">, { catalogue, otherFlags }: Surface): string[] {
  const { flag, of } = mention;
  const { serverFlags, toolFlags, notReal } = catalogue;
  const known = of === "server" ? [serverFlags] : [serverFlags, toolFlags, otherFlags];
  if (known.some((flags) => isNamed(flag.replace(/\*$/, ""), flags))) return [];
  const truth = lookUp(notReal.options, flag);
  if (truth === undefined) return [`unknown option ${flag}`];
  return maySpeakOf(mention) ? [] : [`there is no option ${flag}: ${truth}`];
}

/** By its whole name, or, when it ends like a beginning (`STREAMLINE_OAUTH_`, `--acl-`), by that. */
function isNamed(name: string, names: ReadonlySet<string>): boolean {
  return names.has(name) || (/[_-]$/.test(name) && [...names].some((n) => n.startsWith(name)));
}

function checkEndpoint(mention: Named<"endpoint">, catalogue: Catalogue): string[] {
  const path = mention.path.replace(/(?<=.)\/$/, "");
  if (maySpeakOf(mention) && !isOfApi(path, catalogue)) return [];
  const matching = catalogue.endpoints.filter((endpoint) => matchesPath(endpoint, path));
  if (matching.length === 0) {
    const truth = lookUp(catalogue.notReal.endpoints, path);
    if (truth === undefined) return [`unknown endpoint ${path}`];
    return maySpeakOf(mention) ? [] : [`there is no endpoint ${path}: ${truth}`];
  }
  const { method } = mention;
  if (method === undefined || matching.some((each) => takes(each, method))) return [];
  return [`${path} does not take ${method}`];
}

/** A path in prose may be a file's; it is the server's when its first part is. */
function isOfApi(path: string, { endpoints, notReal }: Catalogue): boolean {
  const first = firstPart(path);
  return (
    endpoints.some((each) => firstPart(each.path) === first) ||
    [...notReal.endpoints.keys()].some((each) => firstPart(each) === first)
  );
}

function firstPart(path: string): string {
  return path.split("/")[1]?.replace(/\*$/, "") ?? "";
}

function takes({ method: own }: EndpointEntry, method: string): boolean {
  return own === "ANY" || own === method || (own === "GET" && method === "HEAD");
}

/** `*` or `...` at the end of a written path, or of a listed one, stands for anything. */
export function matchesPath({ path: listed }: EndpointEntry, written: string): boolean {
  const open = /^(.*?)(?:\*|\/?\.\.\.)$/.exec(written)?.[1];
  if (open !== undefined) return listed.startsWith(open);
  if (listed.endsWith("*")) {
    const stem = listed.slice(0, -1);
    return written.startsWith(stem) || `${written}/` === stem;
  }
  const parts = listed.split("/");
  const others = written.split("/");
  return (
    parts.length === others.length &&
    parts.every((part, at) => part === others[at] || (part.startsWith(":") && others[at] !== ""))
  );
}
