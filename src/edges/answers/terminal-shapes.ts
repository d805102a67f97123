/** What the other commands conclude, as schemas: a terminal's `--json` alone answers them. */

import { z } from "zod";
import {
  INCIDENT_HEAD,
  INCIDENT_OUTPUT,
  INCIDENTS_OUTPUT,
  labels,
  PERSON_OUTPUT,
  SECTION_OUTPUT,
  time,
  value,
} from "./shared-shapes.ts";

const seconds = z.number().describe("seconds");

export const METRICS_OUTPUT = z.object({
  target: z.string(),
  query: z.string(),
  rows: z.array(
    z.object({
      name: z.string(),
      labels,
      value: value.optional().describe("absent for a summary"),
      quantiles: z.array(z.object({ quantile: z.string(), value })).optional(),
      sum: value.optional(),
      count: value.optional(),
    }),
  ),
  leftOut: z.number().describe("further rows"),
  brokenLines: z.number().describe("lines of /metrics that could not be read"),
});

export const TOPICS_OUTPUT = z.object({
  target: z.string(),
  pattern: z.string().optional(),
  topics: z.array(
    z.object({
      name: z.string(),
      partitions: z.number(),
      messages: z.number(),
      bytes: z.number(),
      messagesPerSecond: z.number().optional().describe("absent until two polls tell it"),
      bytesPerSecond: z.number().optional(),
    }),
  ),
});

export const ALERTS_OUTPUT = INCIDENTS_OUTPUT.extend({
  others: z.number().describe("open incidents that the asked state leaves out"),
});

const meanTimes = z.object({
  secondsToAcknowledge: seconds.optional(),
  secondsToResolve: seconds.optional(),
});

export const HISTORY_OUTPUT = z.object({
  alert: z.string(),
  firings: z.object({
    last7Days: z.number(),
    last30Days: z.number(),
    isMore: z.boolean().describe("there may be more than were read"),
  }),
  secondsMedian: seconds.optional(),
  secondsLongest: seconds.optional(),
  means: meanTimes,
  usualHours: z
    .object({ from: z.number(), to: z.number(), firings: z.number(), of: z.number() })
    .optional()
    .describe("hours of the day, UTC, in which most firings began"),
  firingSince: time.optional(),
  last: z.array(INCIDENT_HEAD).describe("latest first"),
  helped: z
    .array(
      z.object({
        section: z.string().describe("id of the runbook section"),
        title: z.string(),
        useful: z.number(),
        notUseful: z.number(),
        cleared: z.number(),
      }),
    )
    .describe("what people said of the sections they were shown, best first"),
  fixes: z.array(z.object({ by: PERSON_OUTPUT, at: time, text: z.string() })),
  inPrometheus: z.array(
    z.object({
      target: z.string(),
      times: z.number(),
      secondsInAll: seconds,
      last: time.optional(),
      problem: z.string().optional().describe("why it is not known"),
    }),
  ),
  hasRunbook: z.boolean(),
});

export const HANDOFF_OUTPUT = z.object({
  seconds: z.number().describe("how far back"),
  open: z.array(INCIDENT_HEAD).describe("nobody has them"),
  acknowledged: z.array(INCIDENT_HEAD),
  silenced: z.array(INCIDENT_HEAD),
  flapping: z.array(INCIDENT_HEAD),
  noisy: z.array(z.object({ alert: z.string(), firings: z.number() })),
  resolved: z.array(INCIDENT_HEAD).describe("latest first"),
  unanswered: z.number().describe("resolved without anybody acknowledging them"),
  means: meanTimes,
  gaps: z.array(z.string()).describe("questions that no runbook answers"),
});

export const TIMELINE_OUTPUT = INCIDENT_OUTPUT.extend({
  firstFiredAt: time.describe("start of its first firing; openedAt is that of the last one"),
  causes: z
    .array(z.object({ title: z.string(), since: time }))
    .describe("that the diagnosis named, the first one first"),
  endings: z
    .array(
      z.object({
        how: z.enum(["shown-step", "other", "no-action"]),
        by: PERSON_OUTPUT,
        at: time,
        text: z.string().optional().describe("the step or the note"),
      }),
    )
    .describe("what people said that fixed it"),
  means: meanTimes.describe("over its firings: MTTA and MTTR"),
  episodes: z.array(
    z.object({
      startedAt: time,
      endedAt: time.optional(),
      secondsToAcknowledge: seconds.optional(),
      secondsToResolve: seconds.optional(),
    }),
  ),
  entries: z.array(
    z.object({
      at: time,
      kind: z.enum(["fired", "changed", "resolved", "did", "diagnosed", "wrote"]),
      again: z.boolean().optional().describe("whether it had fired before"),
      alerts: z.array(z.string()).optional().describe("that fired, or were added"),
      gone: z.array(z.string()).optional(),
      by: PERSON_OUTPUT.optional(),
      action: z.string().optional(),
      until: time.optional().describe("when an acknowledgement or a silence ends"),
      verdict: z.string().optional().describe("what was said of a shown section"),
      text: z
        .string()
        .optional()
        .describe("what was written or asked, the comment, or the cause that was found"),
    }),
  ),
});

const shift = z.object({ name: z.string(), id: z.string().optional(), from: time, until: time });

export const ONCALL_OUTPUT = z.object({
  schedules: z.array(
    z.object({
      name: z.string(),
      now: z.array(shift),
      next: z.object({ at: time, shifts: z.array(shift) }).optional(),
      readAt: time.optional(),
      problem: z.string().optional(),
    }),
  ),
  unread: z.array(z.string()).describe("schedules whose calendar could not be read"),
});

export const EXPLAINED_OUTPUT = z.object({
  question: z.string(),
  isUnsure: z.boolean(),
  didYouMean: z.string().optional(),
  results: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      score: z.number(),
      routes: z.array(
        z.object({ route: z.string(), score: z.number(), matched: z.array(z.string()) }),
      ),
    }),
  ),
});

export const RUNBOOK_OUTPUT = z.object({ title: z.string(), sections: z.array(SECTION_OUTPUT) });

const setupCheck = z.object({
  area: z.string(),
  where: z.string(),
  state: z.enum(["ok", "wrong", "note", "not-checked"]),
  says: z.string(),
  remedy: z.string().optional().describe("always there for what is wrong"),
});

export const SETUP_OUTPUT = z.object({
  verdict: z.enum(["ready", "not-ready"]),
  checks: z.array(setupCheck),
});

export const DRIFT_OUTPUT = z.object({
  problems: z.array(
    z.object({
      where: z.string().describe("FILE:LINE, or the server's address"),
      reason: z.string(),
    }),
  ),
  notYet: z.array(z.string()).describe("series of the server that appear with their first event"),
  unreached: z.string().optional().describe("why the live server could not be compared"),
});

export const HELP_OUTPUT = z.object({
  commands: z.array(
    z.object({
      name: z.string(),
      usage: z.string(),
      about: z.string(),
      examples: z.array(z.string()),
    }),
  ),
});

export const VERSION_OUTPUT = z.object({ version: z.string() });
export const BACKUP_OUTPUT = z.object({ file: z.string() });
export const RECORD_OUTPUT = z.object({ file: z.string(), polls: z.number() });
export const HEALTHCHECK_OUTPUT = z.object({ url: z.string(), isUp: z.boolean() });
