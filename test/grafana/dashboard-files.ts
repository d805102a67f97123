/** The committed dashboards, read as Grafana reads them. */

import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";

const FOLDER = join(import.meta.dirname, "..", "..", "grafana");

const datasource = z.object({ type: z.string(), uid: z.string() });

const variable = z.object({
  type: z.string(),
  name: z.string(),
  label: z.string(),
  query: z.string(),
  datasource: datasource.optional(),
  multi: z.boolean(),
  includeAll: z.boolean(),
  allValue: z.string().optional(),
  refresh: z.number().optional(),
});
export type Variable = z.infer<typeof variable>;

const target = z.object({
  refId: z.string(),
  expr: z.string(),
  legendFormat: z.string(),
  datasource,
});

const panel = z.object({
  id: z.number(),
  type: z.string(),
  title: z.string().default(""),
  description: z.string().default(""),
  gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
  datasource: datasource.optional(),
  links: z.array(z.object({ title: z.string(), url: z.string() })).default([]),
  targets: z.array(target).default([]),
  fieldConfig: z
    .object({ defaults: z.object({ unit: z.string().optional() }) })
    .default({ defaults: {} }),
});
export type Panel = z.infer<typeof panel>;

const dashboard = z.object({
  uid: z.string(),
  title: z.string(),
  description: z.string(),
  editable: z.boolean(),
  tags: z.array(z.string()),
  templating: z.object({ list: z.array(variable) }),
  annotations: z.object({
    list: z.array(z.object({ name: z.string(), expr: z.string(), datasource })),
  }),
  panels: z.array(panel),
});

export type DashboardFile = z.infer<typeof dashboard> & {
  /** The file's name without `.json`. */
  readonly name: string;
  readonly text: string;
};

export function readDashboards(): DashboardFile[] {
  return globSync(join(FOLDER, "*.json"))
    .toSorted()
    .map((path) => {
      const text = readFileSync(path, "utf8");
      return { ...dashboard.parse(JSON.parse(text)), name: basename(path, ".json"), text };
    });
}

/** Panels that show something; rows only part them. */
export function panelsOf({ panels }: DashboardFile): Panel[] {
  return panels.filter(({ type }) => type !== "row");
}
