/** The alerts that the panel can send to the bot, as Alertmanager would. */

import type { ControlAlert } from "../slack/page-protocol.ts";

type SentStatus = "firing" | "resolved";

interface PretendedAlertsProps {
  readonly alerts: readonly ControlAlert[];
  /** Who sends them, in words. */
  readonly about: string;
  readonly onSend: (alert: ControlAlert, status: SentStatus) => void;
}

/** The list of alerts, each with buttons to fire and to resolve it. */
export function PretendedAlerts({ alerts, about, onSend }: PretendedAlertsProps) {
  return (
    <section aria-labelledby="panel-alerts">
      <h3 id="panel-alerts">Alerts</h3>
      <p className="quiet">{about}</p>
      <ul className="panel-list">
        {alerts.map((alert) => (
          <li key={alert.name}>
            <AlertRow alert={alert} onSend={(status) => onSend(alert, status)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AlertRowProps {
  readonly alert: ControlAlert;
  readonly onSend: (status: SentStatus) => void;
}

function AlertRow({ alert, onSend }: AlertRowProps) {
  const isFiring = alert.status === "firing";
  return (
    <div className="panel-row">
      <div className="panel-text">
        <strong>{alert.name}</strong> <span className="severity">{alert.severity}</span>
        <p>{alert.summary}</p>
      </div>
      <button
        type="button"
        className="button"
        data-style={isFiring ? "" : "warn"}
        aria-label={`${isFiring ? "Resolve" : "Fire"} ${alert.name}`}
        onClick={() => onSend(isFiring ? "resolved" : "firing")}
      >
        {isFiring ? "Resolve" : "Fire"}
      </button>
    </div>
  );
}
