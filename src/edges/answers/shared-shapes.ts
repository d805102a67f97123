/**
 * What commands conclude, as schemas, where an agent's tool and a terminal's `--json` answer the same.
 * Clients see them, and every answer is checked against its own.
 */

import { z } from "zod";

/** JSON has no NaN and no infinity; Prometheus' words stand for them. */
export const value = z.union([z.number(), z.enum(["NaN", "+Inf", "-Inf"])]);
export const labels = z.record(z.string(), z.string());
export const time = z.string().describe("UTC, ISO 8601");

/** Somebody in Slack. */
export const PERSON_OUTPUT = z.object({
  id: z.string().describe("as Slack knows them; of a silence made elsewhere, the name given there"),
  name: z.string().optional().describe("where it is known"),
});

const sectionHead = z.object({
  id: z.string().describe("for get_section"),
  title: z.string(),
  path: z.array(z.string()).describe("headings from the page's title to this one"),
});

export const SEARCH_OUTPUT = z.object({
  certainty: z
    .enum(["answer", "not-sure", "nothing"])
    .describe("not-sure: the nearest sections; nothing: the runbooks do not cover it"),
  sections: z.array(sectionHead.extend({ excerpt: z.string() })),
  didYouMean: z.string().optional(),
});

export const SECTION_OUTPUT = sectionHead.extend({
  page: z.string(),
  markdown: z.string(),
});

const cause = z.object({
  check: z.string(),
  title: z.string(),
  severity: z.enum(["info", "warning", "critical"]),
  since: time,
  sinceOrEarlier: z.boolean().describe("it was already true when the bot's history begins"),
  explainedBy: z.array(z.string()).describe("checks that this one is a symptom of"),
  says: z.array(z.string()),
  evidence: z.array(z.object({ labels, value })),
  expression: z.string().describe("the PromQL that found it"),
  threshold: z.number().optional(),
  section: z.string().describe("id of the runbook section to read"),
});

const SPELL_ENDS = ["now", "over", "unseen"] as const;

export const DIAGNOSIS_OUTPUT = z.object({
  target: z.string(),
  asOf: time.optional().describe("when the target was polled last"),
  verdict: z.object({
    kind: z.enum(["active", "recovered", "clean", "cannot-tell"]),
    sentence: z.string(),
  }),
  causes: z.array(cause).describe("ranked, causes before their symptoms"),
  recovered: z.array(
    z.object({ check: z.string(), title: z.string(), until: time, says: z.array(z.string()) }),
  ),
  ruledOut: z.array(z.object({ check: z.string(), title: z.string() })),
  notChecked: z.array(z.object({ check: z.string(), title: z.string(), why: z.string() })),
  window: z
    .object({
      from: time,
      to: time,
      everySeconds: z.number(),
      source: z.string(),
      past: z.array(
        z.object({
          check: z.string(),
          title: z.string(),
          says: z.array(z.string()),
          times: z.array(z.object({ from: time, until: time, end: z.enum(SPELL_ENDS) })),
        }),
      ),
    })
    .optional()
    .describe("over more than an hour: which causes were active and when, from Prometheus"),
  replayId: z.string().optional().describe("for replay_diagnosis"),
  notes: z.array(z.string()),
});

export const HEALTH_OUTPUT = z.object({
  target: z.string(),
  asOf: time,
  verdict: z.object({ state: z.string(), sentence: z.string(), notes: z.array(z.string()) }),
  probes: z.array(
    z.object({ probe: z.string(), ok: z.boolean(), says: z.string(), milliseconds: z.number() }),
  ),
  checks: z
    .array(z.object({ name: z.string(), ok: z.boolean(), message: z.string().optional() }))
    .describe("the server's own, where /health could be read"),
  version: z.string().optional(),
});

export const QUERY_OUTPUT = z.object({
  target: z.string(),
  query: z.string(),
  unit: z.string().describe("of the values: seconds, bytes, …, or number"),
  seconds: z.number().describe("how far back"),
  from: z.enum(["the bot's samples", "Prometheus"]),
  times: z.array(time),
  series: z.array(z.object({ labels, last: value.nullable(), values: z.array(value.nullable()) })),
  leftOut: z.number().describe("further series"),
  notes: z.array(z.string()),
});

const outlook = z
  .string()
  .describe("caught-up, keeps-up, catches-up, stays, never, stopped or unknown");

export const LAG_OUTPUT = z.object({
  target: z.string(),
  group: z
    .object({
      group: z.string(),
      state: z.string(),
      members: z.number(),
      lag: z.number(),
      outlook,
      secondsToCatchUp: z.number().optional(),
      partitions: z.array(z.object({ topic: z.string(), partition: z.number(), lag: z.number() })),
      partitionsLeftOut: z.number(),
    })
    .optional(),
  groups: z
    .array(
      z.object({
        group: z.string(),
        state: z.string(),
        members: z.number(),
        lag: z.number().optional(),
      }),
    )
    .optional(),
});

export const INCIDENT_HEAD = z.object({
  id: z.string().describe("for get_incident"),
  alerts: z.array(z.string()),
  severity: z.string(),
  standing: z.enum(["open", "acknowledged", "silenced", "resolved"]),
  target: z.string().optional(),
  source: z.string(),
  openedAt: time,
  resolvedAt: time.optional(),
  acknowledged: z.object({ by: PERSON_OUTPUT, until: time }).optional(),
  silenced: z
    .object({ by: PERSON_OUTPUT, until: time })
    .optional()
    .describe("by a silence of the bot"),
  found: z
    .array(z.string())
    .optional()
    .describe("causes that the diagnosis named in its present or last firing"),
});

export const INCIDENTS_OUTPUT = z.object({
  incidents: z
    .array(INCIDENT_HEAD)
    .describe("worst first; those of channels that everybody may see"),
  isMore: z.boolean(),
});

export const INCIDENT_OUTPUT = INCIDENT_HEAD.extend({
  timeline: z.string().describe("Markdown: what fired, changed and was done, for a post-mortem"),
});
