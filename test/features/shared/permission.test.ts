/** Who may do what: every right, kind of person and place, and the words of a refusal. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Permissions } from "../../../src/config/config.ts";
import {
  PERSON_KINDS,
  type PersonKind,
  PLACE_KINDS,
  type PlaceKind,
} from "../../../src/features/shared/decide.ts";
import type { Person } from "../../../src/features/shared/interactions.ts";
import { createPermission } from "../../../src/features/shared/permission.ts";
import { RIGHTS, type Right } from "../../../src/features/shared/rights.ts";
import { createLog, directoryOf } from "../fakes.ts";

const NOBODY = { users: [], groups: [] };
const EVERYONE = { users: [], channels: [] };
const ALICE = { user: "U0ALICE", channel: "C0INCIDENTS" };
const MEMBERS: Readonly<Record<string, readonly string[]>> = { S0ONCALL: ["U0ALICE"], S0OTHER: [] };

function permission(
  change: Partial<Permissions> = {},
  slack: Parameters<typeof directoryOf>[0] = {},
) {
  const log = createLog();
  const permissions = {
    ask: EVERYONE,
    query: NOBODY,
    acknowledge: NOBODY,
    silence: NOBODY,
    outsiders: NOBODY,
    ...change,
  };
  const groups = {
    members: async (id: string) => {
      const found = MEMBERS[id];
      if (found === undefined) throw new Error("Slack does not answer");
      return found;
    },
  };
  return { ...createPermission(permissions, { groups, directory: directoryOf(slack), log }), log };
}

/** Where each kind of place is, for Alice. */
const AT: Readonly<Record<PlaceKind, Person>> = {
  channel: ALICE,
  direct: { ...ALICE, channel: "D0ALICE" },
  home: { ...ALICE, channel: "" },
  terminal: { user: "terminal", channel: "", via: "terminal" },
  mcp: { user: "mcp", channel: "", via: "mcp" },
};

/** Whether somebody may, by kind of person and place; for a program the kind means nothing. */
type Expected = (kind: PersonKind, place: PlaceKind, right: Right) => boolean;

const POLICIES: readonly (readonly [string, Partial<Permissions>, Expected])[] = [
  [
    "with nobody named",
    {},
    (kind, place, right) =>
      isProgram(place)
        ? right === "read" || isAsking(right)
        : kind === "member" && right !== "silence",
  ],
  [
    "with Alice named for everything",
    {
      ask: { users: ["U0ALICE"], channels: [] },
      acknowledge: { users: ["U0ALICE"], groups: [] },
      silence: { users: ["U0ALICE"], groups: [] },
    },
    (_, place, right) =>
      isProgram(place) ? right === "read" || (isAsking(right) && place === "terminal") : true,
  ],
  [
    "with Bob named for everything",
    {
      ask: { users: ["U0BOB"], channels: [] },
      acknowledge: { users: ["U0BOB"], groups: [] },
      silence: { users: ["U0BOB"], groups: [] },
    },
    (kind, place, right) =>
      isProgram(place)
        ? right === "read" || (isAsking(right) && place === "terminal")
        : right === "read" && kind === "member",
  ],
  [
    "with Alice admitted as an outsider",
    { outsiders: { users: [], groups: ["S0ONCALL"] } },
    (_, place, right) =>
      isProgram(place) ? right === "read" || isAsking(right) : right !== "silence",
  ],
  [
    "with Bob named for PromQL",
    { query: { users: ["U0BOB"], groups: [] } },
    (kind, place, right) => {
      if (right === "query") return place === "terminal";
      if (isProgram(place)) return right === "read" || right === "ask";
      return kind === "member" && right !== "silence";
    },
  ],
  [
    "with asking limited to the channel",
    { ask: { users: [], channels: ["C0INCIDENTS"] } },
    (kind, place, right) => {
      if (isProgram(place)) return right === "read" || (isAsking(right) && place === "terminal");
      if (kind !== "member" || right === "silence") return false;
      return !isAsking(right) || place === "channel";
    },
  ],
  [
    "with asking limited to another channel",
    { ask: { users: ["U0ALICE"], channels: ["C0OTHER"] } },
    (kind, place, right) => {
      if (isProgram(place)) return right === "read" || (isAsking(right) && place === "terminal");
      if (isAsking(right) || right === "silence") return false;
      // Named for asking is named: whoever that is may read.
      return right === "read" || kind === "member";
    },
  ],
];

/** Whoever may ask may do so with PromQL, too, where nobody is named for that. */
function isAsking(right: Right): boolean {
  return right === "ask" || right === "query";
}

function isProgram(place: PlaceKind): boolean {
  return place === "terminal" || place === "mcp";
}

for (const [what, policy, expected] of POLICIES) {
  describe(`the whole matrix ${what}`, () => {
    for (const kind of PERSON_KINDS) {
      for (const place of PLACE_KINDS) {
        for (const right of RIGHTS) {
          const may = expected(kind, place, right);
          test(`${kind}, ${place}: ${may ? "may" : "may not"} ${right}`, async () => {
            const { refusal, log } = permission(policy, { kinds: { U0ALICE: kind } });
            const refused = await refusal(AT[place], right);
            assert.equal(refused === undefined, may, refused);
            assert.equal(log.lines.length, may ? 0 : 1, "what is refused is logged");
            if (!may) assert.partialDeepStrictEqual(log.fields[0], { user: AT[place].user, right });
          });
        }
      }
    }
  });
}

