/** The table of commands: what it refuses at the start, and that a row's right holds at every door. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TURN_PAGE } from "../../../src/block-kit/paging.ts";
import { RUN_COMMAND } from "../../../src/block-kit/parts.ts";
import type { CommandRow } from "../../../src/features/commands/command-row.ts";
import { createCommandTable } from "../../../src/features/commands/command-table.ts";
import { type Commands, createCommands } from "../../../src/features/commands/dispatch.ts";
import { guardInteractions } from "../../../src/features/commands/guard-interactions.ts";
import { NO_NAMES } from "../../../src/features/commands/plain-words.ts";
import { createRates } from "../../../src/features/commands/rates.ts";
import type {
  Click,
  GuardedInteractions,
  Reaction,
} from "../../../src/features/shared/interactions.ts";
import type { Permission } from "../../../src/features/shared/permission.ts";
import { RIGHTS, type Right } from "../../../src/features/shared/rights.ts";
import { TARGET } from "../../diagnosis/polls.ts";
import { createClock, createLog, createMeter } from "../fakes.ts";
import { ALICE, TABLE } from "./setting.ts";

const [FIRST] = TABLE.rows;
assert.ok(FIRST !== undefined);

describe("a table with a mistake is refused at the start, by name", () => {
  const mistakes: readonly (readonly [string, CommandRow, RegExp])[] = [
    ["a name that two rows have", { ...FIRST, also: [] }, /two commands are called "why-slow"/],
    [
      "an unknown right",
      { ...FIRST, name: "reset", also: [], right: "admin" as Right },
      /the command "reset" needs an unknown right: "admin"/,
    ],
    [
      "another name that is a row's own",
      { ...FIRST, name: "reset", also: ["health"] },
      /two commands are called "health"; one of them is "reset"/,
    ],
    [
      "another name that two rows have",
      { ...FIRST, name: "reset", also: ["acknowledge"] },
      /two commands are called "acknowledge"; one of them is "reset"/,
    ],
    [
      "a name of two words",
      { ...FIRST, name: "why slow", also: [] },
      /the command "why slow" has a name that cannot be typed/,
    ],
  ];
  for (const [what, row, expected] of mistakes) {
    test(what, () => assert.throws(() => createCommandTable([...TABLE.rows, row]), expected));
  }

  test("no row for questions", () => {
    const rows = TABLE.rows.filter(({ name }) => name !== "search");
    assert.throws(() => createCommandTable(rows), /the command table lacks "search"/);
  });
});

/** What people write behind the names of commands. */
const WORDS = [
  "",
  "X",
  "rate(x[5m])",
  "page:2",
  "replay:0ab12f",
  "X off",
  "last:5m",
  "target:orders",
];

const SAMPLES = TABLE.rows.flatMap((row) =>
  WORDS.map((words) => `${row.name} ${words}`.trim()).flatMap((text) => {
    const read = TABLE.read(text);
    return read.kind === "command" && read.row === row
      ? [{ row, text, right: row.rightFor?.(read.options) ?? row.right }]
      : [];
  }),
);

/** Commands whose rows have nothing to answer with: whoever gets as far as running one sees it fail. */
function commandsFor(rights: readonly Right[]) {
  const permission: Pick<Permission, "refusal" | "targetsFor"> = {
    targetsFor: (_, targets) => targets,
    refusal: async (_, right) => (rights.includes(right) ? undefined : `You may not ${right}.`),
  };
  const [clock, log, meter] = [createClock(0), createLog(), createMeter()];
  const commands = createCommands({
    table: TABLE,
    names: NO_NAMES,
    rates: createRates(() => 0),
    targets: [TARGET],
    permission,
    clock,
    log,
    meter,
    newId: () => "id",
  });
  return { commands, clicks: guardInteractions([commands.interactions], permission).clicks, log };
}

type Door = (commands: Commands, clicks: Clicks, text: string) => Promise<string>;
type Clicks = ReturnType<typeof commandsFor>["clicks"];

const DOORS: Readonly<Record<string, Door>> = {
  "a slash command": async (commands, _, text) => shownBy(await commands.answer(text, ALICE)),
  "a mention": async (commands, _, text) =>
    (await commands.question({ text, person: ALICE, ts: "1.1", isDirect: false })).text,
  "a direct message": async (commands, _, text) =>
    (
      await commands.question({
        text,
        person: { user: ALICE.user, channel: "D0ALICE" },
        ts: "1.1",
        isDirect: true,
      })
    ).text,
  "an incident's thread": async (commands, _, text) =>
    (
      await commands.question({
        text,
        person: ALICE,
        ts: "1.1",
        threadTs: "1.0",
        isDirect: false,
        about: TARGET.name,
      })
    ).text,
  "a button": async (_, clicks, text) => shownBy(await clicks[RUN_COMMAND]?.(click(text))),
  "a button of Home": async (_, clicks, text) =>
    shownBy(
      await clicks[RUN_COMMAND]?.({
        ...click(text),
        person: { user: ALICE.user, channel: "" },
        view: { id: "V1", callbackId: "home", metadata: "" },
      }),
    ),
  "another page": async (_, clicks, text) => shownBy(await clicks[TURN_PAGE]?.(click(text))),
  "a terminal": async (commands, _, text) => {
    const outcome = await commands.run(text, { person: ALICE, isPrivate: true });
    return "skeleton" in outcome.shown ? outcome.kind : outcome.shown.text;
  },
};

