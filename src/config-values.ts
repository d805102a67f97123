/** The values a configuration file is written in: durations, sizes, addresses. */

import { z } from "zod";

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const SIZE_UNITS: Readonly<Record<string, number>> = {
  B: 1,
  kB: 1000,
  MB: 1000 ** 2,
  GB: 1000 ** 3,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** A duration such as `500ms`, `2s` or `5m`, within limits; out comes milliseconds. */
export function millis(least: number, most: number): z.ZodType<number, string> {
  return quantity({ units: DURATION_UNITS, example: "500ms, 2s or 5m", least, most, unit: "ms" });
}

/** A size such as `64MiB` or `8MB`, within limits; out comes bytes. */
export function size(least: number, most: number): z.ZodType<number, string> {
  return quantity({
    units: SIZE_UNITS,
    example: "512KiB, 8MB or 64MiB",
    least,
    most,
    unit: "bytes",
  });
}

interface Quantity {
  readonly units: Readonly<Record<string, number>>;
  readonly example: string;
  readonly least: number;
  readonly most: number;
  readonly unit: string;
}

function quantity(options: Quantity): z.ZodType<number, string> {
  return z.string(`must be text such as ${options.example}`).transform((text, context) => {
    const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]+)$/.exec(text.trim());
    const factor = match?.[2] === undefined ? undefined : options.units[match[2]];
    if (match === null || factor === undefined) {
      context.addIssue(`"${text}" is not a value such as ${options.example}`);
      return z.NEVER;
    }
    const value = Number(match[1]) * factor;
    if (value < options.least || value > options.most) {
      context.addIssue(
        `"${text}" is out of range: ${options.least} to ${options.most} ${options.unit}`,
      );
      return z.NEVER;
    }
    return value;
  });
}

/** `host:port` for a listener; port 0 asks the system for a free one. */
export const listenAddress: z.ZodType<{ host: string; port: number }, string> = z
  .string()
  .transform((text, context) => {
    const match = /^(\[[0-9a-fA-F:]+\]|[^\s:]+):(\d{1,5})$/.exec(text.trim());
    const port = Number(match?.[2]);
    if (match?.[1] === undefined || port > 65_535) {
      context.addIssue(`"${text}" is not an address such as 0.0.0.0:8080`);
      return z.NEVER;
    }
    return { host: match[1].replace(/^\[|\]$/g, ""), port };
  });

/** Refuses what is no http(s) address, or one that carries a password. */
export function isUrl(text: string, context: z.core.$RefinementCtx<string>): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    context.addIssue("must be an address such as http://10.0.0.5:9094");
  } else if (url.username !== "" || url.password !== "") {
    context.addIssue("must not carry a user or password");
  } else if (url.search !== "" || url.hash !== "") {
    context.addIssue("must not carry a query or fragment");
  }
}
