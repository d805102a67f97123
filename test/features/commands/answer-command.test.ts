/** What people ask, answered over a real library and search, and a server that says what it is told. */

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import type { Message } from "../../../src/block-kit/message.ts";
import type { AskPermission } from "../../../src/config/config.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import { openDatabase } from "../../../src/edges/store/database.ts";
import { createFeedbackStore } from "../../../src/edges/store/feedback-store.ts";
import { createIncidentStore } from "../../../src/edges/store/incident-store.ts";
import { createQuestionStore } from "../../../src/edges/store/question-store.ts";
import { createSubscriptionStore } from "../../../src/edges/store/subscription-store.ts";
import { type AnswerPorts, answerCommand } from "../../../src/features/commands/answer-command.ts";
import { knownNames } from "../../../src/features/commands/known-names.ts";
import { peopleCommands } from "../../../src/features/commands/people-commands.ts";
import { SHOW_SECTION } from "../../../src/features/runbooks/render-runbook.ts";
import { createPermission } from "../../../src/features/shared/permission.ts";
import type { KnowledgeSource } from "../../../src/features/shared/sources.ts";
import { createHistory } from "../../../src/history/history.ts";
import { createSearch } from "../../../src/search/create-search.ts";
import { searchSections } from "../../../src/search/library-sections.ts";
import { assertHarmless, HOSTILE_PIECES } from "../../block-kit/hostile.ts";
import { libraryOf } from "../../block-kit/sections.ts";
import {
  healthyPoll,
  metricsAnswered,
  REFUSED,
  TARGET,
  withoutHttp,
} from "../../diagnosis/polls.ts";
import { createClock, createLog, createMeter, createSlack } from "../fakes.ts";

const PAGES = {
  "runbooks/ReplicationLag.md": `---
title: Replication lags
alerts: [ReplicationLag]
---
## Meaning

Followers are behind their leader.

## Mitigation

\`\`\`sh
curl \${STREAMLINE_HTTP:-http://localhost:9094}/api/v1/topics
\`\`\`
`,
  "TROUBLESHOOTING.md": `# Troubleshooting

## Disk is full

Delete old segments, or buy a larger disk.

## Certificate has expired

Renew the certificate and restart the listener.

## Consumers rebalance all the time

Raise the session timeout.
`,
};

const STAGING: Target = { ...TARGET, name: "staging", http: "http://10.0.1.5:9094" };
const ALICE = { user: "U0ALICE", channel: "C0INCIDENTS" };
const NOBODY = { users: [], groups: [] };
const EVERYONE: AskPermission = { users: [], channels: [] };

const library = libraryOf(PAGES);
const search = await createSearch(searchSections(library));
const database = await openDatabase({ engine: "sqlite", path: ":memory:" });
after(() => database.close());

interface Setting {
  readonly targets?: readonly Target[];
  readonly permission?: AskPermission;
  readonly poll?: Partial<AnswerPorts["poll"]>;
}

function setUp({ targets = [TARGET], permission = EVERYONE, poll = {} }: Setting = {}) {
  const [log, meter, clock] = [createLog(), createMeter(), createClock(0)];
  const asked: string[] = [];
  const knowledge: KnowledgeSource = {
    library: () => library,
    ask: (question, options) => search.ask(question, options),
  };
  const allowed = createPermission(
    { ask: permission, acknowledge: NOBODY, silence: NOBODY },
    { members: async () => [] },
  );
  const people = peopleCommands({
    knowledge,
    questions: createQuestionStore(database),
    feedback: createFeedbackStore(database),
    subscriptions: createSubscriptionStore(database),
    incidents: createIncidentStore(database),
    messenger: createSlack(clock),
    permission: allowed,
    targets,
    clock,
    log,
    meter,
  });
  const answers = answerCommand({
    people: people.commands,
    knowledge,
    poll: {
      health: async (target) => {
        asked.push(`health of ${target.name}`);
        return healthyPoll();
      },
      metrics: async (target) => {
        asked.push(`metrics of ${target.name}`);
        return metricsAnswered();
      },
      counts: () => ({ requests: 0, bytes: 0 }),
      ...poll,
    },
    memory: { heldRules: () => [], passedOver: () => [], metricNames: () => new Set<string>() },
    whySlow: {
      diagnose: async (target) => ({ text: `why ${target.name}`, blocks: [] }),
      replay: async (id) => ({ text: `replay ${id}`, blocks: [] }),
    },
    more: {
      answer: async ({ kind }) => {
        asked.push(kind);
        return { text: `more: ${kind}`, blocks: [] };
      },
    },
    names: knownNames(targets, { history: () => createHistory() }),
    silences: {
      silence: async (what) => ({ text: `silence ${what}`, blocks: [] }),
      list: async () => ({ text: "the silences", blocks: [] }),
      interactions: { clicks: {}, submissions: {} },
    },
    targets,
    permission: allowed,
    clock,
    log,
    meter,
    newId: () => "0a1b2c3d",
  });
  const answer = (text: string, person = ALICE): Promise<Message> =>
    answers.question({ text, person, ts: "1.1", isDirect: true });
  const ask = async (text: string, person = ALICE): Promise<string> =>
    (await answer(text, person)).text;
  const showSection = async (value: string): Promise<Message> => {
    const click = { person: ALICE, action: SHOW_SECTION, actionId: SHOW_SECTION, value };
    const reaction = await answers.interactions.clicks[SHOW_SECTION]?.({ ...click, fields: {} });
    assert.ok(reaction?.kind === "message");
    return reaction.message;
  };
  return { answer, ask, asked, log, meter, showSection };
}

