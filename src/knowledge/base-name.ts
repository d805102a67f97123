import { withoutPageEnding } from "./page-files.ts";

/** An export of Notion numbers its pages: `Disk full 0123….md`. */
const NOTION_ID = / [0-9a-f]{32}$/;

/** The file's name without folders and its ending: the alert's name in most collections. */
export function baseName(file: string): string {
  return withoutPageEnding(file.split("/").at(-1) ?? file).replace(NOTION_ID, "");
}

/** Whether a page of this name is that of its folder: GitHub shows README there, sites index, Hugo _index. */
export function isFolderPage(name: string): boolean {
  return /^(?:readme|_?index)$/i.test(name);
}
