/** What people ask, answered over a real library and search, and a server that says what it is told. */

import assert from "node:assert/strict";
import { describe, type TestContext, test } from "node:test";
import type { Message } from "../../../src/block-kit/message.ts";
import type { AskPermission } from "../../../src/config/config.ts";
import type { Target } from "../../../src/diagnosis/target.ts";
import type { CommandPorts } from "../../../src/features/commands/registry.ts";
import { SHOW_SECTION } from "../../../src/features/runbooks/link-menu.ts";
import { assertHarmless, HOSTILE_PIECES } from "../../block-kit/hostile.ts";
import {
  healthyPoll,
  metricsAnswered,
  REFUSED,
  TARGET,
  withoutHttp,
} from "../../diagnosis/polls.ts";
import { firing } from "../../incidents/notifications.ts";
import { buttonsOf, STAGING, setUp as setUpAll } from "./setting.ts";

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

const EVERYONE: AskPermission = { users: [], channels: [] };

interface Setting {
  readonly targets?: readonly Target[];
  readonly permission?: AskPermission;
  readonly poll?: Partial<CommandPorts["poll"]>;
}

async function setUp(t: TestContext, { targets = [TARGET], permission, poll }: Setting = {}) {
  const healthy = {
    health: async () => healthyPoll(),
    metrics: async () => metricsAnswered(),
    counts: () => ({ requests: 0, bytes: 0 }),
  };
  const all = await setUpAll(t, {
    pages: PAGES,
    targets,
    permissions: permission === undefined ? {} : { ask: permission },
    ports: poll === undefined ? {} : { poll: { ...healthy, ...poll } },
  });
  const showSection = async (value: string): Promise<Message> => {
    const reaction = await all.click(SHOW_SECTION, value);
    assert.ok(reaction.kind === "message");
    return reaction.message;
  };
  return { ...all, showSection };
}

