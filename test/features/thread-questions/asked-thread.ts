/** A question in an alert's thread, over pages of our own and ports that keep what is said. */

import type { Message } from "../../../src/block-kit/message.ts";
import type { TimelineEntry } from "../../../src/features/incidents/incident-ports.ts";
import { answerAboutAlerts } from "../../../src/features/thread-questions/answer-about-alert.ts";
import {
  answerQuestions,
  type QuestionPorts,
} from "../../../src/features/thread-questions/answer-question.ts";
import { searchInThreads } from "../../../src/features/thread-questions/search-in-thread.ts";
import type { Incident } from "../../../src/incidents/incident.ts";
import { createSearch } from "../../../src/search/create-search.ts";
import { searchSections } from "../../../src/search/library-sections.ts";
import { libraryOf } from "../../block-kit/sections.ts";
import { healthyPoll, TARGET } from "../../diagnosis/polls.ts";
import { firing, incidentOf, MINUTE, T0 } from "../../incidents/notifications.ts";
import { TABLE } from "../commands/setting.ts";
import { createMeter } from "../fakes.ts";

const library = libraryOf({
  "runbooks/DiskFull.md": `---
title: The disk is full
alerts: [DiskFull]
fills: {TOPIC: topic}
---
## Meaning

No space is left on the server.

## Impact

Producers get errors.

## Diagnosis

\`\`\`sh
df -h \${PATH_:-/}; curl \${STREAMLINE_HTTP:-http://localhost:9094}/topics/\${TOPIC:?name it}
\`\`\`

## Mitigation

Free space: delete old segments of this topic.
`,
  "TROUBLESHOOTING.md":
    "# Troubleshooting\n\n## Free space on another volume\n\nDelete what takes space.\n\n## Certificate has expired\n\nRenew the certificate.\n",
});
/** A search over the pages. */
const search = await createSearch(searchSections(library));

/** When questions are asked, twelve minutes after the alert began. */
export const NOW = T0 + 12 * MINUTE;
/** The alert of the thread. */
export const FULL = firing("a", {
  labels: { alertname: "DiskFull", severity: "critical", topic: "orders" },
});
/** The incident of the thread. */
export const INCIDENT = incidentOf([FULL], { id: "i1", target: TARGET.name, messageTs: "1.1" });

/** What questions, answers about the alert and searches use together. */
type ThreadPorts = Omit<QuestionPorts, "aboutAlert" | "search"> &
  Omit<Parameters<typeof answerAboutAlerts>[0], "runbooks" | "state"> &
  Parameters<typeof answerAboutAlerts>[0]["runbooks"] &
  Parameters<typeof answerAboutAlerts>[0]["state"] &
  Parameters<typeof searchInThreads>[0];

interface Given {
  readonly incident?: Incident;
  readonly earlier?: readonly Incident[];
  readonly timeline?: readonly TimelineEntry[];
  /** Why the person may not ask the servers. */
  readonly refusal?: string;
  /** Why they may not even read. */
  readonly unread?: string;
  /** Questions that the person may still ask. */
  readonly left?: number;
}

/** Questions as one person asks them, and what was passed on and kept. */
export function setUp({
  incident = INCIDENT,
  earlier = [],
  timeline = [],
  refusal,
  unread,
  left = Number.POSITIVE_INFINITY,
}: Given = {}) {
  let asked = 0;
  const passed: string[] = [];
  const kept: string[] = [];
  const meter = createMeter();
  const ports: ThreadPorts = {
    incidents: {
      incidentAt: async (channel, ts) => (channel === "C1" && ts === "1.1" ? incident : undefined),
      incidentsOf: async () => [incident, ...earlier],
      timeline: async () => [...timeline],
    },
    knowledge: {
      library: () => library,
      ask: (question, options) => search.ask(question, options),
    },
    poll: {
      health: async () => healthyPoll(),
    },
    memory: {
      judgedRules: async () => ({ held: [], passedOver: [] }),
      metricNames: () => new Set<string>(),
    },
    whySlow: {
      diagnose: async ({ name }) => ({ text: `*🟠 ${name} is slow.*\nmore`, blocks: [] }),
    },
    targets: [TARGET],
    permission: {
      refusal: async (_, right) =>
        right === "ask" ? refusal : right === "read" ? unread : undefined,
      visible: async (_, all) => all.filter(({ channel }) => channel !== "C0SECRET"),
    },
    clock: { now: () => NOW },
    meter,
    asked: { note: ({ command, ts }) => void kept.push(`${ts} ${command}`) },
    commands: {
      read: (text) => TABLE.read(text),
      tooMany: () => {
        asked += 1;
        return asked > left ? { text: "wait a moment", blocks: [] } : undefined;
      },
      question: async ({ text, about = "" }) => {
        passed.push(`${text} @${about}`);
        return { text: `otherwise ${text}`, blocks: [] };
      },
    },
  };
  const answer = answerQuestions({
    ...ports,
    search: searchInThreads(ports),
    aboutAlert: answerAboutAlerts({ ...ports, runbooks: ports, state: ports }),
  });
  const message = (text: string, threadTs = "1.1"): Promise<Message> =>
    answer({ person: { user: "U1", channel: "C1" }, text, ts: "2.2", threadTs, isDirect: false });
  const ask = async (text: string, threadTs?: string): Promise<string> =>
    (await message(text, threadTs)).text;
  return { ask, message, passed, kept, meter };
}
