/** Three buttons for a first look: break the disk, watch the alert arrive, ask why. */

import { useState } from "react";
import type { ControlFault } from "../slack/page-protocol.ts";
import { usePage } from "./page-context.tsx";
import { whenItFires } from "./when-it-fires.ts";

const SEEN_KEY = "sandbox-tour";
const FAULT = "disk-full";

/** Whether this browser is to be shown around: once, and only where there is something to break. */
export function isTourDue(): boolean {
  return localStorage.getItem(SEEN_KEY) === null;
}

interface TourProps {
  readonly faults: readonly ControlFault[];
  readonly onBreak: (fault: ControlFault) => void;
  /** To the messages, where the panel covers them. */
  readonly onShowMessages: () => void;
}

export function Tour({ faults, onBreak, onShowMessages }: TourProps) {
  const { api, page, openChannel, announce } = usePage();
  const [isSeen, setSeen] = useState(!isTourDue());
  const fault = faults.find(({ id }) => id === FAULT);
  const channel = page.channels.find(({ name }) => name === "incidents");
  if (isSeen || !page.hasTour || fault === undefined || channel === undefined) return null;
  const toMessages = () => {
    openChannel(channel.id);
    onShowMessages();
  };
  const ask = async () => {
    toMessages();
    await api.command(channel.id, "/streamline why-slow");
    announce("Asked why it is slow");
  };
  const close = () => {
    localStorage.setItem(SEEN_KEY, "seen");
    setSeen(true);
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
      <button type="button" className="button" onClick={close}>
        Close the tour
      </button>
    </section>
  );
}
