/** The values a configuration file is written in: durations, sizes, addresses. */

import { z } from "zod";
import { hostPortMistake, httpMistake } from "./address-mistakes.ts";

type Units = ReadonlyMap<string, number>;

const DURATION_UNITS: Units = new Map([
  ["ms", 1],
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

const SIZE_UNITS: Units = new Map([
  ["B", 1],
  ["kB", 1000],
  ["MB", 1000 ** 2],
  ["GB", 1000 ** 3],
  ["KiB", 1024],
  ["MiB", 1024 ** 2],
  ["GiB", 1024 ** 3],
]);

/** A duration such as `500ms`, `2s` or `5m`, within limits; out comes milliseconds. */
export function millis(least: number, most: number): z.ZodType<number, string> {
  const example = "500ms, 2s or 5m";
  return quantity({ units: DURATION_UNITS, name: "duration", example, least, most, unit: "ms" });
}

/** A size such as `64MiB` or `8MB`, within limits; out comes bytes. */
export function size(least: number, most: number): z.ZodType<number, string> {
  return quantity({
    units: SIZE_UNITS,
    name: "size",
    example: "512KiB, 8MB or 64MiB",
    least,
    most,
    unit: "bytes",
  });
}

interface Quantity {
  readonly units: Units;
  readonly name: string;
  readonly example: string;
  readonly least: number;
  readonly most: number;
  readonly unit: string;
}

function quantity(options: Quantity): z.ZodType<number, string> {
  const { units, name, least, most } = options;
  const read = z.string(`must be text such as ${options.example}`).transform((text, context) => {
    const [, amount, unit = ""] = QUANTITY.exec(text.trim()) ?? [];
    const factor = units.get(unit);
    if (factor === undefined) {
      context.addIssue(`"${text}" is not a value such as ${options.example}`);
      return z.NEVER;
    }
    const value = Math.round(Number(amount) * factor);
    if (value < least || value > most) {
      context.addIssue(`"${text}" is out of range: ${least} to ${most} ${options.unit}`);
      return z.NEVER;
    }
    return value;
  });
  // For the JSON schema, which cannot do the arithmetic.
  const title = `${name} from ${written(least, units)} to ${written(most, units)}`;
  return read.meta({
    title,
    pattern: `^\\s*\\d+(\\.\\d+)?\\s*(${[...units.keys()].join("|")})\\s*$`,
  });
}

const QUANTITY = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/;

/** In the largest unit of which it is a whole number. */
function written(value: number, units: Units): string {
  const whole = [...units].filter(([, factor]) => value % factor === 0);
  const [unit, factor] = whole.toSorted((a, b) => b[1] - a[1])[0] ?? ["", 1];
  return `${value / factor}${unit}`;
}

const LAST_PORT = 65_535;

/** `host:port` for a listener; port 0 asks the system for a free one. */
export const listenAddress: z.ZodType<{ host: string; port: number }, string> = z
  .string()
  .transform((text, context) => {
    const match = /^(\[[0-9a-fA-F:]+\]|[^\s:]+):(\d{1,5})$/.exec(text.trim());
    const port = Number(match?.[2]);
    if (match?.[1] === undefined || port > LAST_PORT) {
      context.addIssue(`"${text}" is not an address such as 0.0.0.0:8080`);
      return z.NEVER;
    }
    return { host: match[1].replace(/^\[|\]$/g, ""), port };
  });

/** Where Streamline listens, for examples. */
const HTTP_PORT = 9094;
const KAFKA_PORT = 9092;

/** `host:port` to connect to, as in `broker-1:9092` or `[::1]:9092`. */
export const hostPort: z.ZodType<string, string> = z.string().superRefine((text, context) => {
  const port = /^(?:[^\s:/@]+|\[[0-9a-fA-F:]+\]):(\d{1,5})$/.exec(text)?.[1];
  if (port !== undefined && Number(port) > 0 && Number(port) <= LAST_PORT) return;
  const mistake = hostPortMistake(text, KAFKA_PORT);
  context.addIssue(mistake ?? `must be host:port, with a port from 1 to ${LAST_PORT}`);
});

/**
 * The base address of an HTTP API; out it comes without a trailing slash, so that paths can be put
 * behind it. One that carries a password is refused: addresses are shown to people.
 */
export const baseUrl: z.ZodType<string, string> = z.string().transform((text, context) => {
  const mistake = httpMistake(text, HTTP_PORT);
  if (mistake !== undefined) {
    context.addIssue(mistake);
    return z.NEVER;
  }
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    const whole = `http://${text}`;
    const meant =
      /^[^\s/]+(?::\d+)?(?:\/|$)/.test(text) && URL.canParse(whole) ? `: write ${whole}` : "";
    context.addIssue(`must be an address such as http://10.0.0.5:9094${meant}`);
    return z.NEVER;
  }
  if (url.username !== "" || url.password !== "") {
    context.addIssue("must not carry a user or password");
  }
  // A lone "?" or "#" leaves no trace in the parts of the URL.
  if (/[?#]/.test(text)) context.addIssue("must not carry a query or fragment");
  return url.href.replace(/\/+$/, "");
});

/** Two underscores begin the names that Prometheus keeps for itself and never sends. */
export const labelName: z.ZodType<string, string> = z
  .string()
  .regex(/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/);

export const channelId: z.ZodType<string, string> = z
  .string()
  .regex(/^[CGD][A-Z0-9]{2,}$/, "is not a channel id such as C0123ABCD (Slack: channel details)");

export const userId: z.ZodType<string, string> = z
  .string()
  .regex(/^[UW][A-Z0-9]{2,}$/, "is not a user id such as U0123ABCD");

export const groupId: z.ZodType<string, string> = z
  .string()
  .regex(/^S[A-Z0-9]{2,}$/, "is not a user group id such as S0123ABCD");

export const timeZone: z.ZodType<string, string> = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name }).format(0);
    return true;
  } catch {
    return false;
  }
}, "is not a time zone such as Europe/Berlin or UTC");
