/** All commands over a real store, search and history, with servers and a Slack that do as told. */

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { TestContext } from "node:test";
import type { Alert } from "../../../src/alerts/alert.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import type { Permissions } from "../../../src/config/config.ts";
import {
  type DrawRequest,
  drawChart,
  type PlanRequest,
  planChart,
} from "../../../src/diagnosis/draw-chart.ts";
import type { Reply } from "../../../src/diagnosis/reply.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createFeedbackStore } from "../../../src/edges/store/feedback-store.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createQuestionStore } from "../../../src/edges/store/question-store.ts";
import { createSubscriptionStore } from "../../../src/edges/store/subscription-store.ts";
import {
  type CommandReading,
  createCommandTable,
} from "../../../src/features/commands/command-table.ts";
import { createCommands } from "../../../src/features/commands/dispatch.ts";
import { guardInteractions } from "../../../src/features/commands/guard-interactions.ts";
import { knownNames } from "../../../src/features/commands/known-names.ts";
import { type KnownNames, NO_NAMES } from "../../../src/features/commands/plain-words.ts";
import { createRates } from "../../../src/features/commands/rates.ts";
import { type CommandPorts, commandRows } from "../../../src/features/commands/registry.ts";
import { NO_FEEDBACK } from "../../../src/features/history/alert-history.ts";
import { handoffButtons, NO_GAPS } from "../../../src/features/history/handoff.ts";
import { timelineButtons, type Upload } from "../../../src/features/history/timeline.ts";
import { gapButtons } from "../../../src/features/search/gaps.ts";
import { feedbackButtons } from "../../../src/features/search/give-feedback.ts";
import { openSectionButtons } from "../../../src/features/search/open-section.ts";
import { type SearchPorts, searchRunbooks } from "../../../src/features/search/search-runbooks.ts";
import { shareSectionButton } from "../../../src/features/search/share-section.ts";
import { typeahead } from "../../../src/features/search/typeahead.ts";
import type { Click, Reaction } from "../../../src/features/shared/interactions.ts";
import { createPermission } from "../../../src/features/shared/permission.ts";
import type { SilenceOptions } from "../../../src/features/silences/which-incident.ts";
import { subscribeButtons } from "../../../src/features/subscriptions/subscribe.ts";
import { createHistory, type History } from "../../../src/history/history.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import { createSearch } from "../../../src/search/create-search.ts";
import { searchSections } from "../../../src/search/library-sections.ts";
import { libraryOf } from "../../block-kit/sections.ts";
import { healthyPoll, metricsAnswered, REFUSED, TARGET } from "../../diagnosis/polls.ts";
import { ownChecks } from "../../eval/own-checks.ts";
import { HOUR, notification, T0 } from "../../incidents/notifications.ts";
import { createClock, createLog, createMeter, createSlack, directoryOf } from "../fakes.ts";

const PAGE = `---
title: The disk is full
alerts: [DiskFull]
---
## Meaning

Appends fail.

## Mitigation

Delete old segments.
`;

export const ALICE = { user: "U0ALICE", channel: "C0INCIDENTS" };
export const STAGING: Target = { ...TARGET, name: "staging", http: "http://10.0.1.5:9094" };
const EVERYONE: Permissions = {
  ask: { users: [], channels: [] },
  query: { users: [], groups: [] },
  acknowledge: { users: [], groups: [] },
  silence: { users: [], groups: [] },
  outsiders: { users: [], groups: [] },
};

export interface Setting {
  readonly targets?: readonly Target[];
  readonly history?: History;
  /** Replies by path. */
  readonly replies?: Readonly<Record<string, Reply>>;
  readonly pages?: Readonly<Record<string, string>>;
  readonly ports?: Partial<CommandPorts & SearchPorts>;
  readonly permissions?: Partial<Permissions>;
  readonly slack?: Parameters<typeof directoryOf>[0];
}

/** The table alone, for reading what people type. */
export const TABLE = createCommandTable(commandRows({} as CommandPorts));

/** What a text is read as, without the row. */
export function readAs(text: string, known: KnownNames = NO_NAMES) {
  return compact(TABLE.read(text, known));
}

function compact(reading: CommandReading) {
  switch (reading.kind) {
    case "command": {
      const { row, options, target } = reading;
      return { name: row.name, options, ...(target === undefined ? {} : { target }) };
    }
    case "incomplete":
      return { incomplete: reading.row.name };
    case "not-understood": {
      const { row, problem, suggestion } = reading;
      return { name: row.name, problem, ...(suggestion === undefined ? {} : { suggestion }) };
    }
    case "mistyped": {
      const { word, suggestion, instead } = reading;
      return { word, suggestion, instead };
    }
  }
}

