/** The commands over a real store and a real history, with servers and a Slack that do as told. */

import { randomUUID } from "node:crypto";
import type { TestContext } from "node:test";
import type { Alert } from "../../../src/alerts/alert.ts";
import type { Message } from "../../../src/block-kit/message.ts";
import type { Reply } from "../../../src/diagnosis/reply.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { knownNames } from "../../../src/features/commands/known-names.ts";
import { type MorePorts, moreCommands } from "../../../src/features/commands/more-commands.ts";
import { parseCommand } from "../../../src/features/commands/parse-command.ts";
import { NO_FEEDBACK } from "../../../src/features/history/alert-history.ts";
import { NO_GAPS } from "../../../src/features/history/handoff.ts";
import type { Upload } from "../../../src/features/history/timeline.ts";
import { createPermission } from "../../../src/features/shared/permission.ts";
import { createHistory, type History } from "../../../src/history/history.ts";
import { applyNotification } from "../../../src/incidents/apply-notification.ts";
import { createSearch } from "../../../src/search/create-search.ts";
import { searchSections } from "../../../src/search/library-sections.ts";
import { libraryOf } from "../../block-kit/sections.ts";
import { REFUSED, TARGET } from "../../diagnosis/polls.ts";
import { notification, T0 } from "../../incidents/notifications.ts";
import { createClock, createSlack } from "../fakes.ts";

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

export interface Setting {
  readonly targets?: readonly Target[];
  readonly history?: History;
  /** Replies by path. */
  readonly replies?: Readonly<Record<string, Reply>>;
  readonly ports?: Partial<MorePorts>;
  readonly nobodyMayAsk?: boolean;
}

export async function setUp(t: TestContext, setting: Setting = {}) {
  const { targets = [TARGET], replies = {} } = setting;
  const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
  t.after(() => database.close());
  const incidents = createIncidentStore(database);
  const clock = createClock(T0);
  const slack = createSlack(clock);
  const history = setting.history ?? createHistory();
  const memory = { history: () => history };
  const library = libraryOf({ "runbooks/DiskFull.md": PAGE });
  const search = await createSearch(searchSections(library));
  const uploads: Upload[] = [];
  const asked: string[] = [];
  const ports: MorePorts = {
    incidents,
    knowledge: {
      library: () => library,
      ask: async (question, options) => search.ask(question, options),
    },
    memory,
    api: {
      get: async ({ name }, path) => {
        asked.push(`${name} ${path}`);
        return replies[path] ?? REFUSED;
      },
    },
    prometheus: { range: async () => ({ kind: "lines", lines: [] }) },
    messenger: slack,
    talk: {
      said: async () => ({ kind: "read", said: [] }),
      names: async () => new Map([["U0ALICE", "Alice"]]),
    },
    files: {
      upload: async (file) => {
        uploads.push(file);
        return undefined;
      },
    },
    jumpTo: (channel, ts) => `https://x.slack.com/archives/${channel}/p${ts}`,
    feedback: NO_FEEDBACK,
    gaps: NO_GAPS,
    ruleNames: ["HighProduceLatency"],
    targets,
    permission: createPermission(
      {
        ask: { users: setting.nobodyMayAsk === true ? ["U0NOBODY"] : [], channels: [] },
        acknowledge: { users: [], groups: [] },
        silence: { users: [], groups: [] },
      },
      { members: async () => [] },
    ),
    clock,
    ...setting.ports,
  };
  const more = moreCommands(ports);
  const answer = async (text: string, place = {}): Promise<Message> => {
    const command = parseCommand(text, knownNames(targets, memory));
    switch (command.kind) {
      case "help":
      case "search":
      case "typeahead":
      case "gaps":
      case "feedback":
      case "subscribe":
      case "health":
      case "metrics":
      case "runbook":
      case "why-slow":
      case "replay":
      case "silence":
      case "silences":
      case "not-understood":
      case "incomplete":
      case "mistyped":
        return { text: command.kind, blocks: [] };
      case "alerts":
      case "chart":
      case "explain":
      case "handoff":
      case "history":
      case "lag":
      case "timeline":
      case "topics":
        return more.answer(command, { person: ALICE, ...place });
    }
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
  const ask = async (text: string, place = {}): Promise<string> => (await answer(text, place)).text;
  return { answer, ask, asked, clock, fire, more, slack, incidents, uploads };
}

export function buttonsOf({ blocks }: Message): string[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((each) => (each.type === "button" ? [each.value ?? ""] : []))
      : [],
  );
}
