/** The MCP tools: each reads its words, runs a row of the command table, and answers by its schema. */

import { z } from "zod";
import type { HealthReport } from "../../diagnosis/health/health-report.ts";
import type { AlertsAnswer } from "../../features/history/alerts.ts";
import type { TimelineAnswer } from "../../features/history/render-timeline.ts";
import { renderSection } from "../../features/runbooks/render-runbook.ts";
import type { FoundByCommand } from "../../features/search/search-command.ts";
import type { ChartAnswer } from "../../features/targets/render-chart.ts";
import type { LagAnswer } from "../../features/targets/render-lag.ts";
import type { WhySlowAnswer } from "../../features/why-slow/render-why-slow.ts";
import { concludeIncident, concludeIncidents } from "../answers/conclude-incidents.ts";
import {
  concludeDiagnosis,
  concludeHealth,
  concludeLag,
  concludeQuery,
  concludeSearch,
  concludeSection,
} from "../answers/conclude-shared.ts";
import {
  DIAGNOSIS_OUTPUT,
  HEALTH_OUTPUT,
  INCIDENT_OUTPUT,
  INCIDENTS_OUTPUT,
  LAG_OUTPUT,
  QUERY_OUTPUT,
  SEARCH_OUTPUT,
  SECTION_OUTPUT,
} from "../answers/shared-shapes.ts";
import { clock } from "../clock.ts";
import { answeredBy, commandLine, type McpTool, mcpTool } from "./mcp-tool.ts";

const target = z
  .string()
  .regex(/^[A-Za-z0-9._:[\]-]{1,80}$/, "is not the name of a target")
  .optional()
  .describe("name of a configured target; needed only when there are several");
/** Kafka allows no others (org.apache.kafka.common.internals.Topic). */
const topic = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,249}$/, "is not the name of a topic")
  .optional();
