/** The loops: one per target, at their own pace, until they are stopped. */

import assert from "node:assert/strict";
import { afterEach, describe, test } from "node:test";
import type { Target } from "../../../src/diagnosis/target.ts";
import { clock as realClock } from "../../../src/edges/clock.ts";
import type { PollShare } from "../../../src/edges/streamline/poll-share.ts";
import { createSampler, type SamplerOptions } from "../../../src/edges/streamline/sampler.ts";
import { createTargetClient } from "../../../src/edges/streamline/target-client.ts";
import type { Clock } from "../../../src/features/shared/ports.ts";
import {
  answering,
  closedPort,
  kafkaServer,
  type Running,
  targetAt,
  tcpServer,
} from "./servers.ts";

describe("the sampler", () => {
  const cleanUp: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const each of cleanUp.splice(0).toReversed()) await each();
  });

  async function started(server: Promise<Running>): Promise<number> {
    const running = await server;
    cleanUp.push(() => running.stop());
    return running.port;
  }

  function newSampler(options: Partial<SamplerOptions> & Pick<SamplerOptions, "targets">) {
    const poll = createTargetClient({ clock: Date });
    const sampler = createSampler({
      poll,
      clock: realClock,
      random: () => 0.5,
      log: { error: () => undefined },
      historyOf: () => ({ append: () => undefined }),
      ...options,
    });
    cleanUp.push(async () => {
      await poll.close();
      await sampler.stop();
    });
    return sampler;
  }

  test("a target that hangs does not delay another one", async () => {
    const hanging = await started(tcpServer(() => undefined));
    const answers = await started(answering({ "/metrics": { body: "a 1\n" } }));
    const kafka = await started(kafkaServer());
    const slow = targetAt({ http: hanging }, { name: "slow", timeoutMs: 60_000 });
    const quick = targetAt({ http: answers, kafka }, { name: "quick" });
    const polls: string[] = [];
    const three = Promise.withResolvers<undefined>();
    const historyOf = (target: Target) => ({
      append: () => {
        polls.push(target.name);
        if (polls.length === 3) three.resolve(undefined);
      },
    });
    newSampler({ targets: [slow, quick], historyOf, settings: { intervalMs: 5 } }).start();

    await three.promise;
    assert.deepEqual(polls.slice(0, 3), ["quick", "quick", "quick"]);
  });

  test("polls are spread around the interval by a tenth, less what the poll took", async () => {
    for (const [chance, expected] of [
      [0, 13_500],
      [0.5, 15_000],
      [0.999, 16_497],
    ] as const) {
      const sleeps: number[] = [];
      const enough = Promise.withResolvers<undefined>();
      const clock: Clock = {
        now: () => 0,
        sleep: (ms) => {
          sleeps.push(Math.round(ms));
          if (sleeps.length < 3) return Promise.resolve();
          enough.resolve(undefined);
          return new Promise(() => undefined);
        },
      };
      const target = targetAt({ http: await closedPort() });
      createSampler({
        poll: createTargetClient({ clock }),
        targets: [target],
        clock,
        random: () => chance,
        log: { error: () => undefined },
        historyOf: () => ({ append: () => undefined }),
      }).start();
      await enough.promise;
      assert.deepEqual(sleeps, [Math.round(chance * 1_000), expected, expected]);
    }
  });

  test("a history that fails is logged, and the next poll comes all the same", async () => {
    const target = targetAt({ http: await closedPort() });
    const errors: object[] = [];
    let appended = 0;
    const second = Promise.withResolvers<undefined>();
    const historyOf = () => ({
      append: () => {
        appended++;
        if (appended === 2) second.resolve(undefined);
        throw new Error("out of memory");
      },
    });
    const log = { error: (fields: object) => void errors.push(fields) };
    newSampler({ targets: [target], historyOf, log, settings: { intervalMs: 5 } }).start();

    await second.promise;
    assert.ok(errors.length >= 1);
    assert.deepEqual(Object.keys(errors[0] ?? {}), ["err", "target"]);
  });

  test("after the stop nobody polls any more", async () => {
    const port = await closedPort();
    const start = () => {
      let polls = 0;
      const reached = Promise.withResolvers<undefined>();
      const append = () => {
        polls++;
        if (polls === 5) reached.resolve(undefined);
      };
      const sampler = newSampler({
        targets: [targetAt({ http: port })],
        historyOf: () => ({ append }),
        settings: { intervalMs: 1 },
      });
      sampler.start();
      return { sampler, polls: () => polls, reached: reached.promise };
    };
    const first = start();
    await first.reached;
    await first.sampler.stop();
    const atStop = first.polls();
    // In the time in which another one polls as often, the first would have gone on, too.
    const other = start();
    await other.reached;
    await other.sampler.stop();
    assert.equal(first.polls(), atStop);
  });

  test("who follows keeps what another replica saw, each poll once, and asks the target nothing", async () => {
    const samples = [{ name: "a", labels: {}, value: 1 }];
    const seen: number[] = [];
    let asked = 0;
    const three = Promise.withResolvers<undefined>();
    const share: PollShare = {
      part: () => Promise.resolve("follows"),
      publish: () => Promise.reject(new Error("who follows has nothing to publish")),
      latest: (_, afterMs) => {
        asked += 1;
        if (asked === 9) three.resolve(undefined);
        // Another replica polls at a third of this one's turns.
        const timeMs = 1_000 * Math.ceil(asked / 3);
        return Promise.resolve(timeMs > afterMs ? { timeMs, samples } : undefined);
      },
    };
    const metrics = await started(tcpServer(() => assert.fail("the target was asked")));
    newSampler({
      targets: [targetAt({ http: metrics })],
      historyOf: () => ({ append: (timeMs) => void seen.push(timeMs) }),
      share,
      settings: { intervalMs: 1 },
    }).start();
    await three.promise;
    assert.deepEqual(seen.slice(0, 3), [1_000, 2_000, 3_000].slice(0, seen.length));
    assert.ok(seen.length >= 2);
  });

  test("a question during a poll shares it", async () => {
    const target = targetAt({ http: await closedPort() });
    let appended = 0;
    const historyOf = () => ({ append: () => void appended++ });
    const sampler = newSampler({ targets: [target], historyOf });
    const [one, other] = await Promise.all([sampler.sample(target), sampler.sample(target)]);
    assert.equal(one, other);
    assert.equal(appended, 1);
  });

  test("a target that is not the sampler's is refused", async () => {
    const sampler = newSampler({ targets: [] });
    await assert.rejects(sampler.sample(targetAt({ http: 1 })), /orders is not a target/);
  });
});
