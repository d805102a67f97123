/**
 * What the panel switches of the simulated server. A fault that is to have lasted for a while already
 * comes with another past: the server's last minutes are simulated again with all switches in them, so
 * that whoever asks now is answered as after these minutes.
 */

import { clock } from "../edges/clock.ts";
import { type FaultSwitch, type PastSnapshot, writePast } from "./sandbox-past.ts";
import { sandboxTarget } from "./sandbox-target.ts";
import type { ControlFault, FaultChange, SandboxControls } from "./slack/controls.ts";
import type { SimulatedStreamline } from "./streamline/server.ts";

export interface FaultSwitchOptions {
  /** How much of the past is written. */
  readonly pastMinutes: number;
  /** Takes what the bot would have seen of it. */
  readonly onPast: (past: readonly PastSnapshot[]) => void;
}

/**
 * The panel's switches of one simulated server, changed one after another. `setFault` resolves once the
 * server answers accordingly and rejects with the server's reason for what it does not have; `onPast` gets
 * the last `pastMinutes` whenever they were simulated again.
 */
export function createFaultSwitches(
  streamline: SimulatedStreamline,
  { pastMinutes, onPast }: FaultSwitchOptions,
): Pick<SandboxControls, "faults" | "setFault"> {
  let book: readonly FaultSwitch[] = [];
  let last: Promise<unknown> = Promise.resolve();

  const rewrite = async (): Promise<void> => {
    const { shape } = streamline.model;
    const target = sandboxTarget(streamline);
    const { model, past } = await writePast(shape, target, {
      minutes: pastMinutes,
      switches: book,
    });
    await streamline.goOnAs(model);
    onPast(past);
  };
  /** What ended within the minutes of a new fault would be taken for a part of it. */
  const isCoveredBy = (next: FaultSwitch, { fault, atMs }: FaultSwitch): boolean => {
    if (fault === next.fault) return atMs >= next.atMs;
    const isOn = streamline.faults.active().some(({ scenario }) => scenario.id === fault);
    const end = book.findLast((each) => each.fault === fault)?.atMs ?? atMs;
    return !isOn && end > next.atMs;
  };
  const change = async (id: string, { on, magnitude, lastedMinutes }: FaultChange) => {
    const atMs = clock.now() - (lastedMinutes ?? 0) * 60_000;
    const next = { atMs, fault: id, on, ...(magnitude === undefined ? {} : { magnitude }) };
    // What the server refuses is not written down.
    if (!on) await streamline.faults.clear(id);
    else await streamline.faults.set(id, magnitude === undefined ? {} : { magnitude });
    book = [...book.filter((each) => !isCoveredBy(next, each)), next].toSorted(
      (a, b) => a.atMs - b.atMs,
    );
    if (lastedMinutes !== undefined) await rewrite();
  };
  return {
    faults: () => streamline.faults.list.map((scenario) => faultOf(scenario, streamline)),
    setFault(id, asked) {
      const turn = last.then(() => change(id, asked));
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

function faultOf(
  scenario: SimulatedStreamline["faults"]["list"][number],
  { faults }: SimulatedStreamline,
): ControlFault {
  const active = faults.active().find((fault) => fault.scenario.id === scenario.id);
  const { id, title, about, kind, magnitudes } = scenario;
  const state = { id, title, about, kind, magnitudes, on: active !== undefined };
  return active === undefined ? state : { ...state, magnitude: active.magnitude };
}