const group = z
  .string()
  .regex(/^[^"\r\n]{1,250}$/, "is not the name of a group")
  .optional();
const last = z
  .string()
  .regex(/^\d{1,6}(ms|s|m|h|d)$/, "is not a duration such as 30m")
  .optional()
  .describe("how far back, such as 30m");

export const MCP_TOOLS: readonly McpTool[] = [
  mcpTool({
    name: "search_runbooks",
    title: "Search the runbooks",
    description:
      "Finds the runbook or guide section for a question, an alert's name or a pasted log line of Streamline. Says when it is not sure, and when nothing covers the question.",
    input: z.object({
      question: z.string().min(1).max(4_000),
      limit: z.coerce
        .number({ error: "must be a number from 1 to 20" })
        .int()
        .min(1)
        .max(20)
        .default(5)
        .describe("sections at most"),
    }),
    output: SEARCH_OUTPUT,
    isOpenWorld: false,
    async run(session, { question, limit }) {
      const words = question.replace(/\s+/g, " ").trim().replace(/^-+/, "");
      return answeredBy(session, `search ${words}`, (answer) => {
        const found = concludeSearch(answer as FoundByCommand);
        return found && { ...found, sections: found.sections.slice(0, limit) };
      });
    },
  }),
  mcpTool({
    name: "get_section",
    title: "Read a section",
    description:
      "The whole Markdown of one section, by the id that search_runbooks or why_slow gave.",
    input: z.object({ id: z.string().min(1).max(500) }),
    output: SECTION_OUTPUT,
    isOpenWorld: false,
    async run(session, { id }) {
      const section = session.library().section(id);
      if (section === undefined)
        return { text: `There is no section ${id}: search_runbooks gives ids.` };
      // A button opens it in Slackbot in place of the list before.
      const { blocks } = renderSection(section, {});
      return { text: section.markdown, output: concludeSection(section), blocks };
    },
  }),
  mcpTool({
    name: "why_slow",
    title: "Why is it slow?",
    description:
      "Diagnoses a Streamline server: ranked causes with their evidence and since when, what is ruled out, and what could not be checked. Deterministic; no language model.",
    input: z.object({ target, topic, group, last }),
    output: DIAGNOSIS_OUTPUT,
    isOpenWorld: true,
    run: (session, { target: name, topic: onTopic, group: ofGroup, last: window }) =>
      answeredBy(
        session,
        commandLine("why-slow", { target: name, topic: onTopic, group: ofGroup, last: window }),
        (answer) => concludeDiagnosis(answer as WhySlowAnswer),
      ),
  }),
  mcpTool({
    name: "replay_diagnosis",
    title: "Repeat a diagnosis",
    description:
      "The answer of an earlier why_slow once more, from the evidence that was kept with it.",
    input: z.object({ id: z.string().regex(/^[0-9a-f]{6,64}$/, "is not a replay id") }),
    output: DIAGNOSIS_OUTPUT,
    isOpenWorld: false,
    run: (session, { id }) =>
      answeredBy(session, `why-slow replay:${id}`, (answer) =>
        concludeDiagnosis(answer as WhySlowAnswer),
      ),
  }),
  mcpTool({
    name: "health",
    title: "Health of a server",
    description:
      "HTTP, Kafka, health checks, version and metrics of a Streamline server, each separately.",
    input: z.object({ target }),
    output: HEALTH_OUTPUT,
    isOpenWorld: true,
    run: (session, { target: name }) =>
      answeredBy(session, commandLine("health", { target: name }), (answer) =>
        concludeHealth(answer as { report: HealthReport }),
      ),
  }),
  mcpTool({
    name: "query_promql",
    title: "Query metrics",
    description:
      "A metric's name or any PromQL over what the bot has seen of a server, as values over time; longer windows come from the target's Prometheus where one is configured.",
    input: z.object({
      query: z.string().min(1).max(2_000),
      target,
      last: last.default("10m"),
    }),
    output: QUERY_OUTPUT,
    isOpenWorld: true,
    run: (session, { query, target: name, last: window }) => {
      const words = query.trim();
      const options = commandLine("", { target: name, last: window });
      const mark = longerThanAnyIn(words);
      return answeredBy(session, `chart ${mark}${words}${mark}${options}`, (answer) =>
        concludeQuery(answer as ChartAnswer, words),
      );
    },
  }),
  mcpTool({
    name: "consumer_lag",
    title: "Consumer lag",
    description:
      "How far a consumer group is behind and whether it catches up; without a group, all groups.",
    input: z.object({ target, group }),
    output: LAG_OUTPUT,
    isOpenWorld: true,
    run: (session, { target: name, group: ofGroup }) =>
      answeredBy(session, commandLine("lag", { target: name, group: ofGroup }), (answer) =>
        concludeLag(answer as LagAnswer),
      ),
  }),
  mcpTool({
    name: "list_incidents",
    title: "Open incidents",
    description: "What fires now, worst first, and who is on it.",
    input: z.object({ target, state: z.enum(["firing", "silenced", "acknowledged"]).optional() }),
    output: INCIDENTS_OUTPUT,
    isOpenWorld: false,
    run: (session, { target: name, state }) =>
      answeredBy(session, commandLine("alerts", { target: name, state }), (answer) =>
        concludeIncidents(answer as AlertsAnswer),
      ),
  }),
  mcpTool({
    name: "get_incident",
    title: "One incident",
    description:
      "An incident's state and its timeline as Markdown, by its id or by its alert's name.",
    input: z.object({ incident: z.string().regex(/^[^"\s]{1,200}$/, "is not an id or an alert") }),
    output: INCIDENT_OUTPUT,
    isOpenWorld: false,
    run: (session, { incident }) =>
      answeredBy(session, `timeline "${incident}"`, (answer) =>
        concludeIncident(answer as TimelineAnswer, { nowMs: clock.now() }),
      ),
  }),
];

/** Backticks that mark an expression in which backticks may stand around a string. */
function longerThanAnyIn(expression: string): string {
  const runs = expression.match(/`+/g) ?? [];
  return "`".repeat(1 + Math.max(0, ...runs.map(({ length }) => length)));
}
