/** A chart within Slack's limits: every series has one point for each category, names are unique. */

import type { DataVisualizationBlock } from "./chart-block.ts";
import { LIMITS } from "./limits.ts";
import { cut } from "./text.ts";

/** Series and categories beyond the limits are left out; a chart without points is none. */
export function fitChart(block: DataVisualizationBlock): DataVisualizationBlock[] {
  const { chart } = block;
  const label = (text: string): string => cut(text === "" ? "-" : text, LIMITS.chartLabel);
  const series = chart.series
    .slice(0, LIMITS.chartSeries)
    .map(({ name, data }) => ({
      name: label(name),
      data: data
        .slice(0, LIMITS.chartPoints)
        .map((point) => ({ label: label(point.label), value: point.value })),
    }))
    .filter(({ data }) => data.length > 0);
  if (series.length === 0) return [];
  const categories = chart.axis_config.categories.slice(0, LIMITS.chartPoints).map(label);
  return [
    {
      ...block,
      title: cut(block.title, LIMITS.chartTitle),
      chart: { ...chart, series, axis_config: { ...chart.axis_config, categories } },
    },
  ];
}
