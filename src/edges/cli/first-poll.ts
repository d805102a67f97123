/** What is wrong with a server or its addresses, at once, before anybody asks. */

import { judgeHealth } from "../../diagnosis/health/health-report.ts";
import type { Target } from "../../diagnosis/target.ts";
import { clock } from "../clock.ts";
import { createTargetClient } from "../streamline/target-client.ts";

/** The verdict on its health and what to do; undefined where nothing keeps the bot from asking it. */
export async function firstPollProblem(target: Target): Promise<string | undefined> {
  const poll = createTargetClient({ clock });
  try {
    const { verdict } = judgeHealth(target, await poll.health(target));
    const { state, sentence, notes } = verdict;
    return ["healthy", "slow", "partial", "unhealthy"].includes(state)
      ? undefined
      : [sentence, ...notes].join("\n");
  } finally {
    await poll.close();
  }
}
