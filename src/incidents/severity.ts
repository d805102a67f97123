/** How bad it is, by the word that teams and tools have for it. */

import type { Incident } from "./incident.ts";

/**
 * Severities by rank, each with the words that teams and other tools have for it; what is not in the
 * table ranks below them all.
 */
const SEVERITIES = [
  "critical crit page emergency emerg fatal disaster urgent blocker p0 p1 sev0 sev1 sev-0 sev-1 s1",
  "error err major high p2 sev2 sev-2 s2",
  "warning warn minor medium moderate average p3 sev3 sev-3 s3 ticket",
  "info informational information notice low p4 p5 sev4 sev5 sev-4 sev-5 s4",
  "none debug ok",
].map((words) => words.split(" "));

const RANKS: ReadonlyMap<string, number> = new Map(
  SEVERITIES.flatMap((words, rank) => words.map((word) => [word, rank])),
);

/** The worst severity among its firing alerts, or among all when none fires. */
export function severityOf(incident: Pick<Incident, "alerts">): string {
  const firing = incident.alerts.filter((alert) => alert.status === "firing");
  const named = (firing.length > 0 ? firing : incident.alerts)
    .map((alert) => alert.labels["severity"] ?? "")
    .filter((severity) => severity !== "");
  return named.toSorted((a, b) => rankOfSeverity(a) - rankOfSeverity(b))[0] ?? "unknown";
}

/** 0 for the worst; what nobody named comes last. */
export function incidentRank(incident: Pick<Incident, "alerts">): number {
  return rankOfSeverity(severityOf(incident));
}

/** 0 for the worst; what is no severity of ours comes last. */
export function rankOfSeverity(severity: string): number {
  return RANKS.get(severity.trim().toLowerCase()) ?? SEVERITIES.length;
}