describe("a search", () => {
  test("shows the best section, offers the next ones, and is counted", async (t) => {
    const { answer, meter } = await setUp(t);
    const message = await answer("search disk is full");
    assert.match(message.text, /^Troubleshooting › Disk is full\n/);
    assert.match(message.text, /Delete old segments/);
    assert.ok(meter.counts.includes("searched answered"));
    assert.ok(meter.counts.includes("answered search"));
  });

  test("needs no subcommand", async (t) => {
    const { ask } = await setUp(t);
    assert.match(await ask("certificate has expired"), /Renew the certificate/);
  });

  test("without a result says so, and is counted as such", async (t) => {
    const { ask, meter } = await setUp(t);
    assert.match(await ask("recipe for apple pie"), /^Nothing in the runbooks covers this/);
    assert.ok(meter.counts.includes("searched refused"));
  });

  test("fills in the only target's address, and none when there are several", async (t) => {
    const one = await setUp(t);
    assert.match(await one.ask("runbook ReplicationLag"), /curl http:\/\/10\.0\.0\.5:9094\/api/);
    const two = await setUp(t, { targets: [TARGET, STAGING] });
    assert.match(await two.ask("runbook ReplicationLag"), /curl \$\{STREAMLINE_HTTP:-http/);
  });

  test("of 4,000 hostile characters is answered like any other", async (t) => {
    const { answer } = await setUp(t);
    for (const piece of HOSTILE_PIECES) {
      const message = await answer(`search ${piece.repeat(20)}`);
      assertHarmless(message);
    }
  });
});

describe("a runbook", () => {
  test("is shown with its title and all of its sections", async (t) => {
    const { ask } = await setUp(t);
    const text = await ask("runbook replicationlag");
    assert.match(text, /^Runbook: Replication lags\n\*Mitigation\*\n[\s\S]*Meaning: /);
  });

  test("that is not there is said so, with what is near", async (t) => {
    const { answer } = await setUp(t);
    const message = await answer("runbook DiskFull");
    assert.match(message.text, /^No runbook covers DiskFull\. The nearest sections:/);
    assert.ok(buttonsOf(message).includes("TROUBLESHOOTING.md#disk-is-full"));
  });
});

test("a runbook that only the alert names is offered first, and never called missing", async (t) => {
  const { ask, fire } = await setUp(t);
  const annotations = { runbook_url: "https://wiki.example/disk" };
  await fire("g", [firing("a", { labels: { alertname: "CartStuck" }, annotations })]);
  const text = await ask("runbook CartStuck");
  assert.match(text, /^📖 <https:\/\/wiki\.example\/disk\|Runbook of CartStuck at wiki\.example>/);
  assert.doesNotMatch(text, /No runbook covers/);
});

describe("a section's button", () => {
  test("opens the section", async (t) => {
    const { showSection } = await setUp(t);
    const message = await showSection("TROUBLESHOOTING.md#disk-is-full");
    assert.match(message.text, /Delete old segments/);
  });

  test("says when the section is gone", async (t) => {
    const { showSection } = await setUp(t);
    for (const id of ["gone.md#x", "", "__proto__", "<!channel>"]) {
      const message = await showSection(id);
      assert.match(message.text, /no longer in the runbooks/);
      assertHarmless(message);
    }
  });
});

describe("health and metrics", () => {
  test("of the only target need no name", async (t) => {
    const { ask, asked } = await setUp(t);
    assert.match(await ask("health"), /orders is healthy/);
    assert.match(await ask("metrics topics"), /streamline_topics_total/);
    assert.deepEqual(asked, ["health of orders", "metrics of orders"]);
  });

  test("ask which of several targets is meant, and ask none meanwhile", async (t) => {
    const { answer, asked } = await setUp(t, { targets: [TARGET, STAGING] });
    const health = await answer("health");
    assert.match(health.text, /^Which target\? Name one of `orders`, `staging`\.$/);
    assert.deepEqual(buttonsOf(health), ["health target:orders", "health target:staging"]);
    const metrics = await answer('metrics lag{topic="a b"}');
    assert.deepEqual(buttonsOf(metrics), [
      'metrics lag{topic="a b"} target:orders',
      'metrics lag{topic="a b"} target:staging',
    ]);
    assert.deepEqual(asked, []);
  });

  test("run as their buttons say", async (t) => {
    const { answer, asked } = await setUp(t, { targets: [TARGET, STAGING] });
    for (const value of buttonsOf(await answer('metrics lag{topic="a b"}'))) {
      await answer(value);
    }
    assert.deepEqual(asked, ["metrics of orders", "metrics of staging"]);
  });

  test("of a target by name, in any case of letters", async (t) => {
    const { ask, asked } = await setUp(t, { targets: [TARGET, STAGING] });
    await ask("health STAGING");
    assert.deepEqual(asked, ["health of staging"]);
  });

  test("of a target that is not configured say so", async (t) => {
    const { answer, asked } = await setUp(t);
    const message = await answer("health <!channel>`x`");
    assert.match(message.text, /^There is no target .*The configured targets are `orders`\.$/);
    assertHarmless(message);
    assert.deepEqual(asked, []);
  });

  test("of a server that refuses say what it does", async (t) => {
    const { ask } = await setUp(t, {
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
    test(`answer ${what}`, async (t) => {
      const { ask, asked } = await setUp(t, { permission });
      assert.match(await ask("health"), expected);
      assert.equal(asked.length, expected.source.includes("healthy") ? 1 : 0);
    });
  }

  test("are asked for before a target is, so that its name stays unknown", async (t) => {
    const { ask } = await setUp(t, {
      targets: [TARGET, STAGING],
      permission: { users: ["U0BOB"], channels: [] },
    });
    for (const text of ["health", "health nowhere", "metrics lag", "why-slow", "replay ab12"]) {
      const answer = await ask(text);
      assert.doesNotMatch(answer, /orders|staging/, text);
    }
  });

  test("leave searching and runbooks open", async (t) => {
    const { ask } = await setUp(t, { permission: { users: ["U0BOB"], channels: [] } });
    assert.match(await ask("search disk is full"), /Delete old segments/);
    assert.match(await ask("runbook ReplicationLag"), /^Runbook/);
    assert.match(await ask("help"), /What you can ask/);
  });
});

test("what was mistyped gets buttons that run what was meant, and what was written", async (t) => {
  const { answer, ask } = await setUp(t);
  const message = await answer("serach disk is full");
  assert.deepEqual(buttonsOf(message), ["search disk is full", "search serach disk is full"]);
  assert.match(await ask(buttonsOf(message)[0] ?? ""), /Delete old segments/);
});

test("help with a command's name, also another one of it, shows that command alone", async (t) => {
  const { ask } = await setUp(t);
  for (const text of ["help ack", "help acknowledge"]) {
    const help = await ask(text);
    assert.match(help, /ack \[ALERT/);
    assert.doesNotMatch(help, /why-slow \[/);
  }
  assert.match(await ask("help nonsense"), /why-slow \[/);
});

test("nothing typed is a call for help, and half a command is told its form", async (t) => {
  const { ask } = await setUp(t);
  assert.match(await ask(""), /^What you can ask:\n/);
  assert.match(await ask("search"), /Something is missing\. Usage: `\/streamline search WORDS`/);
});

test("what fails inside is reported with the id of the log's line, and is still timed", async (t) => {
  const { ask, log, meter } = await setUp(t, {
    poll: { health: () => Promise.reject(new Error("hunter2")) },
  });
  const text = await ask("health");
  assert.match(text, /under `0a1b2c3d`/);
  assert.doesNotMatch(text, /hunter2/);
  assert.deepEqual(log.lines, ["error: a command failed"]);
  assert.partialDeepStrictEqual(log.fields[0], { id: "0a1b2c3d", command: "health" });
  assert.ok(meter.counts.includes("answered health"));
});
