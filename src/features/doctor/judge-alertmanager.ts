/** An Alertmanager's own status -> what in it keeps alerts, or their ends, from the bot. */

import { count } from "../../block-kit/text.ts";
import { duration } from "../../block-kit/times.ts";
import {
  type AlertmanagerSettings,
  destinationsOf,
  type ReceiverSettings,
  routedReceivers,
  type WebhookSettings,
} from "./alertmanager-config.ts";
import { fine, note, type SetupCheck, unchecked, wrong } from "./setup-check.ts";

export interface AlertmanagerStatus {
  readonly address: string;
  readonly version: string;
  /** Members of its cluster, itself included; 0 without one. */
  readonly peers: number;
  /** Undefined when its configuration could not be read. */
  readonly settings: AlertmanagerSettings | undefined;
}

export interface ExpectedOfSource {
  /** Its name in the bot's configuration. */
  readonly source: string;
  /** How many members the bot's configuration names. */
  readonly members: number;
  /** Where it must send: /webhook/alertmanager, or that with the source's name. */
  readonly paths: readonly string[];
  /** Alerts that prove it alive, and how long it may be silent. */
  readonly heartbeats: readonly { readonly alert: string; readonly withinMs: number }[];
}

/** A check for each thing; what the status does not show is not checked, and said. */
export function judgeAlertmanager(
  status: AlertmanagerStatus,
  expected: ExpectedOfSource,
): SetupCheck[] {
  const place = { area: "Alertmanager", where: status.address } as const;
  const { settings } = status;
  const answers = fine(place, `answers, version ${status.version}`);
  if (settings === undefined) {
    return [answers, unchecked(place, "its configuration cannot be read from its status")];
  }
  return [
    answers,
    ...peerChecks(status, expected),
    ...receiverChecks(status.address, settings, expected),
  ];
}

function peerChecks(
  { address, peers }: AlertmanagerStatus,
  expected: ExpectedOfSource,
): SetupCheck[] {
  if (peers <= expected.members) return [];
  const key = expected.source === "default" ? "targets[].alertmanager" : "members";
  return [
    note(
      { area: "Alertmanager", where: address },
      `its cluster has ${count(peers, "member")}, but the bot knows only ${expected.members} (source ${expected.source})`,
      expected.source === "default"
        ? `Name them all: sources: [{ name: …, members: [all ${peers} addresses] }] instead of ${key}`
        : `Add the others under sources[].${key} of ${expected.source}`,
    ),
  ];
}

interface OwnReceiver {
  readonly receiver: ReceiverSettings;
  readonly webhook: WebhookSettings;
}

function receiverChecks(
  address: string,
  settings: AlertmanagerSettings,
  expected: ExpectedOfSource,
): SetupCheck[] {
  const place = { area: "Alertmanager", where: address } as const;
  const path = expected.paths[0] ?? "";
  const own = ownReceivers(settings, expected.paths);
  if (own.length === 0) {
    return [
      wrong(
        place,
        `no receiver sends to ${path}`,
        `Add to alertmanager.yml: receivers: [{ name: streamline-incident-bot, webhook_configs: [{ url: http://BOT:8080${path}, send_resolved: true, max_alerts: 1000 }] }], a route to it, and reload. alerts/alertmanager.yml shows a complete example`,
      ),
    ];
  }
  const routed = routedReceivers(settings);
  const reached = own.filter(({ receiver }) => routed.has(receiver.name));
  if (reached.length === 0) {
    const name = own[0]?.receiver.name ?? "";
    return [
      wrong(
        place,
        `no route leads to the receiver ${name}, which sends to the bot`,
        `Add to alertmanager.yml under route: routes: [{ receiver: ${name}, matchers: [job =~ "streamline.*"], continue: true }], and reload`,
      ),
    ];
  }
  const routing = { address, settings, own: reached };
  const heartbeats =
    expected.heartbeats.length > 0
      ? expected.heartbeats.flatMap((each) => heartbeatChecks(routing, each))
      : unusedHeartbeat(routing);
  return [...reached.flatMap((each) => webhookChecks(address, each)), ...heartbeats];
}

