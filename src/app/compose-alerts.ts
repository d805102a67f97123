/** Where alerts come from, and what keeps incidents true: webhooks, Alertmanager's API, time. */

import { type AlertSource, allSources } from "../alerts/source.ts";
import { createAlertmanagers } from "../edges/alertmanager/alertmanagers.ts";
import { accessOfSources } from "../edges/alertmanager/source-access.ts";
import { createSourceReader } from "../edges/alertmanager/source-reader.ts";
import { followRoutes } from "../features/incidents/follow-routes.ts";
import { createOwnIncidents, OWN_SOURCE } from "../features/incidents/own-incidents.ts";
import { type ReconcilePorts, reconcileSources } from "../features/incidents/reconcile-sources.ts";
import { reportRefusals } from "../features/incidents/report-refusals.ts";
import { respondToAlerts, withoutHeartbeats } from "../features/incidents/respond-to-alerts.ts";
import { routeOfIncident } from "../features/incidents/route-for.ts";
import { watchChannels } from "../features/incidents/watch-channels.ts";
import { watchHeartbeats } from "../features/incidents/watch-heartbeats.ts";
import { watchIncidents } from "../features/incidents/watch-incidents.ts";
import { type WatchMutedPorts, watchMuted } from "../features/silences/watch-muted.ts";
import { createPlaces } from "../features/silences/where.ts";
import { watchVerdicts } from "../features/why-slow/watch-verdicts.ts";
import type { Incident } from "../incidents/incident.ts";
import type { KnowledgeAccess } from "./compose-knowledge.ts";
import type { Stores } from "./compose-store.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

export type AlertIntake = ReturnType<typeof composeAlerts>;

/** `repeated` is what the caller starts, in this order, once Slack is there. */
export function composeAlerts(
  foundation: Foundation,
  { incidents, heartbeats: heartbeatStore }: Stores,
  { knowledge, verdicts }: KnowledgeAccess,
  { memory }: TargetAccess,
) {
  const { config, log, clock, meter, changes, newId } = foundation;
  const { targets, routes } = config;
  const sources = allSources(config.sources, targets);
  const shared = { incidents, clock, log, wakeDelivery: changes.announce };
  const own = createOwnIncidents({ ...shared, newId });
  const refusals = reportRefusals({ own, clock, log, meter, channel: config.operators });
  const heartbeats = watchHeartbeats({
    own,
    heartbeats: heartbeatStore,
    routes,
    sources,
    clock,
    log,
  });
  const channelOf = (incident: Incident): string => {
    if (incident.source !== OWN_SOURCE) return routeOfIncident(incident, routes).channel;
    return heartbeats.channelOf(incident) ?? config.operators;
  };
  const posting = { ...shared, meter, newId };
  const places = { sources, targets, routes };
  const respond = respondToAlerts(
    { ...posting, doubt: (source) => reconciliation.doubt(source) },
    places,
  );
  const { alertmanagers, reconciliation, muted } = composeSources(foundation, sources, {
    ...shared,
    report: async (found) => {
      const alerting = heartbeats.leaveOut(found);
      if (alerting !== undefined) await respond(alerting);
    },
  });
  return {
    alertmanagers,
    places: createPlaces(sources, targets),
    reconciliation,
    refusals,
    respond: withoutHeartbeats(respond, { heartbeats, meter }),
    followRoutes: () => followRoutes({ ...shared, channelOf }),
    external: watchChannels({ ...posting, knowledge }, { ...places, watch: config.watch }),
    repeated: {
      "watch over incidents": watchIncidents(shared),
      "watch over verdicts": watchVerdicts({ ...shared, verdicts, memory, targets }),
      "heartbeats of the sources": heartbeats,
      "reports of refused webhooks": refusals,
      reconciliation,
      "watch over silenced incidents": muted,
    },
  };
}

/** The APIs of the sources, and what compares incidents with them. */
function composeSources(
  { clock, teardown, secrets }: Foundation,
  sources: readonly AlertSource[],
  shared: Pick<WatchMutedPorts & ReconcilePorts, "incidents" | "clock" | "log" | "wakeDelivery"> &
    Pick<ReconcilePorts, "report">,
) {
  const alertmanagers = createAlertmanagers({ access: accessOfSources(secrets.current) });
  teardown.add("alertmanagers", () => alertmanagers.close());
  const reconciliation = reconcileSources({
    ...shared,
    sources: sources.map((source) => ({
      source,
      reader: createSourceReader(source, { api: alertmanagers.members, clock }),
    })),
    random: () => Math.random(),
  });
  const muted = watchMuted({
    ...shared,
    alertmanagers,
    isReconciled: ({ source, isExternal }) => isExternal !== true && reconciliation.covers(source),
  });
  return { alertmanagers, reconciliation, muted };
}