describe("a target that is limited to channels", () => {
  const orders = { name: "orders", channels: ["C0INCIDENTS"] };
  const staging = { name: "staging", channels: [] };

  test("is asked there, and from a terminal, and nowhere else", async () => {
    const { refusal, targetsFor } = permission();
    for (const [place, person] of Object.entries(AT)) {
      const may = place === "channel" || place === "terminal";
      const refused = await refusal(person, "ask", orders);
      assert.equal(refused === undefined, may, place);
      if (!may) assert.match(refused ?? "", /`orders` in other channels only/);
      assert.equal(await refusal(person, "ask", staging), undefined);
      const offered = targetsFor(person, [orders, staging]).map(({ name }) => name);
      assert.deepEqual(offered, may ? ["orders", "staging"] : ["staging"], place);
    }
  });
});

describe("incidents", () => {
  const all = [{ channel: "C0INCIDENTS" }, { channel: "C0PUBLIC" }, { channel: "C0SECRET" }];
  const members = { C0SECRET: ["U0BOB"], C0INCIDENTS: ["U0BOB"] };
  const seen = async (person: Person, kind: PersonKind = "member"): Promise<string[]> => {
    const { visible } = permission({}, { members, kinds: { [person.user]: kind } });
    return (await visible(person, all)).map(({ channel }) => channel);
  };

  test("of a private channel are for its members, of a public one for full members", async () => {
    const direct = { user: "U0ALICE", channel: "D0ALICE" };
    assert.deepEqual(await seen(direct), ["C0PUBLIC"]);
    assert.deepEqual(await seen({ user: "U0BOB", channel: "D0BOB" }), [
      "C0INCIDENTS",
      "C0PUBLIC",
      "C0SECRET",
    ]);
    for (const kind of ["guest", "external", "bot", "unknown"] as const) {
      assert.deepEqual(await seen(direct, kind), [], kind);
    }
  });

  test("of the channel in which somebody asks are seen there", async () => {
    assert.deepEqual(await seen(ALICE, "guest"), ["C0INCIDENTS"]);
  });

  test("that a whole channel is shown are its own and those of public channels", async () => {
    const forAll = { user: "U0BOB", channel: "C0INCIDENTS", isForChannel: true } as const;
    assert.deepEqual(await seen(forAll), ["C0INCIDENTS", "C0PUBLIC"]);
  });

  test("are all seen in a terminal, and of public channels over MCP", async () => {
    assert.equal((await seen(AT.terminal)).length, 3);
    assert.deepEqual(await seen(AT.mcp), ["C0PUBLIC"]);
  });

  test("are not seen when Slack does not tell", async () => {
    const { visible } = createPermission(
      { ask: EVERYONE, query: NOBODY, acknowledge: NOBODY, silence: NOBODY, outsiders: NOBODY },
      {
        groups: { members: async () => [] },
        directory: {
          kindOf: async () => "unknown",
          isPublic: async () => undefined,
          isMember: async () => undefined,
          isShared: async () => undefined,
        },
        log: createLog(),
      },
    );
    assert.deepEqual(await visible({ user: "U0ALICE", channel: "D0ALICE" }, all), []);
  });
});

describe("what somebody subscribed to", () => {
  const hear = (change: Partial<Permissions>, channel: string, kind: PersonKind = "member") =>
    permission(change, {
      kinds: { U0ALICE: kind },
      members: { C0SECRET: ["U0ALICE"], C0INCIDENTS: ["U0BOB"] },
    }).mayBeNotified("U0ALICE", { channel });

  test("is theirs while they may ask and see its channel, wherever asking is limited to", async () => {
    assert.equal(await hear({}, "C0PUBLIC"), "yes");
    assert.equal(await hear({}, "C0SECRET"), "yes");
    assert.equal(await hear({ ask: { users: [], channels: ["C0PUBLIC"] } }, "C0PUBLIC"), "yes");
  });

  test("is withheld once they may ask no more, are a guest, or left the private channel", async () => {
    assert.equal(await hear({ ask: { users: ["U0BOB"], channels: [] } }, "C0PUBLIC"), "no");
    assert.equal(await hear({}, "C0PUBLIC", "guest"), "no");
    assert.equal(await hear({}, "C0INCIDENTS"), "no");
  });

  test("waits while Slack does not tell who they are", async () => {
    assert.equal(await hear({}, "C0PUBLIC", "unknown"), "unknown");
  });
});

describe("a person", () => {
  test("named by id, or in a group that is named, may; others are told by which setting not", async () => {
    for (const people of [
      { users: ["U0ALICE"], groups: [] },
      { users: ["U0BOB"], groups: ["S0OTHER", "S0ONCALL"] },
    ]) {
      const { refusal } = permission({ silence: people });
      assert.equal(await refusal(ALICE, "silence"), undefined);
      const carol = { ...ALICE, user: "U0CAROL" };
      assert.match((await refusal(carol, "silence")) ?? "", /permissions\.silence\) does not let/);
    }
  });

  test("is not let in when Slack does not tell who is in a group", async () => {
    const { refusal } = permission({ silence: { users: [], groups: ["S0LOST"] } });
    await assert.rejects(refusal(ALICE, "silence"), /Slack does not answer/);
  });

  test("who is refused is told why, by what they are and where they are", async () => {
    for (const [kind, words] of [
      ["guest", /You are a guest/],
      ["external", /another organization/],
      ["unknown", /cannot look you up/],
    ] as const) {
      const { refusal } = permission({}, { kinds: { U0ALICE: kind } });
      assert.match((await refusal(ALICE, "ask")) ?? "", words);
    }
    const { refusal } = permission({ ask: { users: [], channels: ["C0X"] } });
    assert.match((await refusal(ALICE, "ask")) ?? "", /in this channel/);
    assert.match((await refusal(AT.home, "ask")) ?? "", /in some channels only\. Ask there/);
  });
});
