/** Why a search found what it found: routes, matched words and scores of each result. */

import type { Message } from "../../block-kit/message.ts";
import {
  figures,
  footnote,
  headline,
  messageOf,
  type Part,
  sentence,
} from "../../block-kit/parts.ts";
import type { Column } from "../../block-kit/table.ts";
import { line } from "../../block-kit/text.ts";
import type { Section } from "../../knowledge/page.ts";
import { sectionPath } from "../../knowledge/section-path.ts";
import type { FoundSection, RouteMatch } from "../../search/asking.ts";
import { sectionButtons } from "../runbooks/section-buttons.ts";

export interface Explained {
  readonly question: string;
  /** Best first; a section that is gone from the library is left out. */
  readonly results: readonly { readonly section: Section; readonly found: FoundSection }[];
  /** The question with words of it mended, when only that finds these. */
  readonly meant?: string;
  /** Whether these are guesses. */
  readonly isUnsure?: true;
}

type Row = Explained["results"][number];

/** Where nothing was found, why not. */
export function renderExplained({ question, results, meant, isUnsure }: Explained): Message {
  const asked = line(question, 200);
  if (results.length === 0) {
    return messageOf([
      headline(`Nothing in the runbooks covers “${asked}”.`),
      sentence("No section matched enough of its words, and no name or log text was similar."),
    ]);
  }
  const sections = results.map(({ section }) => section);
  return messageOf([
    headline(`How “${asked}” was found`),
    ...(meant === undefined ? [] : [sentence(`Searched for: ${line(meant, 200)}`)]),
    ...(isUnsure === true
      ? [sentence("Not sure enough to answer: these are offered as the nearest.")]
      : []),
    figures(COLUMNS, results),
    footnote("Each score is at most 1. Compare totals within this answer only."),
    { blocks: sectionButtons(sections), words: "" } satisfies Part,
  ]);
}

const COLUMNS: readonly Column<Row>[] = [
  { title: "Section", cell: ({ section }) => sectionPath(section), most: 140 },
  { title: "Score", cell: ({ found }) => scoreText(found.score), most: 12 },
  { title: "Name", cell: ({ found }) => routeText(found.routes, "name"), most: 120 },
  { title: "Log text", cell: ({ found }) => routeText(found.routes, "log"), most: 160 },
  { title: "Words", cell: ({ found }) => routeText(found.routes, "word"), most: 160 },
];

function routeText(routes: readonly RouteMatch[], wanted: RouteMatch["route"]): string {
  const route = routes.find((each) => each.route === wanted);
  if (route === undefined) return "";
  const matched =
    route.matched.length === 0 ? "other forms of the words" : route.matched.join(", ");
  return `${scoreText(route.score)}: ${matched}`;
}

function scoreText(score: number): string {
  return String(Number(score.toFixed(2)));
}
