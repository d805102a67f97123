/** What agents ask over MCP: the rows that change nothing, with the bot's rights, rates and memory. */

import { WITHOUT_SLACK } from "../edges/cli/kept-incidents.ts";
import { terminalRows } from "../edges/cli/terminal-rows.ts";
import { MCP_PERSON, type McpSession } from "../edges/mcp/mcp-session.ts";
import { slackbotPerson } from "../edges/mcp/slackbot.ts";
import type { SlackApp } from "../edges/slack/slack-app.ts";
import { createCommandTable } from "../features/commands/command-table.ts";
import { createCommands } from "../features/commands/dispatch.ts";
import { createRates } from "../features/commands/rates.ts";
import { searchRunbooks } from "../features/search/search-runbooks.ts";
import { typeahead } from "../features/search/typeahead.ts";
import type { Person } from "../features/shared/interactions.ts";
import type { Permission } from "../features/shared/permission.ts";
import type { Duty } from "./compose-duty.ts";
import type { KnowledgeAccess } from "./compose-knowledge.ts";
import type { Stores } from "./compose-store.ts";
import type { TargetAccess } from "./compose-targets.ts";
import type { Foundation } from "./foundation.ts";

interface McpParts {
  readonly foundation: Foundation;
  readonly stores: Stores;
  readonly access: TargetAccess;
  readonly pages: KnowledgeAccess;
  readonly permission: Permission;
  readonly duty: Pick<Duty, "schedules">;
  readonly slack: Pick<SlackApp, "workspace">;
}

/** One for those who carry the token, one for Slackbot. */
interface McpSessions {
  readonly programs: McpSession;
  readonly slackbot: McpSession;
}

/** The sessions of agents: the rows of the command table that change nothing, as tools. */
export function composeMcp({
  foundation,
  stores,
  access,
  pages,
  permission,
  duty,
  slack: { workspace },
}: McpParts): McpSessions {
  const { log, clock, meter, newId } = foundation;
  const { incidents, feedback, questions } = stores;
  const { targets, poll, memory, prometheus, charts, names } = access;
  const { knowledge } = pages;
  const rows = terminalRows({
    ...WITHOUT_SLACK,
    whySlow: pages.diagnosis,
    poll,
    api: poll,
    memory,
    prometheus,
    charts,
    clock,
    knowledge,
    targets,
    searching: searchRunbooks({ knowledge, questions, targets, clock, log, meter }),
    typing: typeahead({ knowledge, targets }),
    permission,
    log,
    incidents,
    schedules: duty.schedules,
    verdicts: {
      ofAlert: (alert) => feedback.verdicts(alert),
      fixes: (alert, limit) => feedback.fixes(alert, limit),
    },
    gaps: { since: (sinceMs, limit) => questions.gapsSince(sinceMs, limit) },
    ruleNames: access.rules.rules.map((rule) => rule.alert),
  });
  const commands = createCommands({
    table: createCommandTable(rows),
    names,
    rates: createRates(() => clock.now()),
    targets,
    permission,
    clock,
    log,
    meter,
    newId: () => newId().slice(0, 8),
  });
  const shared = {
    run: commands.run,
    library: () => knowledge.library(),
    refusal: (person: Person) => permission.refusal(person, "read"),
  };
  return {
    programs: { ...shared, personOf: () => MCP_PERSON },
    slackbot: {
      ...shared,
      personOf: (meta) => slackbotPerson(meta, workspace()),
      isSlackbot: true,
    },
  };
}
