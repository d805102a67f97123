/** When the alert of a fault follows, in words. */

import type { ControlFault } from "../slack/page-protocol.ts";

/** "DiskFull fires 15 s after the switch, as if …": a real rule waits, and so would a person. */
export function whenItFires({
  name,
  afterSeconds,
  waits,
  lastedMinutes,
}: NonNullable<ControlFault["alert"]>): string {
  const rule = waits === "" ? "" : ` Its real rule waits ${waits}.`;
  return `${name} fires ${afterSeconds} s later, as if this had begun ${lastedMinutes} min ago.${rule}`;
}
