/** `alerts [firing|silenced|acknowledged] [TARGET]`: what is open, worst first. */

import type { Incident } from "../../incidents/incident.ts";
import { standingOf, worstFirst } from "../../incidents/standing.ts";
import type { Asking, CommandRow, CommandWords, ParsedWords } from "../commands/command-row.ts";
import { type KnownNames, SPOKEN_PARTS, type SpokenForm, spoken } from "../commands/plain-words.ts";
import type { JumpTo } from "../incidents/incident-lines.ts";
import type { IncidentReader } from "../incidents/incident-ports.ts";
import type { Permission } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import { type AlertList, type AlertState, renderAlerts } from "./render-alerts.ts";

export interface AlertsOptions {
  readonly state?: AlertState;
  readonly page: number;
}

export type AlertsAnswer = Omit<AlertList, "jumpTo">;

/** Concludes the open incidents that the person may see, and how many others there are. */
export function alertsCommand(ports: AlertsPorts): CommandRow<AlertsOptions, AlertsAnswer> {
  return {
    name: "alerts",
    usage: "alerts [firing|silenced|acknowledged] [TARGET]",
    about: "open incidents, worst first, and who is on them",
    group: "Incidents",
    right: "ask",
    target: "optional",
    reads: { kind: "names", names: ["target"] },
    options: ["state", "page"],
    keyOf: (word) => (stateOf(word) === undefined ? undefined : "state"),
    parse: parseAlerts,
    spoken: FORMS,
    run: (options, asking) => listAlerts(ports, options, asking),
    render: (answer) => renderAlerts({ ...answer, jumpTo: ports.jumpTo }),
  };
}

function parseAlerts({ values }: CommandWords): ParsedWords<AlertsOptions> {
  const { page = 1 } = values;
  if (values.state === undefined) return { kind: "options", options: { page } };
  const state = stateOf(values.state);
  if (state !== undefined) return { kind: "options", options: { page, state } };
  const problem = `state:${values.state} must be firing, silenced or acknowledged`;
  return { kind: "not-understood", problem };
}

const STATES: ReadonlyMap<string, AlertState> = new Map([
  ["firing", "firing"],
  ["silenced", "silenced"],
  ["acknowledged", "acknowledged"],
  ["acked", "acknowledged"],
]);

function stateOf(word: string): AlertState | undefined {
  return STATES.get(word.toLowerCase());
}

/** More open incidents than this are counted as "or more". */
const MOST = 1_000;

export interface AlertsPorts {
  readonly incidents: Pick<IncidentReader, "openIncidents">;
  readonly clock: Pick<Clock, "now">;
  readonly jumpTo: JumpTo;
  readonly permission: Pick<Permission, "visible">;
}

async function listAlerts(
  { incidents, clock, permission }: AlertsPorts,
  { state, page }: AlertsOptions,
  { person, target }: Asking,
): Promise<AlertsAnswer> {
  const nowMs = clock.now();
  const open = await incidents.openIncidents(MOST);
  const seen = await permission.visible(person, open);
  const own = seen.filter((each) => target === undefined || each.target === target.name);
  const shown = own.filter((incident) => isIn(incident, state, nowMs));
  return {
    incidents: worstFirst(shown, nowMs),
    others: own.length - shown.length,
    isMore: open.length === MOST,
    page,
    nowMs,
    ...(state === undefined ? {} : { state }),
    ...(target === undefined ? {} : { target: target.name }),
  };
}

/** What is acknowledged goes on firing; what is silenced is reported to nobody. */
function isIn(incident: Incident, state: AlertState | undefined, nowMs: number): boolean {
  const standing = standingOf(incident, nowMs);
  switch (state) {
    case undefined:
      return true;
    case "firing":
      return standing !== "silenced";
    case "silenced":
      return standing === "silenced";
    case "acknowledged":
      return incident.acknowledged !== undefined;
  }
}

const STATE = "(?<state>firing|silenced|acknowledged|acked|open|active|current)";

const FORMS: readonly SpokenForm[] = [
  spoken(
    `(?:what|which alerts?|which incidents?|what alerts?|what incidents?) (?:is|are) ${STATE}${SPOKEN_PARTS.onTarget}`,
    alertsOf,
  ),
  spoken(
    `(?:what is|is (?:anything|something)) (?:alerting|on fire|burning)${SPOKEN_PARTS.onTarget}`,
    alertsOf,
  ),
  spoken(
    `(?:is|are) (?:anything|something|there (?:any(?:thing)? )?(?:alerts?|incidents?)?) ?${STATE}${SPOKEN_PARTS.onTarget}`,
    alertsOf,
  ),
  spoken(
    `(?:are there )?any (?:open |active |firing )?(?:alerts|incidents)${SPOKEN_PARTS.onTarget}`,
    alertsOf,
  ),
  spoken(
    `(?:show|list|give)(?: me)?(?: all| the| all the| all of the)?(?: ${STATE})? (?:alerts|incidents)${SPOKEN_PARTS.onTarget}`,
    alertsOf,
  ),
  spoken(
    `(?:what|which) (?:alerts|incidents) (?:do we have|are there)${SPOKEN_PARTS.onTarget}`,
    alertsOf,
  ),
  spoken(
    "who (?:has|is on|works on|is working on) (?:what|which alerts?|which incidents?)",
    () => "alerts acknowledged",
  ),
];

/** "what is firing on orders" is about a target; another place is not known here. */
function alertsOf(
  { state = "", target }: Readonly<Record<string, string>>,
  known: KnownNames,
): string | undefined {
  if (target !== undefined && !known.isTarget(target)) return undefined;
  const own = state.toLowerCase();
  const shown = own.startsWith("ack") ? "acknowledged" : own === "silenced" ? "silenced" : "";
  return `alerts ${shown} ${target ?? ""}`.replace(/\s+/g, " ");
}
