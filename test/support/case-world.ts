/**
 * The bot from its webhook's door to what it writes in Slack, for playing cases: a real HTTP server,
 * a real store, the real decisions, delivery and messages. Time and Slack are held in hand.
 */

import { readFileSync } from "node:fs";
import type { TestContext } from "node:test";
import type { AlertSource } from "../../src/alerts/source.ts";
import type { Route } from "../../src/config/config.ts";
import { openDatabase } from "../../src/edges/store/database.ts";
import { createIncidentStore } from "../../src/edges/store/incident-store.ts";
import { mentioningPeople } from "../../src/features/incidents/mention-people.ts";
import { createOwnIncidents } from "../../src/features/incidents/own-incidents.ts";
import { reportRefusals } from "../../src/features/incidents/report-refusals.ts";
import { respondToAlerts } from "../../src/features/incidents/respond-to-alerts.ts";
import { watchChannels } from "../../src/features/incidents/watch-channels.ts";
import { watchIncidents } from "../../src/features/incidents/watch-incidents.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { createSearch } from "../../src/search/create-search.ts";
import { searchSections } from "../../src/search/library-sections.ts";
import { libraryOf } from "../block-kit/sections.ts";
import { type Answer, type Sent, send, startServer, TOKEN } from "../edges/http/bot-server.ts";
import {
  createClock,
  createLog,
  createMeter,
  createSlack,
  type FakeSlack,
} from "../features/fakes.ts";
import { bodyOf, type Json } from "./case-bodies.ts";
import { createCaseDelivery, type Rendered } from "./case-delivery.ts";
import { createCasePosts } from "./case-posts.ts";

const FOLDER = new URL("../fixtures/notifications/", import.meta.url);
const START = Date.parse("2026-11-28T02:00:00Z");

export const INCIDENTS = "CINCIDENTS";
export const OPERATORS = "COPERATORS";
const WATCHED = "CALERTS";

const PAGE = (alert: string) =>
  `---\ntitle: ${alert}\nalerts: [${alert}]\n---\n## Meaning\n\nIt is ${alert}.\n\n## Mitigation\n\nStop it.\n`;
const LIBRARY = libraryOf({
  "runbooks/ConsumerLag.md": PAGE("ConsumerLag"),
  "runbooks/KafkaDown.md": PAGE("KafkaDown"),
});

export interface CaseOptions {
  readonly routes?: readonly Route[];
  readonly sources?: readonly AlertSource[];
  readonly maxBodyBytes?: number;
}

export interface CaseWorld {
  readonly slack: FakeSlack;
  readonly rendered: readonly Rendered[];
  readonly answers: readonly Answer[];
  /** Outcomes that were counted, in order. */
  readonly counts: readonly string[];
  /** Messages of the log, the HTTP server's and the rest's. */
  log(): readonly string[];
  warnings(): readonly string[];
  /** All incidents but the bot's own, in the order in which they opened. */
  incidents(): Promise<Incident[]>;
  own(): Promise<Incident[]>;
  play(step: Json): Promise<void>;
  wait(seconds: number): Promise<void>;
  post(body: Json | string): Promise<Answer>;
  /** One request to the webhook as it is, with these bytes and headers. */
  send(sent: Sent): Promise<Answer>;
}

