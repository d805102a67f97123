/** `/streamline gaps`: what people asked and nothing covers, and the page that would. */

import type { Message } from "../../block-kit/message.ts";
import { gapPage } from "../../search/gap-page.ts";
import { renderWords } from "../commands/render-answers.ts";
import type { Click, Interactions, Person, Reaction } from "../shared/interactions.ts";
import { type Permission, permitted, type Right } from "../shared/permission.ts";
import type { Clock } from "../shared/ports.ts";
import type { KnowledgeSource } from "../shared/sources.ts";
import type { Gap, QuestionStore } from "./learning-ports.ts";
import { GAPS, renderGapPage, renderGaps } from "./render-gaps.ts";

export interface GapPorts {
  readonly knowledge: KnowledgeSource;
  readonly questions: Pick<QuestionStore, "gaps" | "answered" | "notAGap" | "question">;
  readonly permission: Permission;
  readonly clock: Pick<Clock, "now">;
}

export interface ListGaps {
  list(person: Person): Promise<Message>;
  readonly interactions: Pick<Interactions, "clicks">;
}

/** Gaps looked up, and of those shown at once. */
const LOOKED_UP = 100;
const SHOWN = 8;

export function listGaps(ports: GapPorts): ListGaps {
  const asPermitted =
    (act: (click: Click) => Promise<Reaction>) =>
    (click: Click): Promise<Reaction> =>
      permitted(ports.permission, mayLearn(click.person), {
        act: () => act(click),
        refuse: told,
      });
  return {
    list: (person) =>
      permitted(ports.permission, mayLearn(person), {
        act: async () => {
          const gaps = await openGaps(ports);
          return renderGaps(gaps.slice(0, SHOWN), Math.max(0, gaps.length - SHOWN));
        },
        refuse: renderWords,
      }),
    interactions: {
      clicks: {
        [GAPS.prepare]: asPermitted((click) => prepare(ports, click)),
        [GAPS.none]: asPermitted((click) => noGap(ports, click)),
      },
    },
  };
}

/** What nothing covers is listed for those who look after incidents. */
function mayLearn(person: Person): { readonly person: Person; readonly right: Right } {
  return { person, right: "acknowledge" };
}

function told(text: string): Reaction {
  return { kind: "message", message: renderWords(text) };
}

/** Each is asked again: the runbooks may cover it by now. */
async function openGaps({ knowledge, questions }: GapPorts): Promise<Gap[]> {
  const open: Gap[] = [];
  for (const gap of await questions.gaps(LOOKED_UP)) {
    const answer = await knowledge.ask(gap.text, { limit: 1 });
    if (answer.kind === "nothing") open.push(gap);
    else await questions.answered(gap.id);
  }
  return open;
}

const FORGOTTEN = "I do not remember this question any more.";

async function prepare({ questions }: GapPorts, { value }: Click): Promise<Reaction> {
  const question = await questions.question(Number(value));
  if (question === undefined) return told(FORGOTTEN);
  const others = (await questions.gaps(LOOKED_UP)).map(({ text }) => text);
  const page = gapPage(question.text, others);
  const instead = renderWords("Open the list with `/streamline gaps` to get the page.");
  return { kind: "modal", modal: { skeleton: renderGapPage(page), instead } };
}

async function noGap(ports: GapPorts, click: Click): Promise<Reaction> {
  const { questions, clock } = ports;
  if ((await questions.question(Number(click.value))) === undefined) return told(FORGOTTEN);
  await questions.notAGap(Number(click.value), click.person.user, clock.now());
  const gaps = await openGaps(ports);
  const message = renderGaps(gaps.slice(0, SHOWN), Math.max(0, gaps.length - SHOWN));
  return { kind: click.isPrivate === true ? "replacement" : "message", message };
}
