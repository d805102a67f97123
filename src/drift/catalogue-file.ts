/** The shape of a catalogue file. */

import { z } from "zod";

const source = z.string().min(1);
const use = z.enum(["guides", "other"]);
const truths = z.record(z.string(), z.string().min(1));

/** A catalogue file as it is written; a line `source` says where each entry was read. */
export const catalogueFile = z.strictObject({
  version: z.string(),
  releases: z.array(z.string()).min(1),
  "label-values": z.record(z.string(), z.array(z.string())),
  metrics: z.record(
    z.string(),
    z.strictObject({
      type: z.enum(["counter", "gauge", "summary"]),
      labels: z.array(z.string()).default([]),
      status: z.enum(["recorded", "never-recorded"]),
      always: z.boolean().default(false),
      twin: z.boolean().default(false),
      source,
    }),
  ),
  endpoints: z.array(
    z.strictObject({
      method: z.enum(["GET", "POST", "PUT", "DELETE", "ANY"]),
      path: z.string().startsWith("/"),
      feature: z.string(),
      use,
      source,
    }),
  ),
  options: z.record(
    z.string().startsWith("--"),
    z.strictObject({
      short: z.string().optional(),
      env: z.string().optional(),
      file: z.string().optional(),
      default: z.string(),
      effect: z.enum(["works", "inert"]),
      feature: z.string().optional(),
      source,
    }),
  ),
  "file-keys-without-option": z.array(z.string()),
  environment: z.record(z.string(), z.strictObject({ source })),
  placeholders: z.array(z.string()),
  "cli-flags-before": z.array(z.string()),
  "cli-flags": z.array(z.string()),
  commands: z.record(
    z.string(),
    z.strictObject({
      flags: z.array(z.string()).default([]),
      effect: z.enum(["works", "stub"]),
      feature: z.string().optional(),
      use,
      source,
    }),
  ),
  "not-real": z.strictObject({
    metrics: truths,
    endpoints: truths,
    options: truths,
    commands: truths,
  }),
});

export type CatalogueFile = z.infer<typeof catalogueFile>;
