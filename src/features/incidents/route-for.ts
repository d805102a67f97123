/** Which route takes a group of alerts. */

import { sharedLabels } from "../../alerts/shared-labels.ts";
import { hiding } from "../../alerts/silence.ts";
import type { Route } from "../../config/config.ts";
import type { Labels } from "../../exposition/sample.ts";
import type { Incident } from "../../incidents/incident.ts";

/** What of a group its route is found by. */
export interface Routed {
  readonly source: string;
  readonly groupLabels: Labels;
  readonly commonLabels: Labels;
}

/** The first route that takes the group; configuration proves that one does. */
export function routeFor(group: Routed, routes: readonly Route[]): Route {
  const labels: Labels = { ...group.commonLabels, ...group.groupLabels };
  const route = routes.find((each) => takes(each, group.source, labels));
  if (route === undefined) throw new Error("no route takes this group, not even the last one");
  return route;
}

/** The route that takes an incident as it was when it opened. */
export function routeOfIncident(
  { source, groupLabels, commonLabels, alerts }: Incident,
  routes: readonly Route[],
): Route {
  // Incidents that an earlier version wrote have none.
  const shared = commonLabels ?? sharedLabels(alerts);
  return routeFor({ source, groupLabels, commonLabels: shared }, routes);
}

function takes({ match, matchers = [], sources }: Route, source: string, labels: Labels): boolean {
  if (sources !== undefined && !sources.includes(source)) return false;
  const isSame = ([name, value]: readonly [string, string]): boolean =>
    Object.hasOwn(labels, name) && labels[name] === value;
  return Object.entries(match).every(isSame) && hiding(matchers)(labels);
}
