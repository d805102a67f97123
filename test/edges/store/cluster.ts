/** A PostgreSQL of the test's own: in a temporary folder, reached by a socket in it only. */

import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";
import type { StoreAddress } from "../../../src/config/config.ts";

export interface Cluster {
  /** The address of a new, empty database. */
  createDatabase(): Promise<StoreAddress>;
  /** One that an ended test used, emptied, which takes a fifth of a new one with its tables; or a new one. */
  lendDatabase(t: TestContext): Promise<StoreAddress>;
  /** kill -9 of the server and all its processes; it is down until it is started. */
  kill(): Promise<void>;
  /** Starts it again; it recovers from its log. */
  start(): Promise<void>;
  /** Ends and starts the server as a crash would, with every connection cut. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

type PostgresAddress = Extract<StoreAddress, { engine: "postgres" }>;

const run = promisify(execFile);

const USER = "bot";

/** Without fsync unless it matters how long that takes. */
export async function startCluster({ fsync = false } = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), "bot-pg-"));
  const bin = binFolder();
  const owner = ownerOf(folder);
  const data = join(folder, "data");
  const program = async (name: string, ...args: string[]): Promise<void> => {
    await run(join(bin, name), args, { ...owner, cwd: folder });
  };
  const control = (...args: string[]) =>
    program("pg_ctl", "-D", data, "-w", "-s", "-l", join(folder, "log"), ...args);
  const options = `-k ${folder} -c listen_addresses= -c fsync=${fsync ? "on" : "off"}`;
  const stop = async (): Promise<void> => {
    await control("-m", "immediate", "stop").finally(() =>
      rmSync(folder, { recursive: true, force: true }),
    );
  };
  await program("initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync");
  const begin = () => control("-o", options, "start");
  await begin();
  const createDatabase = async (): Promise<PostgresAddress> => {
    const name = `bot_${randomBytes(6).toString("hex")}`;
    await program("createdb", "-h", folder, "-U", USER, name);
    const parameters = new URLSearchParams({ host: folder, user: USER });
    return { engine: "postgres", url: `postgresql:///${name}?${parameters.toString()}` };
  };
  const returned: PostgresAddress[] = [];
  return {
    stop,
    kill: async () => killServer(data),
    start: () => patiently(begin),
    createDatabase,
    async lendDatabase(t) {
      const used = returned.pop();
      const lent = used !== undefined && (await isEmptied(used)) ? used : await createDatabase();
      t.after(() => returned.push(lent));
      return lent;
    },
    crash: () => control("-m", "immediate", "-o", options, "restart"),
  };
}

/** False when somebody is still connected: what they write would be in the next test's tables. */
async function isEmptied({ url }: PostgresAddress): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ others: number }>(
      "select count(*)::int as others from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
    );
    if (rows[0]?.others !== 0) return false;
    await client.query(EMPTY_ALL);
    return true;
  } finally {
    await client.end();
  }
}

/**
 * Every table but those by which it is known that all migrations ran. Only those with rows: each that is
 * truncated costs new files, and a test writes into a few of forty.
 */
const EMPTY_ALL = `do $$
declare
  place record;
  is_used boolean;
  used text[] := '{}';
begin
  for place in
    select format('%I.%I', schemaname, tablename) as name
    from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
  loop
    execute format('select exists (select from %s)', place.name) into is_used;
    if is_used then used := used || place.name; end if;
  end loop;
  if used <> '{}' then execute 'truncate ' || array_to_string(used, ', ') || ' cascade'; end if;
  perform setval(format('%I.%I', schemaname, sequencename), start_value, false)
    from pg_sequences where schemaname = 'public' and last_value is not null;
end $$`;

/** Its processes notice within moments that the first of them is gone. */
function killServer(data: string): void {
  const [pid] = readFileSync(join(data, "postmaster.pid"), "utf8").split("\n");
  process.kill(Number(pid), "SIGKILL");
}

/** A server does not start while processes of the one before it still end. */
async function patiently(begin: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await begin();
    } catch (error) {
      if (tries === START_TRIES) throw error;
      await sleep(START_PAUSE_MS);
    }
  }
}

const START_TRIES = 40;
const START_PAUSE_MS = 250;

/** Debian keeps the server's programs out of PATH; the newest version is taken. */
function binFolder(): string {
  const installed = globSync("/usr/lib/postgresql/*/bin").toSorted((a, b) =>
    a.localeCompare(b, "en", { numeric: true }),
  );
  const inPath = (process.env["PATH"] ?? "").split(delimiter);
  const found = [...installed.toReversed(), ...inPath].find((each) =>
    existsSync(join(each, "initdb")),
  );
  if (found === undefined) throw new Error("PostgreSQL's initdb is not installed");
  return found;
}

/** PostgreSQL refuses to run as root, so root starts it as another user. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  const owner = { uid: idOf("-u"), gid: idOf("-g") };
  chownSync(folder, owner.uid, owner.gid);
  return owner;
}
