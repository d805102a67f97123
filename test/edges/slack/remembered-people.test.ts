/** What Slack said of people is at hand without asking it again. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { rememberPeople } from "../../../src/edges/slack/remembered-people.ts";
import type { PersonKind } from "../../../src/features/shared/decide.ts";

test("a remembered answer waits for nobody, and asking brings the next one", async () => {
  const asked: PromiseWithResolvers<PersonKind>[] = [];
  const { asked: people, remembered } = rememberPeople({
    groups: { members: () => Promise.reject(new Error("Slack is away")) },
    directory: {
      kindOf: () => {
        const question = Promise.withResolvers<PersonKind>();
        asked.push(question);
        return question.promise;
      },
      isPublic: async () => true,
      isShared: async () => false,
      isMember: async (_, user) => user === "U1",
    },
  });

  assert.equal(await remembered.directory.kindOf("U1"), "unknown", "Slack has not answered yet");
  asked[0]?.resolve("guest");
  await asked[0]?.promise;
  assert.equal(await remembered.directory.kindOf("U1"), "guest", "it has, in the background");

  const again = people.directory.kindOf("U1");
  asked.at(-1)?.resolve("member");
  assert.equal(await again, "member");
  assert.equal(await remembered.directory.kindOf("U1"), "member", "whoever asked it");

  assert.deepEqual(await remembered.groups.members("S1"), [], "nobody is let in for no answer");
  await people.directory.isMember("C1", "U1");
  assert.equal(await remembered.directory.isMember("C1", "U1"), true);
  assert.equal(await remembered.directory.isMember("C1", "U2"), undefined, "each person alone");
});
