/** The store that several replicas share, and the bot that runs here. */

import { statSync } from "node:fs";
import type { Config, StoreAddress } from "../../config/config.ts";
import {
  fine,
  note,
  type SetupCheck,
  unchecked,
  wrong,
} from "../../features/doctor/setup-check.ts";
import { openStoreForReading, storePlace } from "../store/reading-store.ts";
import { storeIdentity } from "../store/store-identity.ts";
import { askJson } from "./ask-json.ts";

/** Whether a file can be written is checked on the disk (check-files); what is in it is read here. */
export async function checkStore({ store }: Config): Promise<SetupCheck[]> {
  if (store.engine === "sqlite") return checkStoreFile(store);
  const place = { area: "Store", where: `DATABASE_URL ${storePlace(store)}` } as const;
  const reading = await openStoreForReading(store);
  try {
    await reading.incidents.openIncidents(1);
    const other = await reading.otherVersion();
    return [other === undefined ? fine(place, "answers") : ofOtherVersion(place, other)];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return /relation .* does not exist/.test(why)
      ? [
          note(
            place,
            "answers, but has no data of the bot yet",
            "Start the bot: it creates its tables",
          ),
        ]
      : [
          wrong(
            place,
            why,
            "Check that PostgreSQL runs there, and that the user and the database of DATABASE_URL exist",
          ),
        ];
  } finally {
    await reading.close();
  }
}

async function checkStoreFile(
  store: Extract<StoreAddress, { engine: "sqlite" }>,
): Promise<SetupCheck[]> {
  const found = statSync(store.path, { throwIfNoEntry: false });
  // The first start makes it; an empty one has nothing to lose.
  if (!found?.isFile() || found.size === 0) return [];
  const place = { area: "Store", where: store.path } as const;
  const reading = await openStoreForReading(store);
  try {
    const other = await reading.otherVersion();
    return other === undefined ? [] : [ofOtherVersion(place, other)];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const remedy = "Name another file under store, or put a backup of the bot's store in its place";
    return [wrong(place, `is not a store of the bot: ${why}`, remedy)];
  } finally {
    await reading.close();
  }
}

function ofOtherVersion(place: Pick<SetupCheck, "area" | "where">, words: string): SetupCheck {
  const [says = "", remedy = ""] = words.split(/: (?=start )/);
  return wrong(place, says, `S${remedy.slice(1)}`);
}

/** The address under which the bot would be found on this machine. */
export function ownAddress({ listen }: Config): string | undefined {
  if (listen.port === 0) return undefined;
  const host = ["0.0.0.0", "::"].includes(listen.host) ? "127.0.0.1" : listen.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${listen.port}`;
}

/** Whether the bot runs, and what it says of itself. */
export async function checkRunning(config: Config): Promise<SetupCheck[]> {
  const address = ownAddress(config);
  if (address === undefined) return [];
  const place = { area: "Webhook", where: address } as const;
  const answer = await askJson({ url: `${address}/healthz`, headers: {} });
  if (answer.kind === "failed" && answer.problem.startsWith("answers with")) {
    return [
      wrong(
        place,
        `another program listens here (it ${answer.problem})`,
        "Stop it, or change listen",
      ),
    ];
  }
  if (answer.kind === "failed") {
    return [
      unchecked(place, `no bot answers here (${answer.problem})`, "Start it: streamline-bot serve"),
    ];
  }
  const bot = botOf(answer.json);
  if (bot?.store !== storeIdentity(config.store)) return [notThisBot(place, bot)];
  const ready = await askJson({ url: `${address}/readyz`, headers: {} });
  return [
    ready.kind === "answered" && isReady(ready.json)
      ? fine(place, "the bot runs here and is ready")
      : wrong(
          place,
          "the bot runs here but is not ready",
          `See what is missing: curl -s ${address}/readyz`,
        ),
  ];
}

interface AnsweringBot {
  readonly pid: number;
  readonly store: string;
}

/** Undefined for the answer of another program. */
function botOf(health: unknown): AnsweringBot | undefined {
  const bot = typeof health === "object" && health !== null && "bot" in health ? health.bot : {};
  return typeof bot === "object" &&
    bot !== null &&
    "pid" in bot &&
    "store" in bot &&
    typeof bot.pid === "number" &&
    typeof bot.store === "string"
    ? { pid: bot.pid, store: bot.store }
    : undefined;
}

function notThisBot(
  place: Pick<SetupCheck, "area" | "where">,
  bot: AnsweringBot | undefined,
): SetupCheck {
  return bot === undefined
    ? wrong(place, "another program listens here", "Stop it, or change listen")
    : wrong(
        place,
        `another bot listens here: process ${bot.pid}, which has another store than this configuration`,
        "Stop it, or change listen. If it is the right bot and runs in a container, run the doctor inside that container",
      );
}

/** A bot that takes notifications and cannot post them answers 200, and says that it is degraded. */
function isReady(answer: unknown): boolean {
  return (
    typeof answer === "object" && answer !== null && "status" in answer && answer.status === "ready"
  );
}
