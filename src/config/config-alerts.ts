/** The parts of the YAML file that say where alerts come from and where they go. */

import { z } from "zod";
import { parseMatcher } from "../alerts/parse-matcher.ts";
import { escapedPattern, type SilenceMatcher } from "../alerts/silence.ts";
import { DAY_MS } from "../promql/duration.ts";
import { callee } from "./config-duty.ts";
import { baseUrl, channelId, labelName, millis, timeZone } from "./config-values.ts";

/** A header that says whose alerts are meant; secrets are for the environment. */
export const tenantHeaders = z
  .record(
    z.string().regex(/^[A-Za-z0-9-]{1,100}$/, "is not the name of a header"),
    z.string().regex(/^[\x20-\x7e]{0,500}$/, "must be ASCII, as a header's value"),
  )
  .refine(
    (headers) =>
      Object.keys(headers).every((name) => !/^(authorization|cookie|host|content-)/i.test(name)),
    "must not hold credentials or what belongs to the request: set ALERTMANAGER_TOKEN in the environment",
  );

/** It becomes a part of a path, and of the names of environment variables. */
const sourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be 1 to 40 lower-case letters, digits or dashes")
  .refine((name) => name !== "slack" && name !== "bot", "is a name that the bot itself uses");

export const sourceSchema = z.strictObject({
  name: sourceName,
  members: z.array(baseUrl).default([]),
  headers: tenantHeaders.default({}),
  targets: z.array(z.string()).default([]),
  grafana: baseUrl.optional(),
  every: millis(1_000, 600_000).prefault("20s"),
});

const matcher = z.string().transform((text, context): SilenceMatcher => {
  const result = parseMatcher(text);
  if (result.kind === "matcher") return result.matcher;
  context.addIssue(`${JSON.stringify(text.slice(0, 100))} ${result.problem}`);
  return z.NEVER;
});

const text = z.string();

const severity = z.string().trim().toLowerCase().min(1, "must not be empty");

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time of day such as 22:00; put it in quotes")
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

const quietHours = z
  .strictObject({ from: timeOfDay, to: timeOfDay, timeZone: timeZone.default("UTC") })
  .refine(({ from, to }) => from !== to, "needs two different times");

const mentionRule = z
  .strictObject({
    severity: z.union([severity, z.array(severity).min(1)]).optional(),
    who: z.array(callee).min(1, "must name somebody"),
    again: millis(60_000, DAY_MS).optional(),
    escalate: z
      .strictObject({
        who: z.array(callee).min(1, "must name somebody"),
        after: millis(60_000, DAY_MS),
      })
      .optional(),
    quiet: quietHours.optional(),
  })
  .transform(({ severity: named, who, again, escalate, quiet }) => ({
    who,
    ...(named === undefined ? {} : { severities: typeof named === "string" ? [named] : named }),
    ...(again === undefined ? {} : { againAfterMs: again }),
    ...(escalate === undefined ? {} : { escalate: { who: escalate.who, afterMs: escalate.after } }),
    ...(quiet === undefined ? {} : { quiet }),
  }));

export const routeSchema = z
  .strictObject({
    match: z
      .record(
        labelName,
        z.union([text, z.array(text).min(1)], "must be text; put a number in quotes"),
      )
      .default({}),
    matchers: z.array(matcher).default([]),
    sources: z.array(sourceName).optional(),
    channel: channelId,
    /** Whom its incidents call, by severity. */
    mentions: z.array(mentionRule).optional(),
    /** An alert that always fires, and how long its source may be silent. */
    heartbeat: z
      .strictObject({
        alert: z.string().min(1, "must not be empty").default("Watchdog"),
        within: millis(1_000, DAY_MS).prefault("6m"),
      })
      .optional(),
  })
  .transform(({ match, matchers, sources, heartbeat, mentions, ...rest }) => {
    const several = Object.entries(match).flatMap(([name, value]) =>
      typeof value === "string" ? [] : [oneOf(name, value)],
    );
    const single = Object.entries(match).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value] as const] : [],
    );
    const all = [...matchers, ...several];
    return {
      ...rest,
      match: Object.fromEntries(single),
      ...(all.length === 0 ? {} : { matchers: all }),
      ...(sources === undefined ? {} : { sources }),
      ...(mentions === undefined ? {} : { mentions }),
      ...(heartbeat === undefined
        ? {}
        : { heartbeat: { alert: heartbeat.alert, withinMs: heartbeat.within } }),
    };
  });

function oneOf(name: string, values: readonly string[]): SilenceMatcher {
  return { name, value: values.map(escapedPattern).join("|"), isRegex: true, isEqual: true };
}
