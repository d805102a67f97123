/** A dashboard as we write it down, and the model of Grafana that it becomes. */

import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Dashboard as DashboardModel,
  type QueryVariableBuilder,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { type Panel, toBuilder } from "./panel.ts";
import { DATASOURCE, datasourceVariable } from "./variables.ts";

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Dashboard {
  /** The file's name without `.json`; the uid is `streamline-` and this. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly QueryVariableBuilder[];
  readonly rows: readonly Row[];
}

const TAG = "streamline";

export function toModel(dashboard: Dashboard): DashboardModel {
  const builder = new DashboardBuilder(dashboard.title)
    .uid(`streamline-${dashboard.name}`)
    .description(dashboard.description)
    .tags([TAG])
    .readonly()
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: "now-1h", to: "now" })
    .refresh("30s")
    .links([toOtherDashboards()])
    .annotation(firingAlerts())
    .withVariable(datasourceVariable());
  for (const variable of dashboard.variables) builder.withVariable(variable);
  for (const { title, panels } of dashboard.rows) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(toBuilder(panel));
  }
  return withIds(builder.build());
}

/** Without the variables: the job of a server is not the job of its host, nor of the bot. */
function toOtherDashboards(): DashboardLinkBuilder {
  return new DashboardLinkBuilder("Streamline")
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(true)
    .keepTime(true);
}

/** `ALERTS` is Prometheus' own; the label `service` is set by every rule in alerts/. */
function firingAlerts(): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name("Firing alerts")
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor("red")
    .expr('ALERTS{alertstate="firing",service="streamline"}');
}

/** The builder numbers nothing; links to a single panel need a number that stays. */
function withIds(model: DashboardModel): DashboardModel {
  const panels = (model.panels ?? []).map((panel, index) => ({ ...panel, id: index + 1 }));
  return { ...model, panels };
}
