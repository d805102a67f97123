/** The simulated server's series are those of recordings of a real one: names, types, labels, sizes. */

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { z } from "zod";
import { API } from "../../../src/diagnosis/health/api-answers.ts";
import { readRecording } from "../../../src/edges/recording/read-recording.ts";
import { parseExposition } from "../../../src/exposition/parse-exposition.ts";
import type { Sample } from "../../../src/exposition/sample.ts";
import { snapshotAt } from "../../../src/sandbox/streamline/snapshot.ts";
import { modelFor } from "./polls.ts";

const groupLag = API.groupLag.extend({ state: z.string() });
type GroupLag = z.infer<typeof groupLag>;
const RECORDED = ["slow-consumer", "control-clean-restart", "cpu-quota-5"];
const FIXTURES = "test/fixtures/recordings";
const METRICS = "/metrics";

interface Surface {
  readonly types: ReadonlyMap<string, string>;
  readonly samples: readonly Sample[];
}

function surfaceOf(body: string): Surface {
  const { families, samples } = parseExposition(body);
  return {
    types: new Map([...families].map(([name, { type }]) => [name, String(type)])),
    samples,
  };
}

describe("the simulated server's series", () => {
  let real: readonly Surface[] = [];
  let simulated: Surface = { types: new Map(), samples: [] };

  before(async () => {
    const surfaces: Surface[] = [];
    for (const name of RECORDED) {
      let body = "";
      const problems = { broken: 0, isCut: false };
      for await (const poll of readRecording(`${FIXTURES}/${name}.jsonl.gz`, problems)) {
        const reply = poll.http.get(METRICS);
        if (reply?.kind === "answered") body = reply.body;
      }
      surfaces.push(surfaceOf(body));
    }
    real = surfaces;
    const model = modelFor();
    // The gauges of members and partitions appear when somebody asks for the group's lag.
    const lags = model.shape.groups.map(({ id }) => `/api/v1/consumer-groups/${id}/lag`);
    snapshotAt(model, model.nowMs + 10 * 60_000, lags);
    const outcome = snapshotAt(model, model.nowMs + 15_000, [METRICS]).http.get(METRICS);
    assert.equal(outcome?.kind, "answer");
    simulated = surfaceOf(outcome.answer.body);
  });

  function labelNames(samples: readonly Sample[], name: string): string[] {
    const own = samples.filter((sample) => sample.name === name);
    return [
      ...new Set(own.map(({ labels }) => Object.keys(labels).toSorted().join(","))),
    ].toSorted();
  }

  test("every family that was recorded is simulated, of the same type and with the same labels", () => {
    const types = new Map(real.flatMap((each) => [...each.types]));
    assert.ok(types.size >= 20);
    const samples = real.flatMap((each) => each.samples);
    for (const [name, type] of types) {
      assert.equal(simulated.types.get(name), type, name);
      for (const labels of labelNames(samples, name)) {
        assert.ok(labelNames(simulated.samples, name).includes(labels), `${name}{${labels}}`);
      }
    }
  });

  test("what no recording has is not simulated as usual: buffers that come back", () => {
    for (const name of [
      "streamline_zerocopy_buffer_pool_hits",
      "streamline_zerocopy_buffer_pool_available",
    ]) {
      assert.equal(
        real.some(({ types }) => types.has(name)),
        false,
        name,
      );
      assert.equal(simulated.types.has(name), false, name);
    }
  });

  function valuesOf(
    samples: readonly Sample[],
    name: string,
    apiKey: string,
    quantile: string,
  ): number[] {
    return samples
      .filter((each) => each.name === name && each.labels["api_key"] === apiKey)
      .filter(({ labels }) => Number(labels["quantile"]) === Number(quantile))
      .map(({ value }) => value);
  }

  for (const apiKey of ["produce", "fetch"]) {
    test(`the median of ${apiKey} is of the recorded order of magnitude`, () => {
      const name = "streamline_request_duration_seconds";
      const recorded = valuesOf(
        real.flatMap(({ samples }) => samples),
        name,
        apiKey,
        "0.5",
      );
      const [own = 0] = valuesOf(simulated.samples, name, apiKey, "0.5");
      assert.ok(recorded.length >= 2);
      for (const value of recorded)
        assert.ok(own > value / 10 && own < value * 10, `${own}, ${value}`);
    });
  }

  test("a quantile of requests that nobody made within a minute is 0, as recorded, and their sum stays", () => {
    const name = "streamline_request_duration_seconds";
    const quietIn = ({ samples }: Surface): string[] => {
      const keysAt = (suffix: string, isMeant: (value: number) => boolean): string[] =>
        samples
          .filter((each) => each.name === `${name}${suffix}` && isMeant(each.value))
          .flatMap(({ labels }) => labels["api_key"] ?? []);
      const asked = new Set(keysAt("_count", (value) => value > 0));
      return keysAt("", (value) => value === 0).filter((key) => asked.has(key));
    };
    assert.ok(real.some((each) => quietIn(each).includes("list_offsets")));
    assert.ok(quietIn(simulated).includes("list_offsets"));
    for (const each of [...real, simulated]) assert.ok(!quietIn(each).includes("produce"));
  });

  function totalOf(samples: readonly Sample[], name: string): number {
    return samples.filter((each) => each.name === name).reduce((sum, { value }) => sum + value, 0);
  }

  test("a connection that was accepted is never freed, as recorded", () => {
    for (const { samples } of [...real, simulated]) {
      const active = totalOf(samples, "streamline_connections_active");
      assert.ok(active > 0);
      assert.equal(active, totalOf(samples, "streamline_connections_total"));
    }
  });

  /** What an unclean end and the start after it do to records, before and after. */
  interface AcrossRestart {
    readonly endBefore: number;
    readonly endAfter: number;
    /** What the new process has counted as appended. */
    readonly counted: number;
  }

  /** Of the last /metrics before a process was killed and of the first with its partitions after it. */
  async function recordedRestart(): Promise<AcrossRestart> {
    let before: Surface | undefined;
    let last: Surface | undefined;
    const problems = { broken: 0, isCut: false };
    for await (const poll of readRecording(`${FIXTURES}/kill9-once-replay.jsonl.gz`, problems)) {
      const reply = poll.http.get(METRICS);
      if (reply?.kind !== "answered") continue;
      const now = surfaceOf(reply.body);
      const isNewer = (each: Surface | undefined): boolean =>
        totalOf(now.samples, UPTIME) < totalOf(each?.samples ?? [], UPTIME);
      if (before === undefined && isNewer(last)) before = last;
      last = now;
      if (before !== undefined && totalOf(now.samples, END) > 0) return acrossOf(before, now);
    }
    return assert.fail("the recording holds no restart");
  }

  const UPTIME = "streamline_uptime_seconds";
  const END = "streamline_log_end_offset";

  function acrossOf(before: Surface, after: Surface): AcrossRestart {
    return {
      endBefore: totalOf(before.samples, END),
      endAfter: totalOf(after.samples, END),
      counted: totalOf(after.samples, "streamline_records_total"),
    };
  }

  function simulatedRestart(): AcrossRestart {
    const model = modelFor();
    const metrics = (afterMs: number): Surface => {
      const outcome = snapshotAt(model, model.nowMs + afterMs, [METRICS]).http.get(METRICS);
      assert.equal(outcome?.kind, "answer");
      return surfaceOf(outcome.answer.body);
    };
    const before = metrics(10 * 60_000);
    model.faults.set("just-restarted", "mild");
    return acrossOf(before, metrics(60_000));
  }

  test("after an unclean end the log is appended once more, as recorded: offsets jump, counters begin with it", async () => {
    for (const { endBefore, endAfter, counted } of [await recordedRestart(), simulatedRestart()]) {
      assert.ok(endBefore > 0 && counted > 0);
      assert.ok(endAfter > endBefore, `${endAfter} after ${endBefore}`);
      assert.ok(counted < endAfter, "the new process has not counted what was there before");
    }
  });

  /** What a group's consumers do within a minute. */
  interface MinuteOfGroup {
    readonly state: unknown;
    readonly committed: number;
    readonly lagGrowth: number;
    readonly bytesOut: number;
    readonly bytesIn: number;
  }

  interface GroupPoll {
    readonly lag: GroupLag;
    readonly metrics: Surface;
  }

  const BYTES_OUT = "streamline_bytes_out_total";
  const BYTES_IN = "streamline_bytes_in_total";

  function minuteOf(first: GroupPoll, last: GroupPoll, topic: string): MinuteOfGroup {
    const committedIn = ({ partitions }: GroupLag): number =>
      partitions.reduce((sum, { current_offset }) => sum + current_offset, 0);
    const lagIn = ({ partitions }: GroupLag): number =>
      partitions.reduce((sum, { lag }) => sum + lag, 0);
    const ofTopic = ({ metrics }: GroupPoll, name: string): number =>
      totalOf(
        metrics.samples.filter(({ labels }) => labels["topic"] === topic),
        name,
      );
    return {
      state: last.lag.state,
      committed: committedIn(last.lag) - committedIn(first.lag),
      lagGrowth: lagIn(last.lag) - lagIn(first.lag),
      bytesOut: ofTopic(last, BYTES_OUT) - ofTopic(first, BYTES_OUT),
      bytesIn: ofTopic(last, BYTES_IN) - ofTopic(first, BYTES_IN),
    };
  }

  function groupPollOf(lag: string, metrics: string): GroupPoll {
    return { lag: groupLag.parse(JSON.parse(lag)), metrics: surfaceOf(metrics) };
  }

  /** The last minute of the recording, two minutes and more after the restart. */
  async function recordedStuck(): Promise<MinuteOfGroup> {
    const polls: GroupPoll[] = [];
    const problems = { broken: 0, isCut: false };
    for await (const { http } of readRecording(
      `${FIXTURES}/kill9-once-replay.jsonl.gz`,
      problems,
    )) {
      const [lag, metrics] = [http.get("/api/v1/consumer-groups/billing/lag"), http.get(METRICS)];
      if (lag?.kind !== "answered" || metrics?.kind !== "answered") continue;
      if (lag.status === 200) polls.push(groupPollOf(lag.body, metrics.body));
    }
    const [first, last] = [polls.at(-5), polls.at(-1)];
    assert.ok(first !== undefined && last !== undefined);
    return minuteOf(first, last, "orders");
  }

  function simulatedStuck(): MinuteOfGroup {
    const model = modelFor();
    const path = "/api/v1/consumer-groups/fulfilment/lag";
    const poll = (afterMs: number): GroupPoll => {
      const { http } = snapshotAt(model, model.nowMs + afterMs, [path, METRICS]);
      const [lag, metrics] = [http.get(path), http.get(METRICS)];
      assert.ok(lag?.kind === "answer" && metrics?.kind === "answer");
      return groupPollOf(lag.answer.body, metrics.answer.body);
    };
    poll(10 * 60_000);
    model.faults.set("consumer-stuck-after-replay", "mild");
    return minuteOf(poll(3 * 60_000), poll(60_000), "orders");
  }

  test("a client that sticks at a replay is Stable, commits nothing and is sent the same again, as recorded", async () => {
    for (const minute of [await recordedStuck(), simulatedStuck()]) {
      assert.equal(minute.state, "Stable");
      assert.equal(minute.committed, 0);
      assert.ok(minute.lagGrowth > 0);
      assert.ok(minute.bytesOut > 3 * minute.bytesIn, `${minute.bytesOut} of ${minute.bytesIn}`);
    }
  });
});
