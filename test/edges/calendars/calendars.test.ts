/** Calendars from files and over real sockets. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { createCalendars } from "../../../src/edges/calendars/calendars.ts";

const SPAN = {
  from: Date.parse("2026-11-22T00:00:00Z"),
  until: Date.parse("2026-12-06T00:00:00Z"),
};
const CALENDAR = [
  "BEGIN:VCALENDAR",
  "BEGIN:VEVENT",
  "UID:1@example.com",
  "DTSTAMP:20261101T000000Z",
  "DTSTART:20261123T080000Z",
  "DTEND:20261123T200000Z",
  "SUMMARY:Bob Ng",
  "END:VEVENT",
  "END:VCALENDAR",
].join("\r\n");

function setUp(t: TestContext, readMs?: number) {
  const calendars = createCalendars(readMs === undefined ? {} : { readMs });
  t.after(() => calendars.close());
  return (calendar: string) =>
    calendars.read({ name: "first-line", calendar, people: { "Bob Ng": "U0BOB" } }, SPAN);
}

async function serve(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/private-0123456789/basic.ics`;
}

async function fileOf(t: TestContext, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "calendar-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "duty.ics");
  await writeFile(path, text);
  return path;
}

describe("a calendar is read", () => {
  test("from a file", async (t) => {
    const shifts = await setUp(t)(await fileOf(t, CALENDAR));
    assert.deepEqual(
      shifts.map(({ person }) => person),
      ["U0BOB"],
    );
  });

  test("from an address", async (t) => {
    const address = await serve(t, (_, response) => response.end(CALENDAR));
    const shifts = await setUp(t)(address);
    assert.deepEqual(
      shifts.map(({ person }) => person),
      ["U0BOB"],
    );
  });
});

describe("a calendar that cannot be read says why, without its address", () => {
  for (const [what, answer, reason] of [
    ["a refusal", (_, response) => response.writeHead(403).end(), /status 403/],
    ["a sign-in page", (_, response) => response.end("<html></html>"), /not an iCal/],
    [
      "a redirect",
      (_, response) => response.writeHead(302, { location: "/x" }).end(),
      /status 302/,
    ],
    ["a broken connection", (request) => request.socket.destroy(), /does not answer/],
    [
      "a body without end",
      (_, response) => response.end(Buffer.alloc(6 * 1024 ** 2)),
      /larger than 5 MiB/,
    ],
  ] as readonly (readonly [string, RequestListener, RegExp])[]) {
    test(what, async (t) => {
      const address = await serve(t, answer);
      await assert.rejects(setUp(t)(address), (error: Error) => {
        assert.match(error.message, reason);
        assert.doesNotMatch(error.message, /private-0123456789/);
        return true;
      });
    });
  }

  test("a file that is not there", async (t) => {
    await assert.rejects(setUp(t)("/nowhere/duty.ics"), /ENOENT/);
  });

  test("one that takes too long", async (t) => {
    await assert.rejects(setUp(t, 1)(await fileOf(t, CALENDAR)), /takes too long/);
  });
});
