/** Delivery as the bot composes it, with the real store, renderers and outbox; it notes what was rendered. */

import type { Message } from "../../src/block-kit/message.ts";
import type { Database } from "../../src/edges/store/database.ts";
import { createDigestStore } from "../../src/edges/store/digest-store.ts";

import type { createIncidentStore } from "../../src/edges/store/incident-store.ts";
import { createLateCopyStore } from "../../src/edges/store/late-copy-store.ts";
import { createOutbox } from "../../src/edges/store/outbox.ts";
import { createDelivery } from "../../src/features/delivery/deliver-outbox.ts";
import { renderNotice } from "../../src/features/delivery/notice-message.ts";
import { renderDigest } from "../../src/features/delivery/render-digest.ts";
import { runbookNotices } from "../../src/features/delivery/runbook-notice.ts";
import { createLearning } from "../../src/features/search/learning.ts";
import { shownSteps } from "../../src/features/search/shown-steps.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import type { Notice } from "../../src/incidents/notice.ts";
import type { Library } from "../../src/knowledge/library.ts";
import type { FakeLog, FakeMeter, FakeSlack, VirtualClock } from "../features/fakes.ts";

/** A message that was made, and of what. */
export interface Rendered {
  readonly notice: Notice;
  readonly incident: Incident;
  readonly message: Message | undefined;
}

interface CaseDeliveryParts {
  readonly database: Database;
  readonly incidents: ReturnType<typeof createIncidentStore>;
  readonly slack: FakeSlack;
  readonly clock: VirtualClock;
  readonly log: FakeLog;
  readonly meter: FakeMeter;
}

interface CaseKnowledge {
  readonly library: Library;
  readonly knowledge: Parameters<typeof runbookNotices>[0]["knowledge"];
}

/** A delivery that is not yet started; `rendered` grows with each message, in order. */
export function createCaseDelivery(
  { database, incidents, slack, clock, log, meter }: CaseDeliveryParts,
  { library, knowledge }: CaseKnowledge,
) {
  const metricNames = (): ReadonlySet<string> => new Set();
  const render = renderNotice({
    incidents,
    verdicts: { lines: () => undefined, shown: () => undefined, open: async () => undefined },
    targets: [],
    health: () => Promise.reject(new Error("there is no target")),
    runbook: runbookNotices({
      knowledge,
      memory: { metricNames },
      learning: createLearning({ verdicts: async () => [], isPageOrder: async () => false }),
      verdicts: { active: () => new Set() },
    }),
    steps: (incident) => shownSteps(incident, { library: library, checks: [] }),
    clock,
    jumpTo: (channel, ts) => `https://example.slack.com/archives/${channel}/p${ts}`,
  });
  const rendered: Rendered[] = [];
  const delivery = createDelivery({
    incidents,
    outbox: createOutbox(database),
    slack: {
      messenger: slack,
      jumpTo: () => undefined,
      doubtToken: () => undefined,
      delivered: () => undefined,
    },
    notices: {
      render: async (row, incident) => {
        const message = await render(row, incident);
        rendered.push({ notice: row.notice, incident, message });
        return message;
      },
      mayBeNotified: async () => "yes",
      renderRerouted: ({ channel }) => ({
        place: { text: `moved to ${channel}`, blocks: [] },
        reply: { text: `went to ${channel}`, blocks: [] },
      }),
    },
    digests: {
      store: createDigestStore(database),
      render: ({ incidents: listed }) =>
        renderDigest({ incidents: listed, nowMs: clock.now(), jumpTo: () => undefined }),
      above: 10,
    },
    lateCopies: createLateCopyStore(database),
    clock,
    log,
    meter,
  });
  return { delivery, rendered: rendered as readonly Rendered[] };
}
