/** The thread that reads pages, so that a long one stops neither an alert nor a question. */

import { parentPort, workerData } from "node:worker_threads";
import type { PageSource } from "../../knowledge/read-page.ts";
import { parseThesaurus } from "../../search/thesaurus.ts";
import { readSource, unreadable } from "./read-source.ts";

const thesaurus = parseThesaurus(String(workerData));

parentPort?.on("message", (source: PageSource) => {
  try {
    parentPort?.postMessage(readSource(source, thesaurus));
  } catch (error) {
    parentPort?.postMessage(unreadable(source.file, `it cannot be read: ${String(error)}`));
  }
});

// A page's time begins when the thread is up, not when it is started.
parentPort?.postMessage("ready");