export async function setUp(t: Pick<TestContext, "after">, setting: Setting = {}) {
  const { targets = [TARGET], replies = {} } = setting;
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  t.after(() => database.close());
  const incidents = createIncidentStore(database);
  const feedback = createFeedbackStore(database);
  const [clock, log, meter] = [createClock(T0), createLog(), createMeter()];
  const slack = createSlack(clock);
  const history = setting.history ?? createHistory();
  const library = libraryOf(setting.pages ?? { "runbooks/DiskFull.md": PAGE });
  const search = await createSearch(searchSections(library));
  const uploads: Upload[] = [];
  const asked: string[] = [];
  const permissions = { ...EVERYONE, ...setting.permissions };
  const permission = createPermission(permissions, {
    groups: { members: async () => [] },
    directory: directoryOf(setting.slack),
    log,
  });
  const base = {
    incidents,
    knowledge: {
      library: () => library,
      ask: async (question: string, options: { limit: number }) => search.ask(question, options),
    },
    memory: { history: () => history, judgedRules: async () => ({ held: [], passedOver: [] }) },
    poll: {
      health: async ({ name }: Target) => {
        asked.push(`health of ${name}`);
        return healthyPoll();
      },
      metrics: async ({ name }: Target) => {
        asked.push(`metrics of ${name}`);
        return metricsAnswered();
      },
      counts: () => ({ requests: 0, bytes: 0 }),
    },
    api: {
      get: async ({ name }: Target, path: string) => {
        asked.push(`${name} ${path}`);
        return replies[path] ?? REFUSED;
      },
    },
    prometheus: { range: async () => ({ kind: "lines" as const, lines: [] }) },
    charts: {
      draw: async (_target: Target, request: DrawRequest) => drawChart(history, request),
      plan: async (_target: Target, request: PlanRequest) => planChart(history, request),
    },
    whySlow: {
      checks: () => ownChecks().checks,
      conclude: async ({ name }: Target) => {
        asked.push(`why-slow of ${name}`);
        return { kind: "no-replay" as const, id: name, reason: "asked" };
      },
      replay: async (id: string) => ({ kind: "no-replay" as const, id, reason: "asked again" }),
    },
    silences: {
      silence: async ({ what }: SilenceOptions) => ({ text: `silence ${what}`, blocks: [] }),
      list: async () => ({ silences: [], nowMs: clock.now() }),
    },
    messenger: slack,
    talk: {
      read: async () => ({ kind: "read" as const, messages: [] }),
      names: async () => new Map([["U0ALICE", "Alice"]]),
    },
    files: {
      upload: async (file: Upload) => {
        uploads.push(file);
        return undefined;
      },
    },
    jumpTo: (channel: string, ts: string) => `https://x.slack.com/archives/${channel}/p${ts}`,
    checks: () => [],
    verdicts: NO_FEEDBACK,
    gaps: NO_GAPS,
    ruleNames: ["HighProduceLatency"],
    questions: createQuestionStore(database),
    feedback,
    subscriptions: createSubscriptionStore(database),
    targets,
    permission,
    schedules: { names: [], states: () => [] },
    times: { holdsMs: 4 * HOUR, remindAfterMs: HOUR },
    wakeDelivery: () => {},
    clock,
    log,
    meter,
    ...setting.ports,
  };
  const searching = searchRunbooks(base);
  const typing = typeahead(base);
  const ports: CommandPorts = { searching, typing, ...base };
  const commands = createCommands({
    table: createCommandTable(commandRows(ports)),
    names: knownNames(targets, { history: () => history }),
    rates: createRates(() => clock.now()),
    targets,
    permission,
    clock,
    log,
    meter,
    newId: () => "0a1b2c3d",
  });
  const { clicks, options, submissions } = guardInteractions(
    [
      commands.interactions,
      searching.interactions,
      openSectionButtons(base),
      shareSectionButton(base),
      typing.interactions,
      feedbackButtons({ ...base, feedback }),
      gapButtons(base),
      subscribeButtons(base),
      handoffButtons(ports),
      timelineButtons(ports),
    ],
    permission,
  );
  const answer = (text: string, place: Partial<Click> = {}): Promise<Message> =>
    commands.question({ text, person: ALICE, ts: "1.1", isDirect: false, ...place });
  const ask = async (text: string, place: Partial<Click> = {}): Promise<string> =>
    (await answer(text, place)).text;
  const click = (action: string, value: string, rest: Partial<Click> = {}): Promise<Reaction> => {
    const handle = clicks[action];
    assert.ok(handle !== undefined, action);
    return handle({ person: ALICE, action, actionId: action, value, fields: {}, ...rest });
  };
  /** Alerts that Alertmanager told of, in a group of their own; gives the incident's id. */
  const fire = async (
    group: string,
    alerts: readonly Alert[],
    at = clock.now(),
  ): Promise<string> => {
    const told = notification(alerts, { groupKey: group });
    const opening = { id: randomUUID(), channel: ALICE.channel, target: "orders", nowMs: at };
    const { incident } = await incidents.apply(told, at, (latest) =>
      applyNotification(latest, told, opening),
    );
    await incidents.setMessageTs(incident.id, `ts-${group}`);
    return incident.id;
  };
  return {
    answer,
    ask,
    asked,
    click,
    clicks,
    clock,
    commands,
    feedback,
    fire,
    incidents,
    log,
    meter,
    options,
    submissions,
    slack,
    uploads,
  };
}

/** What a click or a command showed, as text. */
export function textOf(reaction: Reaction): string {
  assert.ok(reaction.kind === "message" || reaction.kind === "replacement", reaction.kind);
  return reaction.message.text;
}

export function buttonsOf({ blocks }: Message): string[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((each) => (each.type === "button" ? [each.value ?? ""] : []))
      : [],
  );
}