function buttonsOf({ blocks }: Message): string[] {
  return blocks.flatMap((block) =>
    block.type === "actions"
      ? block.elements.flatMap((element) =>
          element.type === "button" ? [element.value ?? ""] : [],
        )
      : [],
  );
}

describe("a search", () => {
  test("shows the best section, offers the next ones, and is counted", async () => {
    const { answer, meter } = setUp();
    const message = await answer("search disk is full");
    assert.match(message.text, /^Troubleshooting › Disk is full\n/);
    assert.match(message.text, /Delete old segments/);
    assert.ok(meter.counts.includes("searched true"));
    assert.ok(meter.counts.includes("answered search"));
  });

  test("needs no subcommand", async () => {
    const { ask } = setUp();
    assert.match(await ask("certificate has expired"), /Renew the certificate/);
  });

  test("without a result says so, and is counted as such", async () => {
    const { ask, meter } = setUp();
    assert.match(await ask("recipe for apple pie"), /^Nothing in the runbooks covers this/);
    assert.ok(meter.counts.includes("searched false"));
  });

  test("fills in the only target's address, and none when there are several", async () => {
    const one = setUp();
    assert.match(await one.ask("runbook ReplicationLag"), /curl http:\/\/10\.0\.0\.5:9094\/api/);
    const two = setUp({ targets: [TARGET, STAGING] });
    assert.match(await two.ask("runbook ReplicationLag"), /curl \$\{STREAMLINE_HTTP:-http/);
  });

  test("of 4,000 hostile characters is answered like any other", async () => {
    const { answer } = setUp();
    for (const piece of HOSTILE_PIECES) {
      const message = await answer(`search ${piece.repeat(20)}`);
      assertHarmless(message);
    }
  });
});

describe("a runbook", () => {
  test("is shown with its title and all of its sections", async () => {
    const { ask } = setUp();
    const text = await ask("runbook replicationlag");
    assert.match(text, /^Runbook: Replication lags\n\*Meaning\*\n[\s\S]*\*Mitigation\*/);
  });

  test("that is not there is said so, with what is near", async () => {
    const { answer } = setUp();
    const message = await answer("runbook DiskFull");
    assert.match(message.text, /^No runbook covers DiskFull\. The nearest sections:/);
    assert.ok(buttonsOf(message).includes("TROUBLESHOOTING.md#disk-is-full"));
  });
});

describe("a section's button", () => {
  test("opens the section", async () => {
    const { showSection, meter } = setUp();
    const message = await showSection("TROUBLESHOOTING.md#disk-is-full");
    assert.match(message.text, /Delete old segments/);
    assert.deepEqual(meter.counts, ["answered section"]);
  });

  test("says when the section is gone", async () => {
    const { showSection } = setUp();
    for (const id of ["gone.md#x", "", "__proto__", "<!channel>"]) {
      const message = await showSection(id);
      assert.match(message.text, /is not in the runbooks any more/);
      assertHarmless(message);
    }
  });
});

describe("health and metrics", () => {
  test("of the only target need no name", async () => {
    const { ask, asked } = setUp();
    assert.match(await ask("health"), /orders is healthy/);
    assert.match(await ask("metrics topics"), /streamline_topics_total/);
    assert.deepEqual(asked, ["health of orders", "metrics of orders"]);
  });

  test("ask which of several targets is meant, and ask none meanwhile", async () => {
    const { answer, asked } = setUp({ targets: [TARGET, STAGING] });
    const health = await answer("health");
    assert.match(health.text, /^Which target\? Name one of `orders`, `staging`\.$/);
    assert.deepEqual(buttonsOf(health), ["health orders", "health staging"]);
    const metrics = await answer('metrics lag{topic="a b"}');
    assert.deepEqual(buttonsOf(metrics), [
      'metrics lag{topic="a b"} orders',
      'metrics lag{topic="a b"} staging',
    ]);
    assert.deepEqual(asked, []);
  });

  test("run as their buttons say", async () => {
    const { answer, asked } = setUp({ targets: [TARGET, STAGING] });
    for (const value of buttonsOf(await answer('metrics lag{topic="a b"}'))) {
      await answer(value);
    }
    assert.deepEqual(asked, ["metrics of orders", "metrics of staging"]);
  });

  test("of a target by name, in any case of letters", async () => {
    const { ask, asked } = setUp({ targets: [TARGET, STAGING] });
    await ask("health STAGING");
    assert.deepEqual(asked, ["health of staging"]);
  });

  test("of a target that is not configured say so", async () => {
    const { answer, asked } = setUp();
    const message = await answer("health <!channel>`x`");
    assert.match(message.text, /^There is no target .*The configured targets are `orders`\.$/);
    assertHarmless(message);
    assert.deepEqual(asked, []);
  });

  test("of a server that refuses say what it does", async () => {
    const { ask } = setUp({
      poll: {
        health: async () => healthyPoll({ http: REFUSED, ...withoutHttp(REFUSED) }),
        metrics: async () => REFUSED,
      },
    });
    assert.match(await ask("health"), /Kafka answers, HTTP does not/i);
    assert.match(await ask("metrics lag"), /cannot be read: .* refuses connections/);
  });
});

describe("permissions", () => {
  const cases: [string, AskPermission, RegExp][] = [
    ["to everyone", EVERYONE, /is healthy/],
    ["to a named person", { users: ["U0ALICE"], channels: [] }, /is healthy/],
    ["not to another person", { users: ["U0BOB"], channels: [] }, /does not let you ask/],
    ["in a named channel", { users: [], channels: ["C0INCIDENTS"] }, /is healthy/],
    ["not in another channel", { users: [], channels: ["C0X"] }, /people in this channel/],
    [
      "not to a named person in another channel",
      { users: ["U0ALICE"], channels: ["C0X"] },
      /people in this channel/,
    ],
  ];
  for (const [what, permission, expected] of cases) {
    test(`answer ${what}`, async () => {
      const { ask, asked } = setUp({ permission });
      assert.match(await ask("health"), expected);
      assert.equal(asked.length, expected.source.includes("healthy") ? 1 : 0);
    });
  }

  test("are asked for before a target is, so that its name stays unknown", async () => {
    const { ask } = setUp({
      targets: [TARGET, STAGING],
      permission: { users: ["U0BOB"], channels: [] },
    });
    for (const text of ["health", "health nowhere", "metrics lag", "why-slow", "replay ab12"]) {
      const answer = await ask(text);
      assert.doesNotMatch(answer, /orders|staging/, text);
    }
  });

  test("leave searching and runbooks open", async () => {
    const { ask } = setUp({ permission: { users: ["U0BOB"], channels: [] } });
    assert.match(await ask("search disk is full"), /Delete old segments/);
    assert.match(await ask("runbook ReplicationLag"), /^Runbook/);
    assert.match(await ask("help"), /What you can ask/);
  });
});

test("what was mistyped gets buttons that run what was meant, and what was written", async () => {
  const { answer, ask } = setUp();
  const message = await answer("serach disk is full");
  assert.deepEqual(buttonsOf(message), ["search disk is full", "search serach disk is full"]);
  assert.match(await ask(buttonsOf(message)[0] ?? ""), /Delete old segments/);
});

test("nothing typed is a call for help, and half a command is told its form", async () => {
  const { ask } = setUp();
  assert.match(await ask(""), /^What you can ask:\n/);
  assert.match(await ask("search"), /Something is missing\. Write `\/streamline search WORDS`/);
});

test("what fails inside is told with the id of the log's line, and is still timed", async () => {
  const { ask, log, meter } = setUp({
    poll: { health: () => Promise.reject(new Error("hunter2")) },
  });
  const text = await ask("health");
  assert.match(text, /under `0a1b2c3d`/);
  assert.doesNotMatch(text, /hunter2/);
  assert.deepEqual(log.lines, ["error: a command failed"]);
  assert.partialDeepStrictEqual(log.fields[0], { id: "0a1b2c3d", command: "health" });
  assert.ok(meter.counts.includes("answered health"));
});
