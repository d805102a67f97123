/** Changes of recorded figures: of a whole poll, since /metrics and the other answers must agree. */

import type { HealthPoll, PortReply, Reply } from "../../../src/diagnosis/reply.ts";
import type { RecordedPoll } from "../../../src/edges/recording/recorded-poll.ts";

type Change = (poll: RecordedPoll) => RecordedPoll;

const METRICS = "/metrics";

/** What every answer and every request took, `times` as long; what ran into a time limit still does. */
export function scaledLatency(times: number): Change {
  const took = <T extends Reply | PortReply | HealthPoll["kafka"]["api"]>(reply: T): T =>
    reply.kind === "timeout" ? reply : { ...reply, ms: reply.ms * times };
  const value = scaling(times, /^streamline_request_duration_seconds(_sum)?(\{|$)/);
  return (poll) => ({
    ...poll,
    kafka: { port: took(poll.kafka.port), api: took(poll.kafka.api) },
    httpPort: took(poll.httpPort),
    http: new Map(
      [...poll.http].map(([path, reply]) => [
        path,
        took(path === METRICS ? withLines(reply, value) : reply),
      ]),
    ),
  });
}

/** What every answer takes longer, as over a long way; what ran into a time limit still does. */
export function farther(ms: number): Change {
  const later = <T extends Reply | PortReply | HealthPoll["kafka"]["api"]>(reply: T): T =>
    reply.kind === "timeout" ? reply : { ...reply, ms: reply.ms + ms };
  return (poll) => ({
    ...poll,
    kafka: { port: later(poll.kafka.port), api: later(poll.kafka.api) },
    httpPort: later(poll.httpPort),
    http: new Map([...poll.http].map(([path, reply]) => [path, later(reply)])),
  });
}

const COUNTED =
  /^streamline_(requests_total|request_duration_seconds_(sum|count)|bytes_\w+_total|records_total|log_size_bytes|log_end_offset|consumer_group_(total_|max_)?lag|zerocopy_\w+)(\{|$)/;

/** So many times as many requests, records and bytes, and as much lag; connections stay. */
export function scaledLoad(times: number): Change {
  const value = scaling(times, COUNTED, Math.round);
  const inJson = (text: string): string =>
    text.replace(
      /"(current_offset|log_end_offset|lag|total_lag|max_lag|min_lag|used_bytes)":(\d+)/g,
      (_, key: string, number: string) => `"${key}":${Math.round(Number(number) * times)}`,
    );
  return (poll) => ({
    ...poll,
    http: new Map(
      [...poll.http].map(([path, reply]) => {
        if (path === METRICS) return [path, withLines(reply, value)];
        return [path, /\/(lag|system)$/.test(path) ? withBody(reply, inJson) : reply];
      }),
    ),
  });
}

/** Topics and groups as others name them, and partitions that begin elsewhere. */
export function renamed(poll: RecordedPoll): RecordedPoll {
  const names = (text: string): string =>
    text
      .replace(/(topic=\\?"|"topic":"|\/topics\/)([^"/]+)/g, "$1EU.shop_$2-v2")
      .replace(/(group=\\?"|"group_id":"|\/consumer-groups\/)([^"/]+)/g, "$1svc.$2.prod_1")
      .replace(/(partition=\\?"|"partition":)(?=\d)/g, (key) => `${key}7`);
  return {
    ...poll,
    http: new Map([...poll.http].map(([path, reply]) => [names(path), withBody(reply, names)])),
  };
}

/** Beside each topic so many that nobody writes to. */
export function copiedTopics(copies: number): Change {
  const first = new Map<string, string>();
  const more = (line: string): string[] => {
    const { name, value } = partsOf(line) ?? {};
    if (name === undefined || value === undefined || name.includes("group=")) return [line];
    if (name.startsWith("streamline_topics_total")) {
      return [`${name} ${Number(value) * (copies + 1)}`];
    }
    if (!name.includes('topic="')) return [line];
    const idle = first.get(name) ?? value;
    first.set(name, idle);
    const named = Array.from({ length: copies }, (_, index) =>
      name.replace(/topic="([^"]*)"/, `topic="$1-${index}"`),
    );
    return [line, ...named.map((each) => `${each} ${idle}`)];
  };
  return (poll) => ({
    ...poll,
    http: new Map(
      [...poll.http].map(([path, reply]) => [
        path,
        path === METRICS ? withLines(reply, more) : reply,
      ]),
    ),
  });
}

const GROUPS = "/api/v1/consumer-groups";

/** Beside each group so many that have members, read what there is and commit nothing more. */
export function copiedGroups(copies: number): Change {
  const numbers = Array.from({ length: copies }, (_, index) => index);
  const steady = (name: string): string =>
    `{"group_id":"${name}","state":"Stable","member_count":1,"coordinator":1,"protocol_type":"consumer"}`;
  const listed = (text: string): string =>
    text.replace(/\{"group_id":"([^"]*)"[^{}]*\}/g, (own: string, name: string) =>
      [own, ...numbers.map((n) => steady(`${name}-${n}`))].join(","),
    );
  const idle = (text: string): string =>
    text.replace(/"(current_offset|log_end_offset|lag|total_lag|max_lag)":\d+/g, '"$1":0');
  return (poll) => {
    const http = new Map(poll.http);
    for (const [path, reply] of poll.http) {
      if (path === GROUPS) http.set(path, withBody(reply, listed));
      if (!path.endsWith("/lag")) continue;
      for (const n of numbers) http.set(path.replace(/\/lag$/, `-${n}/lag`), withBody(reply, idle));
    }
    return { ...poll, http };
  };
}

/** Beside each group so many others of the same members and offsets. */
export function twinGroups(copies: number): Change {
  const numbers = Array.from({ length: copies }, (_, index) => index);
  const twins = (text: string, one: RegExp): string =>
    text.replace(one, (own: string) =>
      [
        own,
        ...numbers.map((n) => own.replace(/"group_id":"([^"]*)"/, `"group_id":"$1-${n}"`)),
      ].join(","),
    );
  const lines = (line: string): string[] =>
    line.includes('group="')
      ? [line, ...numbers.map((n) => line.replace(/group="([^"]*)"/, `group="$1-${n}"`))]
      : [line];
  return (poll) => {
    const http = new Map(poll.http);
    for (const [path, reply] of poll.http) {
      if (path === METRICS) http.set(path, withLines(reply, lines));
      if (path === GROUPS) {
        http.set(
          path,
          withBody(reply, (text) => twins(text, /\{"group_id"[^{}]*\}/g)),
        );
      }
      if (!path.endsWith("/lag")) continue;
      for (const n of numbers) http.set(path.replace(/\/lag$/, `-${n}/lag`), reply);
    }
    return { ...poll, http };
  };
}

const FOREIGN = [
  "# TYPE process_cpu_seconds_total counter",
  "process_cpu_seconds_total 41.2",
  "# TYPE http_requests_total counter",
  'http_requests_total{topic="orders",group="billing",code="500"} 1024',
  'up{job="other",instance="10.0.0.9:1"} 0',
  'probe_success{probe="kafka"} 0',
  "",
].join("\n");

/** As where a proxy adds its own: also names that are ours. */
export function foreignSeries(poll: RecordedPoll): RecordedPoll {
  const reply = poll.http.get(METRICS);
  if (reply === undefined) return poll;
  const more = withBody(reply, (body) => `${body.trimEnd()}\n${FOREIGN}`);
  return { ...poll, http: new Map([...poll.http, [METRICS, more]]) };
}

type Lines = (line: string) => readonly string[];

function scaling(times: number, names: RegExp, rounded = (value: number) => value): Lines {
  return (line) => {
    const { name, value } = partsOf(line) ?? {};
    if (name === undefined || value === undefined || !names.test(name)) return [line];
    return [`${name} ${rounded(Number(value) * times)}`];
  };
}

export function partsOf(
  line: string,
): { readonly name: string; readonly value: string } | undefined {
  const at = line.lastIndexOf(" ");
  if (at < 0 || line.startsWith("#")) return undefined;
  return { name: line.slice(0, at), value: line.slice(at + 1) };
}

export function withLines(reply: Reply, change: Lines): Reply {
  return withBody(reply, (body) => body.split("\n").flatMap(change).join("\n"));
}

export function withBody(reply: Reply, change: (body: string) => string): Reply {
  return reply.kind === "answered" ? { ...reply, body: change(reply.body) } : reply;
}
