/** The circumstances that the simulated server can be put into, by what they are, with a field to find one. */

import { useState } from "react";
import type { ControlFault } from "../slack/page-protocol.ts";
import { whenItFires } from "./when-it-fires.ts";

const KINDS: readonly { readonly kind: ControlFault["kind"]; readonly title: string }[] = [
  { kind: "fault", title: "Something is wrong" },
  { kind: "evidence", title: "The evidence is spoiled" },
  { kind: "control", title: "Nothing is wrong" },
];

export type SwitchedFault = {
  readonly on: boolean;
  readonly magnitude?: number | "mild" | "severe";
};

interface FaultListProps {
  readonly faults: readonly ControlFault[];
  readonly onSet: (fault: ControlFault, change: SwitchedFault) => void;
}

/**
 * The faults by kind, only those whose title or description has what is typed; nothing where the server has
 * none.
 */
export function FaultList({ faults, onSet }: FaultListProps) {
  const [wanted, setWanted] = useState("");
  if (faults.length === 0) return null;
  const shown = faults.filter(({ title, about }) =>
    `${title} ${about}`.toLowerCase().includes(wanted.toLowerCase()),
  );
  return (
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
          onSet={onSet}
        />
      ))}
    </section>
  );
}

interface FaultGroupProps extends FaultListProps {
  readonly title: string;
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
  readonly onSet: (change: SwitchedFault) => void;
}

function FaultRow({ fault, onSet }: FaultRowProps) {
  const { title, about, on, alert } = fault;
  return (
    <div className="panel-row">
      <div className="panel-text">
        <strong>{title}</strong>
        <p>{about}</p>
        {alert !== undefined && <p className="quiet">{whenItFires(alert)}</p>}
        {on && <Strength fault={fault} onSet={onSet} />}
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

function Strength({ fault: { title, magnitude, magnitudes }, onSet }: FaultRowProps) {
  return (
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
  );
}
