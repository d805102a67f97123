/** What only several entries of the YAML file together can get wrong. */

import { DEFAULT_SOURCE } from "../alerts/alert.ts";
import type { ConfigProblem } from "./config.ts";

/** Reads the file as it was written, so that a mistake elsewhere does not hide these until the next attempt. */
export function crossProblems(raw: unknown): ConfigProblem[] {
  return [
    ...repeatedNames("targets", list(raw, "targets")),
    ...repeatedNames("sources", list(raw, "sources")),
    ...repeatedNames("schedules", list(raw, "schedules")),
    ...unknownSchedules(raw),
    ...slackbotProblems(field(raw, "slack")),
    ...unknownNames(raw),
    ...routeProblems(list(raw, "routes")),
  ];
}

/** Targets that a source names, and sources that a route names, must be there. */
function unknownNames(raw: unknown): ConfigProblem[] {
  const nameOf = (each: unknown) => field(each, "name");
  const known = {
    targets: new Set(list(raw, "targets").map(nameOf)),
    sources: new Set([...list(raw, "sources").map(nameOf), DEFAULT_SOURCE]),
  };
  const unknownIn = (key: "sources" | "routes", what: "targets" | "sources"): ConfigProblem[] =>
    list(raw, key).flatMap((each, index) =>
      list(each, what).flatMap((name, place) =>
        known[what].has(name)
          ? []
          : [{ path: `${key}[${index}].${what}[${place}]`, message: `is not one of the ${what}` }],
      ),
    );
  return [...unknownIn("sources", "targets"), ...unknownIn("routes", "sources")];
}

/** Slackbot sends signed requests, and only in http mode is there a secret that proves them. */
function slackbotProblems(slack: unknown): ConfigProblem[] {
  if (field(slack, "slackbot") !== true || field(slack, "mode") === "http") return [];
  return [{ path: "slack.slackbot", message: "needs slack.mode: http" }];
}

/** A schedule that a route calls by must be there. */
function unknownSchedules(raw: unknown): ConfigProblem[] {
  const known = new Set(
    list(raw, "schedules").map((each) => `schedule:${String(field(each, "name"))}`),
  );
  const unknownIn = (place: unknown, path: string): ConfigProblem[] =>
    list(place, "who").flatMap((who, index) =>
      typeof who !== "string" || !who.startsWith("schedule:") || known.has(who)
        ? []
        : [{ path: `${path}.who[${index}]`, message: "is not one of the schedules" }],
    );
  return list(raw, "routes").flatMap((route, routeIndex) =>
    list(route, "mentions").flatMap((rule, index) => {
      const path = `routes[${routeIndex}].mentions[${index}]`;
      return [...unknownIn(rule, path), ...unknownIn(field(rule, "escalate"), `${path}.escalate`)];
    }),
  );
}

function repeatedNames(
  key: "targets" | "sources" | "schedules",
  entries: readonly unknown[],
): ConfigProblem[] {
  const names = entries.map((target) => {
    const name = field(target, "name");
    return typeof name === "string" ? name.toLowerCase() : "";
  });
  return names.flatMap((name, index) =>
    name === "" || names.indexOf(name) === index
      ? []
      : [
          {
            path: `${key}[${index}].name`,
            message: `repeats the name of ${key}[${names.indexOf(name)}]`,
          },
        ],
  );
}

function routeProblems(routes: readonly unknown[]): ConfigProblem[] {
  const matches = routes.map(conditionsOf);
  const problems = matches.flatMap((match, index): ConfigProblem[] => {
    const earlier = matches.slice(0, index).findIndex((each) => isWithin(each, match));
    return earlier === -1
      ? []
      : [
          {
            path: `routes[${index}]`,
            message: `is never reached: routes[${earlier}] already takes all of its alerts`,
          },
        ];
  });
  if (matches.length === 0 || matches.some((match) => match.length === 0)) return problems;
  const message = "needs a last route without match, so that no alert is lost";
  return [...problems, { path: "routes", message }];
}

/** All that a route asks for; what is written the same asks for the same. */
function conditionsOf(route: unknown): Match {
  const sources = field(route, "sources");
  return [
    ...Object.entries(field(route, "match") ?? {}).map(
      ([name, value]) => [name, JSON.stringify(value)] as const,
    ),
    ...list(route, "matchers").map((text) => ["", JSON.stringify(text)] as const),
    ...(sources === undefined ? [] : [[" sources", JSON.stringify(sources)] as const]),
  ];
}

type Match = readonly (readonly [name: string, value: unknown])[];

function isWithin(part: Match, whole: Match): boolean {
  return part.every(([name, value]) => whole.some(([n, v]) => n === name && v === value));
}

/** The value of a key, when there is one. */
export function field(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name);
  return Array.isArray(found) ? found : [];
}
