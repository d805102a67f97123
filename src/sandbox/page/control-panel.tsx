/** The panel of the simulated server: what is wrong with it, and which alerts it raises. */

import { useEffect, useState } from "react";
import type { ControlAlert, ControlFault, PageControls } from "../slack/page-protocol.ts";
import { Icon } from "./icons.tsx";
import { usePage } from "./page-context.tsx";
import { panelTitle, whoSends } from "./panel-words.ts";
import { type OpenTour, Tour } from "./tour.tsx";
import { whenItFires } from "./when-it-fires.ts";

/** As in style/narrow.css: the panel covers the messages. */
const NARROW = "(max-width: 900px)";

const EMPTY: PageControls = { faults: [], alerts: [] };

const KINDS: readonly { readonly kind: ControlFault["kind"]; readonly title: string }[] = [
  { kind: "fault", title: "Something is wrong" },
  { kind: "evidence", title: "The evidence is spoiled" },
  { kind: "control", title: "Nothing is wrong" },
];

interface ControlPanelProps {
  readonly tour: OpenTour;
  readonly onClose: () => void;
}

export function ControlPanel({ tour, onClose }: ControlPanelProps) {
  const { api, page, announce } = usePage();
  const [controls, setControls] = useState<PageControls>(EMPTY);
  const [problem, setProblem] = useState("");
  const [wanted, setWanted] = useState("");

  useEffect(() => {
    const load = () => void api.controls().then(setControls, () => undefined);
    load();
    // Others may switch the same server: another tab, or a test.
    const timer = setInterval(load, 3_000);
    return () => clearInterval(timer);
  }, [api]);

  const attempt = async (change: () => Promise<Partial<PageControls>>, done: string) => {
    setProblem("");
    try {
      const changed = await change();
      setControls((before) => ({ ...before, ...changed }));
      announce(done);
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    }
  };
  const shown = controls.faults.filter(({ title, about }) =>
    `${title} ${about}`.toLowerCase().includes(wanted.toLowerCase()),
  );

  return (
    <aside className="side-pane" aria-label={panelTitle(page)}>
      <header className="pane-head">
        <h2>{panelTitle(page)}</h2>
        <button type="button" className="tool" aria-label="Close panel" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <div className="panel-body">
        {problem !== "" && (
          <p className="failure" role="alert">
            {problem}
          </p>
        )}
        <Tour
          tour={tour}
          faults={controls.faults}
          onBreak={(fault) =>
            void attempt(() => api.setFault(fault.id, { on: true }), `${fault.title} is on`)
          }
          onShowMessages={() => {
            if (matchMedia(NARROW).matches) onClose();
          }}
        />
        <section aria-labelledby="panel-alerts">
          <h3 id="panel-alerts">Alerts</h3>
          <p className="quiet">{whoSends(page)}</p>
          <ul className="panel-list">
            {controls.alerts.map((alert) => (
              <li key={alert.name}>
                <AlertRow
                  alert={alert}
                  onSend={(status) =>
                    void attempt(
                      () => api.fireAlert(alert.name, status),
                      `${alert.name} is ${status}`,
                    )
                  }
                />
              </li>
            ))}
          </ul>
        </section>
        {controls.faults.length > 0 && (
          <section aria-labelledby="panel-server">
            <h3 id="panel-server">Server</h3>
            <p className="quiet">What the simulated server suffers from right now.</p>
            <input
              type="search"
              className="field"
              aria-label="Find a circumstance"
              placeholder="Find: disk, lag, slow…"
              value={wanted}
              onChange={({ target }) => setWanted(target.value)}
            />
            {KINDS.map(({ kind, title }) => (
              <FaultGroup
                key={kind}
                title={title}
                faults={shown.filter((fault) => fault.kind === kind)}
                onSet={(fault, change) =>
                  void attempt(
                    () => api.setFault(fault.id, change),
                    `${fault.title} is ${change.on ? "on" : "off"}`,
                  )
                }
              />
            ))}
          </section>
        )}
      </div>
    </aside>
  );
}

interface AlertRowProps {
  readonly alert: ControlAlert;
  readonly onSend: (status: "firing" | "resolved") => void;
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

type Change = { readonly on: boolean; readonly magnitude?: number | "mild" | "severe" };

interface FaultGroupProps {
  readonly title: string;
  readonly faults: readonly ControlFault[];
  readonly onSet: (fault: ControlFault, change: Change) => void;
}

function FaultGroup({ title, faults, onSet }: FaultGroupProps) {
  if (faults.length === 0) return null;
  return (
    <>
      <h4>{title}</h4>
      <ul className="panel-list">
        {faults.map((fault) => (
          <li key={fault.id}>
            <FaultRow fault={fault} onSet={(change) => onSet(fault, change)} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface FaultRowProps {
  readonly fault: ControlFault;
  readonly onSet: (change: Change) => void;
}

function FaultRow({ fault, onSet }: FaultRowProps) {
  const { title, about, on, magnitudes, magnitude, alert } = fault;
  return (
    <div className="panel-row">
      <div className="panel-text">
        <strong>{title}</strong>
        <p>{about}</p>
        {alert !== undefined && <p className="quiet">{whenItFires(alert)}</p>}
        {on && (
          <fieldset className="segments">
            <legend className="visually-hidden">{`Strength of ${title}`}</legend>
            {(["mild", "severe"] as const).map((name) => (
              <button
                key={name}
                type="button"
                className="segment"
                aria-pressed={magnitude === magnitudes[name]}
                title={`${magnitudes[name]}: ${magnitudes.meaning}`}
                onClick={() => onSet({ on: true, magnitude: name })}
              >
                {name}
              </button>
            ))}
            <span className="quiet">
              {magnitude} {magnitudes.meaning}
            </span>
          </fieldset>
        )}
      </div>
      <button
        type="button"
        role="switch"
        className="switch"
        aria-checked={on}
        aria-label={title}
        onClick={() => onSet({ on: !on })}
      >
        <span className="switch-knob" />
      </button>
    </div>
  );
}
