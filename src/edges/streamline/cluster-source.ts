/**
 * Leader, term, voters and members, where the server is a cluster's node.
 *
 * A single node and the usual build have no such endpoint (streamline-facts 1.5); that is
 * remembered and asked again rarely.
 */

import { clusterSeries, memberSeries } from "../../diagnosis/checks/own-series.ts";
import { API } from "../../diagnosis/health/api-answers.ts";
import type { Target } from "../../diagnosis/target.ts";
import { ask, type Source } from "./source.ts";
import type { TargetClient } from "./target-client.ts";

export interface ClusterSourceOptions {
  readonly poll: Pick<TargetClient, "get">;
  readonly target: Target;
  /** How long to leave a server alone that has no cluster status. */
  readonly absentForMs: number;
}

/** A source of samples; it never throws, and has none where the endpoints are absent. */
export function createClusterSource(options: ClusterSourceOptions): Source {
  let absentSinceMs = Number.NEGATIVE_INFINITY;
  return {
    async sample({ atMs }) {
      if (atMs - absentSinceMs < options.absentForMs) return [];
      const status = await ask(options, "/api/v1/cluster/status", API.clusterStatus);
      if (status.kind === "absent") absentSinceMs = atMs;
      if (status.kind !== "value") return [];
      const members = await ask(options, "/api/v1/cluster/members", API.clusterMembers);
      return [
        ...clusterSeries(status.value),
        ...(members.kind === "value" ? memberSeries(members.value) : []),
      ];
    },
  };
}
