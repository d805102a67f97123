/** The panel of the simulated server: what is wrong with it, and which alerts it raises. */

import type { ControlFault } from "../slack/page-protocol.ts";
import { FaultList, type SwitchedFault } from "./fault-list.tsx";
import { Icon } from "./icons.tsx";
import { usePage } from "./page-context.tsx";
import { panelTitle, whoSends } from "./panel-words.ts";
import { PretendedAlerts } from "./pretended-alerts.tsx";
import { type OpenTour, Tour } from "./tour.tsx";
import { useControls } from "./use-controls.ts";

/** As in style/narrow.css: the panel covers the messages. */
const NARROW = "(max-width: 900px)";

interface ControlPanelProps {
  readonly tour: OpenTour;
  readonly onClose: () => void;
}

/**
 * The panel beside the messages, with the tour while it is open; `onClose` also when the tour leads to
 * messages that the panel covers.
 */
export function ControlPanel({ tour, onClose }: ControlPanelProps) {
  const { api, page } = usePage();
  const { faults, alerts, problem, attempt } = useControls();
  const setFault = (fault: ControlFault, change: SwitchedFault) =>
    void attempt(
      () => api.setFault(fault.id, change),
      `${fault.title} is ${change.on ? "on" : "off"}`,
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
          faults={faults}
          onBreak={(fault) => setFault(fault, { on: true })}
          onShowMessages={() => {
            if (matchMedia(NARROW).matches) onClose();
          }}
        />
        <PretendedAlerts
          alerts={alerts}
          about={whoSends(page)}
          onSend={({ name }, status) =>
            void attempt(() => api.fireAlert(name, status), `${name} is ${status}`)
          }
        />
        <FaultList faults={faults} onSet={setFault} />
      </div>
    </aside>
  );
}