function click(value: string): Click {
  return { person: ALICE, action: RUN_COMMAND, actionId: RUN_COMMAND, value, fields: {} };
}

function shownBy(reaction: Reaction | undefined): string {
  assert.ok(reaction !== undefined);
  return reaction.kind === "message" || reaction.kind === "replacement"
    ? reaction.message.text
    : reaction.kind;
}

describe("a row's right", () => {
  test("is tried with every row", () => {
    const tried = new Set(SAMPLES.map(({ row }) => row.name));
    assert.deepEqual(
      [...tried],
      TABLE.rows.map(({ name }) => name),
    );
  });

  for (const [door, go] of Object.entries(DOORS)) {
    for (const { text, right } of SAMPLES) {
      test(`holds for "${text}" through ${door}`, async () => {
        const others = RIGHTS.filter((each) => each !== right);
        const without = commandsFor(others);
        assert.equal(await go(without.commands, without.clicks, text), `You may not ${right}.`);
        assert.deepEqual(without.log.lines, [], "nothing of it ran");
        const withIt = commandsFor(RIGHTS);
        assert.doesNotMatch(await go(withIt.commands, withIt.clicks, text), /You may not/);
      });
    }
  }
});

describe("a button's, modal's, menu's or shortcut's right", () => {
  const ran: string[] = [];
  const rowsOf = (right: Right): Partial<GuardedInteractions> => ({
    clicks: {
      act: {
        right,
        run: async () => {
          ran.push("act");
          return { kind: "nothing" };
        },
      },
      open: {
        right,
        opensModal: true,
        run: async () => ({
          kind: "modal",
          modal: {
            skeleton: { callbackId: "m", title: "M", blocks: [] },
            instead: { text: "", blocks: [] },
            fill: async () => {
              ran.push("open");
              return { callbackId: "m", title: "secret", blocks: [] };
            },
          },
        }),
      },
    },
    submissions: {
      send: {
        right,
        run: () => ({
          kind: "later",
          meanwhile: { callbackId: "m", title: "M", blocks: [] },
          finish: async () => {
            ran.push("send");
            return { callbackId: "m", title: "secret", blocks: [] };
          },
        }),
      },
    },
    options: {
      find: {
        right,
        run: async () => {
          ran.push("find");
          return [{ label: "a", value: "a" }];
        },
      },
    },
    shortcuts: {
      look: {
        right,
        run: async () => {
          ran.push("look");
          return { kind: "nothing" };
        },
      },
    },
  });
  const view = { id: "V1", callbackId: "m", metadata: "" };

  for (const right of RIGHTS) {
    test(`"${right}" holds`, async () => {
      ran.length = 0;
      const { clicks, submissions, options, shortcuts } = guardInteractions([rowsOf(right)], {
        refusal: async (_, asked) => (asked === right ? "You may not." : undefined),
      });
      assert.equal(shownBy(await clicks["act"]?.(click(""))), "You may not.");
      const opened = await clicks["open"]?.(click(""));
      assert.ok(opened?.kind === "modal");
      assert.match(JSON.stringify(await opened.modal.fill?.()), /You may not\./);
      const sent = submissions["send"]?.({ person: ALICE, view, fields: {} });
      assert.ok(sent?.kind === "later");
      assert.match(JSON.stringify(await sent.finish()), /You may not\./);
      assert.deepEqual(await options["find"]?.({ person: ALICE, action: "find", text: "x" }), []);
      const place = { person: ALICE, channel: ALICE.channel, ts: "1.1", text: "" };
      assert.equal(shownBy(await shortcuts["look"]?.(place)), "You may not.");
      assert.deepEqual(ran, []);
    });
  }

  test("lets those do it who may", async () => {
    ran.length = 0;
    const { clicks, submissions } = guardInteractions([rowsOf("ask")], {
      refusal: async () => undefined,
    });
    await clicks["act"]?.(click(""));
    const sent = submissions["send"]?.({ person: ALICE, view, fields: {} });
    assert.ok(sent?.kind === "later");
    await sent.finish();
    assert.deepEqual(ran, ["act", "send"]);
  });

  test("is read from memory while a person types, since the answer waits for nobody", async () => {
    ran.length = 0;
    const never = { refusal: () => Promise.withResolvers<undefined>().promise };
    const { options } = guardInteractions([rowsOf("read")], never, {
      refusal: async () => undefined,
    });
    await options["find"]?.({ person: ALICE, action: "find", text: "x" });
    assert.deepEqual(ran, ["find"]);
  });

  test("is reported at the start when nobody can have it, and so is a name that two features claim", () => {
    const refusal = async () => undefined;
    assert.throws(
      () => guardInteractions([rowsOf("admin" as Right)], { refusal }),
      /act needs an unknown right: "admin"/,
    );
    assert.throws(
      () => guardInteractions([rowsOf("ask"), rowsOf("ask")], { refusal }),
      /two features claim act/,
    );
  });
});
