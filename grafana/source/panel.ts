/** A panel as we write it down, and the panel of Grafana that it becomes. */

import type * as cog from "@grafana/grafana-foundation-sdk/cog";
import * as common from "@grafana/grafana-foundation-sdk/common";
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DashboardLinkBuilder,
  DashboardLinkType,
  MappingType,
  type Panel as PanelModel,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type ValueMap,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as GraphBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { DATASOURCE } from "./variables.ts";

export interface Query {
  readonly expr: string;
  /** Grafana's template for the name of a series, such as `{{group}}`. */
  readonly legend: string;
}

interface Threshold {
  readonly from: number;
  readonly color: "green" | "yellow" | "orange" | "red";
}

export interface Panel {
  /** A line per series over time, or the last values as large numbers. */
  readonly kind: "graph" | "stat";
  readonly title: string;
  /** What it shows, what is good, and what it does not show. */
  readonly description: string;
  /** Grafana's id of the unit. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Where to read on: paths below knowledge/ with an anchor, the first one first. */
  readonly read: readonly string[];
  /** Of 24 columns. A graph has 12 and a stat 4 when left out. */
  readonly width?: number;
  /** The colour below the first threshold is green. */
  readonly thresholds?: readonly Threshold[];
  readonly stacked?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  /** What a value means, where it is no quantity. */
  readonly names?: Readonly<Record<string, Readonly<{ text: string; color: string }>>>;
  /** What to say while there is no series. */
  readonly none?: string;
}

const REPOSITORY = "https://github.com/streamline-incident-bot/streamline-incident-bot/blob/main/";

const HEIGHTS = { graph: 8, stat: 4 } as const;
const WIDTHS = { graph: 12, stat: 4 } as const;

/** The builder of the panel; ids and places are given by the dashboard. */
export function toBuilder(panel: Panel): cog.Builder<PanelModel> {
  const builder = panel.kind === "graph" ? graphOf(panel) : statOf(panel);
  builder
    .title(panel.title)
    .description(panel.description)
    .datasource(DATASOURCE)
    .unit(panel.unit)
    .height(HEIGHTS[panel.kind])
    .span(panel.width ?? WIDTHS[panel.kind])
    .thresholds(thresholdsOf(panel))
    .links(panel.read.map(linkTo))
    .targets(panel.queries.map(targetOf));
  if (panel.min !== undefined) builder.min(panel.min);
  if (panel.max !== undefined) builder.max(panel.max);
  if (panel.decimals !== undefined) builder.decimals(panel.decimals);
  if (panel.none !== undefined) builder.noValue(panel.none);
  if (panel.names !== undefined) builder.mappings([mappingOf(panel.names)]);
  return builder;
}

function graphOf(panel: Panel): GraphBuilder {
  const hasLines = (panel.thresholds ?? []).length > 0;
  return new GraphBuilder()
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(panel.stacked === true ? 30 : 10)
    .stacking(
      new common.StackingConfigBuilder().mode(
        panel.stacked === true ? StackingMode.Normal : StackingMode.None,
      ),
    )
    .thresholdsStyle(
      new common.GraphThresholdsStyleConfigBuilder().mode(
        hasLines ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off,
      ),
    )
    .tooltip(
      new common.VizTooltipOptionsBuilder()
        .mode(TooltipDisplayMode.Multi)
        .sort(SortOrder.Descending),
    )
    .legend(
      new common.VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(["lastNotNull", "max"]),
    );
}

function statOf(panel: Panel): StatBuilder {
  const isColoured = panel.thresholds !== undefined || panel.names !== undefined;
  return new StatBuilder()
    .graphMode(BigValueGraphMode.None)
    .colorMode(isColoured ? BigValueColorMode.Background : BigValueColorMode.None)
    .reduceOptions(new common.ReduceDataOptionsBuilder().values(false).calcs(["lastNotNull"]));
}

function thresholdsOf({ thresholds = [] }: Panel): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps([
      { value: null, color: "green" },
      ...thresholds.map(({ from, color }) => ({ value: from, color })),
    ]);
}

function mappingOf(names: NonNullable<Panel["names"]>): ValueMap {
  return {
    type: MappingType.ValueToText,
    options: Object.fromEntries(
      Object.entries(names).map(([value, { text, color }], index) => [
        value,
        { text, color, index },
      ]),
    ),
  };
}

function linkTo(path: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(titleOf(path))
    .type(DashboardLinkType.Link)
    .url(`${REPOSITORY}knowledge/${path}`)
    .targetBlank(true);
}

/** `runbooks/StreamlineDown.md` is a runbook; `MONITORING.md#what-to-watch` a part of a guide. */
function titleOf(path: string): string {
  const runbook = /^runbooks\/(\w+)\.md/.exec(path)?.[1];
  if (runbook !== undefined) return `Runbook: ${runbook}`;
  const [, guide = "", anchor = ""] = /^(\w+)\.md#?(.*)$/.exec(path) ?? [];
  const words = anchor.replaceAll("-", " ");
  return `${guide.charAt(0)}${guide.slice(1).toLowerCase()}${words === "" ? "" : `: ${words}`}`;
}

function targetOf({ expr, legend }: Query, index: number): DataqueryBuilder {
  return new DataqueryBuilder()
    .refId(String.fromCharCode("A".charCodeAt(0) + index))
    .datasource(DATASOURCE)
    .expr(expr)
    .legendFormat(legend)
    .range();
}