export async function createCaseWorld(
  t: TestContext,
  options: CaseOptions = {},
): Promise<CaseWorld> {
  const clock = createClock(START);
  const database = await openDatabase(
    { engine: "sqlite", path: ":memory:" },
    { now: () => clock.now() },
  );
  const routes = options.routes ?? [{ match: {}, channel: INCIDENTS }];
  const incidents = mentioningPeople(createIncidentStore(database), routes);
  const [slack, log, meter] = [createSlack(clock), createLog(), createMeter()];
  const search = await createSearch(searchSections(LIBRARY));
  const knowledge = {
    library: () => LIBRARY,
    ask: (question: string, asked: { readonly limit: number }) => search.ask(question, asked),
  };
  const targets = [] as const;
  let ids = 0;
  const newId = (): string => {
    ids += 1;
    return `i${ids}`;
  };
  const { delivery, rendered } = createCaseDelivery(
    { database, incidents, slack, clock, log, meter },
    { library: LIBRARY, knowledge },
  );
  const wakeDelivery = (): void => delivery.wake();
  const own = createOwnIncidents({ incidents, clock, newId, wakeDelivery });
  const refusals = reportRefusals({ own, clock, log, meter, channel: OPERATORS });
  const watch = watchIncidents({ incidents, clock, log, wakeDelivery });
  const external = watchChannels(
    {
      incidents,
      knowledge,
      clock,
      log,
      meter,
      newId,
      wakeDelivery,
    },
    { routes, targets, watch: [WATCHED] },
  );
  const answers: Answer[] = [];
  const server = await startServer(t, {
    alerts: {
      now: () => clock.now(),
      respond: respondToAlerts(
        {
          incidents,
          clock,
          log,
          meter,
          newId,
          wakeDelivery,
          doubt: () => undefined,
        },
        { routes, targets, sources: options.sources ?? [] },
      ),
      refused: (refusal) => refusals.refused(refusal),
      ...(options.maxBodyBytes === undefined ? {} : { maxBodyBytes: options.maxBodyBytes }),
    },
  });
  for (const each of [delivery, watch, refusals]) each.start();
  t.after(async () => {
    const stopping = [delivery, watch, refusals].map((each) => each.stop());
    await clock.advance(60_000);
    await Promise.all(stopping);
    await database.close();
  });

  const others = createCasePosts({ clock, slack, channel: WATCHED, take: external });
  const world: CaseWorld = {
    slack,
    rendered,
    answers,
    counts: meter.counts,
    log: () => [...log.lines, ...server.lines().map(({ msg }) => String(msg))],
    warnings: () => refusals.warnings(),
    incidents: async () => (await inOrder(incidents)).filter(({ source }) => source !== "bot"),
    own: async () => (await inOrder(incidents)).filter(({ source }) => source === "bot"),
    wait: (seconds) => clock.advance(seconds * 1_000),
    async send({ headers, ...sent }) {
      const answer = await send(`${server.url}/webhook/alertmanager`, {
        ...sent,
        headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      });
      answers.push(answer);
      await clock.advance(0);
      return answer;
    },
    post: (body) =>
      world.send({
        headers: { "content-type": "application/json" },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    async play(step) {
      if (typeof step["wait"] === "number") await world.wait(step["wait"]);
      if (typeof step["fault"] === "string") fail(slack, step["fault"], timesOf(step));
      if (typeof step["rawBody"] === "string") await world.post(step["rawBody"]);
      if (isJson(step["post"])) await others.post(step["post"]["body"] as Json);
      if (isJson(step["edit"])) await others.edit(step["edit"]["body"] as Json);
      if (isJson(step["postInThread"])) await others.reply(step["postInThread"]["body"] as Json);
      if (!isJson(step["webhook"])) return;
      const compact = step["webhook"];
      const bodies = Array.from({ length: timesOf(step) }, (_, copy) =>
        bodyOf(compact, { now: clock.now(), copy }),
      );
      if (step["parallel"] === true) await Promise.all(bodies.map((body) => world.post(body)));
      else for (const body of bodies) await world.post(body);
    },
  };
  return world;
}

function timesOf({ times }: Json): number {
  return typeof times === "number" ? times : 1;
}

/** What Slack does to the next posts: lost ones are done, and their answer never comes. */
function fail(slack: FakeSlack, fault: string, times: number): void {
  const troubles = {
    rate_limited: { kind: "rate-limited", retryAfterMs: 12_000 },
    lost: { kind: "lost" },
    failed: { kind: "unknown", error: "HTTP status 500" },
  } as const;
  if (!Object.hasOwn(troubles, fault)) throw new Error(`no fault is called ${fault}`);
  const trouble = troubles[fault as keyof typeof troubles];
  slack.trouble(
    "post",
    Array.from({ length: times }, () => trouble),
  );
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null;
}

async function inOrder({
  incidentsSince,
}: Pick<ReturnType<typeof createIncidentStore>, "incidentsSince">): Promise<Incident[]> {
  const all = await incidentsSince(0, 1_000);
  return all.toSorted((a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)));
}

/** Long enough for what is in doubt to be settled, and for a storm to be written. */
const SETTLE_SECONDS = 60;

/** A file of test/fixtures/notifications, from its first step until all is said. */
export async function playCase(
  t: TestContext,
  name: string,
  options: CaseOptions = {},
): Promise<CaseWorld> {
  const { steps } = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as {
    steps: readonly Json[];
  };
  const world = await createCaseWorld(t, options);
  for (const step of steps) await world.play(step);
  await world.wait(SETTLE_SECONDS);
  return world;
}

/** The texts of blocks in which Slack reads markup. */
export function mrkdwnIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  const { type, text } = part as { readonly type?: unknown; readonly text?: unknown };
  if (type === "mrkdwn" && typeof text === "string") return [text];
  return Object.values(part).flatMap(mrkdwnIn);
}
