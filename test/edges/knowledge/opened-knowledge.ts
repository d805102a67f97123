/** Folders of pages for a test, and the knowledge that is opened over them. */

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import {
  type Knowledge,
  type KnowledgeOptions,
  openKnowledge,
} from "../../../src/edges/knowledge/knowledge-folders.ts";

/** A log that keeps nothing. */
export const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A folder with the files, by path; it goes with the test. */
export async function makeFolder(t: TestContext, files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), "knowledge-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) await write(folder, file, text);
  return folder;
}

/** Writes a file of a folder, with the folders above it. */
export async function write(folder: string, file: string, text: string): Promise<void> {
  const path = join(folder, file);
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, text);
}

/** The knowledge of the folders, closed with the test. */
export async function open(
  t: TestContext,
  folders: readonly string[],
  options: Partial<KnowledgeOptions> = {},
): Promise<Knowledge> {
  const knowledge = await openKnowledge({ folders, log: SILENT, ...options });
  t.after(() => knowledge.close());
  return knowledge;
}

/** The ids of the sections that answer a question with certainty. */
export async function idsOf(knowledge: Knowledge, question: string): Promise<string[]> {
  const answer = await knowledge.ask(question, { limit: 5 });
  return answer.kind === "found" ? answer.results.map(({ id }) => id) : [];
}

/** A page that a question about lag finds. */
export const LAG = "# Replication lag\n\nA follower is behind its leader.\n";
