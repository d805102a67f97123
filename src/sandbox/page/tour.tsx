/** Three buttons for a first look: break the disk, watch the alert arrive, ask why. */

import { useState } from "react";
import type { ControlFault } from "../slack/page-protocol.ts";
import { Icon } from "./icons.tsx";
import { usePage } from "./page-context.tsx";
import { whenItFires } from "./when-it-fires.ts";

const SEEN_KEY = "sandbox-tour";
const FAULT = "disk-full";

/** A first look at the sandbox: open until the visitor closes it, once for each browser. */
export interface OpenTour {
  readonly isOpen: boolean;
  readonly close: () => void;
}

/** Open where there is something to break, and this browser has not been shown around. */
export function useTour(hasTour: boolean): OpenTour {
  const [isSeen, setSeen] = useState(() => localStorage.getItem(SEEN_KEY) !== null);
  return {
    isOpen: hasTour && !isSeen,
    close: () => {
      localStorage.setItem(SEEN_KEY, "seen");
      setSeen(true);
    },
  };
}

/** The third step: the question, where its answer is seen. */
function useAskWhy(): () => Promise<void> {
  const { api, page, openChannel, announce } = usePage();
  const channel = incidentsOf(page);
  return async () => {
    if (channel === undefined) return;
    openChannel(channel.id);
    await api.command(channel.id, "/streamline why-slow");
    announce("Asked why it is slow");
  };
}

function incidentsOf({ channels }: ReturnType<typeof usePage>["page"]) {
  return channels.find(({ name }) => name === "incidents");
}

interface TourProps {
  readonly tour: OpenTour;
  readonly faults: readonly ControlFault[];
  readonly onBreak: (fault: ControlFault) => void;
  /** To the messages, where the panel covers them. */
  readonly onShowMessages: () => void;
}

/** The three steps; nothing once the tour is closed, or where the workspace lacks #incidents or the fault. */
export function Tour({ tour, faults, onBreak, onShowMessages }: TourProps) {
  const { page, openChannel } = usePage();
  const askWhy = useAskWhy();
  const fault = faults.find(({ id }) => id === FAULT);
  const channel = incidentsOf(page);
  if (!tour.isOpen || fault === undefined || channel === undefined) return null;
  const toMessages = () => {
    openChannel(channel.id);
    onShowMessages();
  };
  const ask = async () => {
    onShowMessages();
    await askWhy();
  };
  const { alert } = fault;
  return (
    <section className="tour" aria-labelledby="tour-title">
      <h3 id="tour-title">An incident in one minute</h3>
      <ol>
        <li>
          <button
            type="button"
            className="button"
            data-style="warn"
            disabled={fault.on}
            onClick={() => onBreak(fault)}
          >
            {fault.on ? "The disk is full" : "Break the disk"}
          </button>
          <p>{alert === undefined ? "Writes fail from now on." : whenItFires(alert)}</p>
        </li>
        <li>
          <button type="button" className="button" onClick={toMessages}>
            Watch the alert arrive
          </button>
          <p>In #incidents: what is wrong, what to do first, and a thread with the proof.</p>
        </li>
        <li>
          <button type="button" className="button" onClick={() => void ask()}>
            Ask why
          </button>
          <p>The same as typing /streamline why-slow.</p>
        </li>
      </ol>
      <button type="button" className="button" onClick={tour.close}>
        Close the tour
      </button>
    </section>
  );
}

interface TourBarProps {
  readonly tour: OpenTour;
  /** Back to the panel that has all three steps. */
  readonly onBack: () => void;
}

/** Below the messages while the panel with the tour is not in sight: what is left of it. */
export function TourBar({ tour, onBack }: TourBarProps) {
  const askWhy = useAskWhy();
  return (
    <section className="tour-bar" aria-label="The tour goes on">
      <button type="button" className="button" onClick={() => void askWhy()}>
        Ask why
      </button>
      <button type="button" className="button" onClick={onBack}>
        Back to the tour
      </button>
      <button type="button" className="tool" aria-label="Close the tour" onClick={tour.close}>
        <Icon name="close" />
      </button>
    </section>
  );
}
