/** The bot's incidents for a terminal: its store is opened for reading when a command first asks. */

import type { StoreAddress } from "../../config/config.ts";
import type { IncidentReader } from "../../features/incidents/incident-ports.ts";
import type { ReadingStore } from "../store/reading-store.ts";
import { errorWords } from "./error-words.ts";
import type { TerminalPorts } from "./terminal-rows.ts";

type StorePorts = Pick<
  TerminalPorts,
  "incidents" | "verdicts" | "gaps" | "ruleNames" | "messenger" | "talk" | "files" | "jumpTo"
>;

interface KeptIncidents {
  readonly ports: StorePorts;
  /** Rejects with a sentence that names the store, when it cannot be read. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** @param address a string says why the store is not known, for whoever asks for it */
export function keptIncidents(
  address: StoreAddress | string,
  talk: StorePorts["talk"] = WITHOUT_SLACK.talk,
): KeptIncidents {
  let opened: Promise<ReadingStore> | undefined;
  const store = (): Promise<ReadingStore> => {
    opened ??= openStore(address);
    return opened;
  };
  return {
    ports: {
      incidents: lazyReader(async () => (await store()).incidents),
      verdicts: {
        ofAlert: async (alert) => (await store()).verdicts.ofAlert(alert),
        fixes: async (alert, limit) => (await store()).verdicts.fixes(alert, limit),
      },
      gaps: { since: async (sinceMs, limit) => (await store()).gaps.since(sinceMs, limit) },
      ruleNames: [],
      ...WITHOUT_SLACK,
      talk,
    },
    async check() {
      try {
        await (await store()).incidents.openIncidents(1);
      } catch (error) {
        throw new Error(`The store ${placeOf(address)} cannot be read: ${errorWords(error)}`);
      }
    },
    async close() {
      const open = await opened?.catch(() => undefined);
      await open?.close();
    },
  };
}

/** Without the password that stands in a database's address. */
function placeOf(address: StoreAddress | string): string {
  if (typeof address === "string") return "";
  return address.engine === "sqlite" ? address.path : "of DATABASE_URL";
}

async function openStore(address: StoreAddress | string): Promise<ReadingStore> {
  if (typeof address === "string") throw new Error(address);
  const { openStoreForReading } = await import("../store/reading-store.ts");
  return openStoreForReading(address);
}

function lazyReader(open: () => Promise<IncidentReader>): TerminalPorts["incidents"] {
  return {
    incident: async (id) => (await open()).incident(id),
    incidentAt: async (channel, ts) => (await open()).incidentAt(channel, ts),
    openIncidents: async (limit) => (await open()).openIncidents(limit),
    incidentsSince: async (sinceMs, limit) => (await open()).incidentsSince(sinceMs, limit),
    incidentsOf: async (alert, limit) => (await open()).incidentsOf(alert, limit),
    timeline: async (id, limit) => (await open()).timeline(id, limit),
  };
}

/** Nothing is posted from outside of Slack, and what was said in a thread stands there alone. */
export const WITHOUT_SLACK: Pick<StorePorts, "messenger" | "talk" | "files" | "jumpTo"> = {
  messenger: { post: () => Promise.reject(new Error("nothing is posted from here")) },
  talk: {
    read: async () => ({ kind: "refused", error: "it can only be read in Slack" }),
    names: async () => new Map(),
  },
  files: { upload: async () => "it is shown here instead" },
  jumpTo: () => undefined,
};
