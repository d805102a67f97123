/** Whether the bot runs: this one, another one, or another program on its port. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkRunning } from "../../../src/edges/doctor/check-store.ts";
import { storeIdentity } from "../../../src/edges/store/store-identity.ts";
import { freePort } from "../../support/programs.ts";
import { startServer } from "../http/bot-server.ts";

const STORE = { engine: "sqlite", path: "var/this.db" } as const;

function checked(url: string) {
  const listen = { host: "127.0.0.1", port: Number(new URL(url).port) };
  return checkRunning({ listen, store: STORE } as Parameters<typeof checkRunning>[0]);
}

const readiness = async () => ({ needed: { store: undefined } });

test("the bot of this store is found, and is ready", async (t) => {
  const bot = { pid: 4711, store: storeIdentity(STORE) };
  const { url } = await startServer(t, { health: { bot, readiness } });
  const [check] = await checked(url);
  assert.equal(check?.state, "ok");
});

test("a bot with another store is another bot, and is named by its process", async (t) => {
  const bot = { pid: 4711, store: storeIdentity({ engine: "sqlite", path: "var/other.db" }) };
  const { url } = await startServer(t, { health: { bot, readiness } });
  const [check] = await checked(url);
  assert.equal(check?.state, "wrong");
  assert.match(check?.says ?? "", /another bot.*process 4711/);
});

test("what answers and is no bot is another program; nobody is a bot that does not run", async (t) => {
  const { url } = await startServer(t, { health: { readiness } });
  const [other] = await checked(url);
  assert.match(`${other?.state} ${other?.says}`, /^wrong another program/);
  const [nobody] = await checked(`http://127.0.0.1:${await freePort()}`);
  assert.match(`${nobody?.state} ${nobody?.says}`, /^not-checked no bot answers/);
});

test("a database is the same for whichever user and password", () => {
  const of = (url: string) => storeIdentity({ engine: "postgres", url });
  assert.equal(of("postgres://a:1@db:5432/bot"), of("postgres://b:2@db:5432/bot"));
  assert.notEqual(of("postgres://a:1@db:5432/bot"), of("postgres://a:1@db:5432/other"));
});
