/** Our own pages as they are searched, and a page of others beside them. */

import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import type { SearchSection } from "../../src/search/section.ts";
import { readOwnKnowledge } from "./own-knowledge.ts";

const own = searchSections(readOwnKnowledge());
/** The page of somebody else. */
export const guide: SearchSection = {
  id: "guides/laptops.md#the-command-line-on-macos",
  file: "guides/laptops.md",
  title: "The command line on macOS",
  headings: ["Laptops", "The command line on macOS"],
  text: "Install the command line with the package manager.",
};
/** A search over both. */
export const search = await createSearch([...own, guide]);
