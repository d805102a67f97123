/** What a person chooses at the top of a dashboard. */

import {
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";

export const DATASOURCE = { type: "prometheus", uid: "$datasource" };

/** Every query of a dashboard selects by these. */
export const TARGET = 'cluster=~"$cluster",job=~"$job",instance=~"$instance"';

/** File systems that lie on a disk, of those that are chosen. */
export const MOUNT = `${TARGET},mountpoint=~"$mountpoint",fstype!~"tmpfs|overlay|squashfs|ramfs"`;
export function datasourceVariable(): DatasourceVariableBuilder {
  return new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus");
}

export interface TargetVariables {
  /** A series that every target of this kind has. */
  readonly marker: string;
  /** The job that the examples in alerts/ give it. */
  readonly job: string;
}

/**
 * Cluster, job and instance.
 *
 * The label `cluster` is for whoever has several; "all" also matches series without it. The job has
 * no "all": `up` exists for every job, and would show those of other programs.
 */
export function targetVariables({ marker, job }: TargetVariables): QueryVariableBuilder[] {
  const inCluster = 'cluster=~"$cluster"';
  return [
    choice("cluster", "Cluster", `label_values(${marker}, cluster)`)
      .includeAll(true)
      .allValue(".*")
      .current(ALL),
    choice("job", "Job", `label_values(${marker}{${inCluster}}, job)`)
      .allValue(".+")
      .current({ selected: true, text: [job], value: [job] }),
    choice("instance", "Instance", `label_values(${marker}{${inCluster},job=~"$job"}, instance)`)
      .includeAll(true)
      .allValue(".+")
      .current(ALL),
  ];
}

/** A further choice among a label's values, with everything chosen at first. */
export function labelVariable(name: string, label: string, series: string): QueryVariableBuilder {
  return choice(name, label, `label_values(${series}{${TARGET}}, ${name})`)
    .includeAll(true)
    .allValue(".+")
    .current(ALL);
}

const ALL = { selected: true, text: ["All"], value: ["$__all"] };

function choice(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query(query)
    .definition(query)
    .multi(true)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}
