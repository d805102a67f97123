/**
 * Somebody writes a link of an alert -> the incident it belongs to, as it stands now.
 *
 * Whoever reads the channel reads the preview: so it shows what may be shown to that whole channel, its
 * own incidents and those of public channels, and nothing where the writer may not ask.
 */

import type { Incident } from "../../incidents/incident.ts";
import { incidentsOfLink } from "../../incidents/linked-incidents.ts";
import { worstFirst } from "../../incidents/standing.ts";
import { DAY_MS } from "../../promql/duration.ts";
import type { CommandRates } from "../commands/rates.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Person } from "../shared/interactions.ts";
import type { IncidentCard, LinkPreview, SharedLinks } from "../shared/link-preview.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { incidentCard, renderPreview } from "./render-preview.ts";

export interface LinkPreviewPorts {
  readonly incidents: Pick<IncidentReader, "incident" | "openIncidents" | "incidentsSince">;
  readonly permission: Pick<Permission, "refusal" | "visible">;
  readonly jumpTo: JumpTo;
  readonly clock: Pick<Clock, "now">;
}

export interface LinkPreviews {
  /** One for each link that speaks of an incident which may be shown there. */
  previews(shared: SharedLinks): Promise<readonly LinkPreview[]>;
  /** One incident for one person; undefined when there is none that they may see. */
  card(id: string, person: Person): Promise<IncidentCard | undefined>;
}

/** Links of one message that are read. */
const MOST_LINKS = 5;
/** Incidents among which the one of a link is searched for: those that fire, and those of the last day. */
const MOST_OPEN = 500;
const MOST_RECENT = 200;
const RECENT_MS = DAY_MS;

/** A person who pastes more links than they may run commands gets no previews for a while. */
export function previewLinks(ports: LinkPreviewPorts, rates: CommandRates): LinkPreviews {
  const context = () => ({ nowMs: ports.clock.now(), jumpTo: ports.jumpTo });
  return {
    async previews({ person, urls }) {
      const reader: Person = { ...person, isForChannel: true };
      if (rates.take(person.user, "usual") !== undefined) return [];
      if ((await ports.permission.refusal(reader, "ask")) !== undefined) return [];
      const known = await recentIncidents(ports);
      const previews: LinkPreview[] = [];
      for (const url of [...new Set(urls)].slice(0, MOST_LINKS)) {
        const found = incidentsOfLink(url, known);
        const [first, ...others] =
          found.length === 0 ? [] : await ports.permission.visible(reader, found);
        if (first === undefined) continue;
        const card = incidentCard(first, context());
        previews.push({ url, card, message: renderPreview(first, others.length, context()) });
      }
      return previews;
    },
    async card(id, person) {
      if ((await ports.permission.refusal(person, "ask")) !== undefined) return undefined;
      const incident = await ports.incidents.incident(id);
      if (incident === undefined) return undefined;
      const [seen] = await ports.permission.visible(person, [incident]);
      return seen === undefined ? undefined : incidentCard(seen, context());
    },
  };
}

/** Those that fire, worst first, then those that are over, the latest first. */
async function recentIncidents({ incidents, clock }: LinkPreviewPorts): Promise<Incident[]> {
  const nowMs = clock.now();
  const [open, recent] = await Promise.all([
    incidents.openIncidents(MOST_OPEN),
    incidents.incidentsSince(nowMs - RECENT_MS, MOST_RECENT),
  ]);
  const over = recent.filter(({ status }) => status === "resolved");
  return [...worstFirst(open, nowMs), ...over];
}
