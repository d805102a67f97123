/** Two clocks that differ make signatures fail and durations wrong. */

import { fine, note, type SetupCheck, wrong } from "../../features/doctor/setup-check.ts";

/** Slack refuses requests, and we signatures, that are five minutes off (docs.slack.dev, "Verifying requests"). */
const FAR_MS = 60_000;
const NEAR_MS = 5_000;

/** @param aheadMs how far the other clock is ahead of ours; headers tell it to the second */
export function clockCheck(whose: string, aheadMs: number): SetupCheck {
  const place = { area: "Clock", where: whose } as const;
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  const differs = `this machine's clock is ${seconds} s ${aheadMs > 0 ? "behind" : "ahead of"} that of ${whose}`;
  const remedy = "Turn time synchronisation on: timedatectl set-ntp true";
  if (Math.abs(aheadMs) > FAR_MS) return wrong(place, differs, remedy);
  if (Math.abs(aheadMs) > NEAR_MS) return note(place, differs, remedy);
  return fine(place, "the clocks agree");
}