/** A secret address may be ours: its receiver counts when no other is. */
function ownReceivers(settings: AlertmanagerSettings, paths: readonly string[]): OwnReceiver[] {
  const all = settings.receivers.flatMap((receiver) =>
    (receiver.webhook_configs ?? []).map((webhook) => ({ receiver, webhook })),
  );
  const named = all.filter(({ webhook }) =>
    paths.some((path) => new RegExp(`${path}/?$`).test(webhook.url ?? "")),
  );
  return named.length > 0 ? named : all.filter(({ webhook }) => isHidden(webhook));
}

function isHidden({ url }: WebhookSettings): boolean {
  return url === undefined || /^<secret>$/i.test(url);
}

function webhookChecks(address: string, { receiver, webhook }: OwnReceiver): SetupCheck[] {
  const place = { area: "Alertmanager", where: `${address} receiver ${receiver.name}` } as const;
  const checks: SetupCheck[] = [];
  if (isHidden(webhook)) {
    checks.push(
      unchecked(
        place,
        "Alertmanager hides the address that it sends to",
        "Try it: streamline-bot doctor --send-test-alert",
      ),
    );
  }
  if (webhook.send_resolved === false) {
    checks.push(
      wrong(
        place,
        "send_resolved is off: the bot never learns that an alert is over",
        `Set send_resolved: true in the webhook_configs of ${receiver.name} in alertmanager.yml, and reload`,
      ),
    );
  }
  if ((webhook.max_alerts ?? 0) === 0) {
    checks.push(
      note(
        place,
        "max_alerts is 0, which is no limit: one notification of a storm may be too large for the bot",
        "Set max_alerts: 1000 there; the bot shows how many alerts were left out",
      ),
    );
  }
  return checks.length === 0 ? [fine(place, "sends to the bot, resolved alerts included")] : checks;
}

interface Routing {
  readonly address: string;
  readonly settings: AlertmanagerSettings;
  readonly own: readonly OwnReceiver[];
}

/** A Watchdog that arrives and that nobody waits for proves nothing. */
function unusedHeartbeat({ address, settings, own }: Routing): SetupCheck[] {
  const ways = destinationsOf(settings, { alertname: "Watchdog", severity: "none" });
  if (!ways.some(({ receiver }) => own.some((each) => each.receiver.name === receiver))) return [];
  return [
    note(
      { area: "Alertmanager", where: `${address} route of Watchdog` },
      "the bot gets Watchdog but does not wait for it: nobody notices when it stops",
      "Set heartbeat: { alert: Watchdog, within: 6m } in the bot's route. Set repeat_interval: 1m and group_interval: 1m in Alertmanager's route for Watchdog. Then the bot opens an incident when Watchdog stops",
    ),
  ];
}

function heartbeatChecks(
  { address, settings, own }: Routing,
  { alert, withinMs }: ExpectedOfSource["heartbeats"][number],
): SetupCheck[] {
  const place = { area: "Alertmanager", where: `${address} route of ${alert}` } as const;
  const destinations = destinationsOf(settings, { alertname: alert, severity: "none" });
  const ours = destinations.find(({ receiver }) =>
    own.some((each) => each.receiver.name === receiver),
  );
  if (ours === undefined) {
    const goes = destinations.map(({ receiver }) => receiver).join(", ");
    return [
      wrong(
        place,
        `${alert} goes to ${goes}, not to the bot, but the bot waits for it (routes[].heartbeat)`,
        `Add a route with continue: true for alertname = ${alert} to ${own[0]?.receiver.name ?? "the bot"} before that one, or remove heartbeat from the bot's routes`,
      ),
    ];
  }
  // Repeats are sent at the group's own turns, so that one may come a turn late.
  const everyMs = ours.repeatMs + ours.groupIntervalMs;
  if (everyMs < withinMs) {
    return [fine(place, `${alert} comes at least every ${duration(everyMs)}`)];
  }
  return [
    wrong(
      place,
      `${alert} repeats every ${duration(ours.repeatMs)}, but the bot calls its source silent after ${duration(withinMs)}`,
      `Set repeat_interval: 1m and group_interval: 1m in its route, or raise heartbeat.within`,
    ),
  ];
}
