/**
 * Runs the simulated Streamline on real ports, in real time: HTTP API and Kafka listener.
 *
 * Faults work on the next request. Those that take the server down close its ports and open the
 * same ones again.
 */
import type { Addresses } from "./answer.ts";
import { answerHttp } from "./endpoints.ts";
import type { ActiveFault, MagnitudeName } from "./faults.ts";
import { createApiServer } from "./http-server.ts";
import { createKafkaServer } from "./kafka-server.ts";
import { createListener, type Listener } from "./listener.ts";
import { createModel, type Model } from "./model.ts";
import type { Scenario } from "./scenarios/scenario.ts";
import { SHAPES, type Shape } from "./shape.ts";
import { createRequestCounter, type RequestTally } from "./tally.ts";

/** How often a server that nobody asks applies its own faults; a crash loop needs it. */
const TICK_MS = 200;

/** With it the same happens every time. */
export const SIMULATED_SEED = 1;

export interface SimulatedStreamlineOptions {
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** @default 0, a free port */
  readonly httpPort?: number;
  /** @default 0, a free port */
  readonly kafkaPort?: number;
  /** @default SIMULATED_SEED */
  readonly seed?: number;
  /** @default SHAPES.shop */
  readonly shape?: Shape;
  /** Unix milliseconds. @default Date.now */
  readonly clock?: () => number;
}

export interface SimulatedStreamline {
  /** `http://host:port`, without a slash at the end. */
  readonly http: string;
  /** `host:port` */
  readonly kafka: string;
  readonly model: Model;
  /** Goes on as another model of the same shape, whose ports are then in force. */
  goOnAs(model: Model): Promise<void>;
  readonly requests: RequestTally;
  readonly faults: FaultControl;
  close(): Promise<void>;
}

/** Each change is in force, ports included, when its promise resolves. */
interface FaultControl {
  /** The scenarios that this server can run, in the order for a panel. */
  readonly list: readonly Scenario[];
  active(): readonly ActiveFault[];
  /** @param options.magnitude a number, or one of the scenario's two. @default "severe" */
  set(id: string, options?: { magnitude?: number | MagnitudeName }): Promise<void>;
  clear(id: string): Promise<void>;
  clearAll(): Promise<void>;
}

/**
 * Resolves once both ports answer; port 0 takes a free one. The same `seed`, `shape` and `clock` make the
 * same server. Rejects if a port is taken.
 */
export async function startSimulatedStreamline({
  host = "127.0.0.1",
  httpPort = 0,
  kafkaPort = 0,
  seed = SIMULATED_SEED,
  shape = SHAPES.shop,
  clock = Date.now,
}: SimulatedStreamlineOptions = {}): Promise<SimulatedStreamline> {
  let model = createModel({ seed, startMs: clock(), shape });
  const current = () => {
    model.advance(clock());
    return model;
  };
  const requests = createRequestCounter();
  const addresses = (): Addresses => ({
    http: `${host}:${http.port}`,
    kafka: `${host}:${kafka.port}`,
  });
  const httpServer = createApiServer({
    answer: (request) => answerHttp(current(), request, addresses()),
    onRequest: requests.countHttp,
    onBytes: requests.countBytes,
  });
  const kafkaServer = createKafkaServer({
    model: current,
    broker: () => ({ nodeId: 1, host, port: kafka.port, topics: model.state.topics }),
    onRequest: requests.countKafka,
  });
  const http = createListener(httpServer, host, httpPort);
  const kafka = createListener(kafkaServer, host, kafkaPort);
  await Promise.all([http.open(), kafka.open()]);

  const reconcile = createReconciler(current, { http, kafka });
  // A port that somebody else took meanwhile is tried again at the next tick.
  const ticker = setInterval(() => void reconcile().catch(() => {}), TICK_MS);
  return {
    http: `http://${addresses().http}`,
    kafka: addresses().kafka,
    get model() {
      return model;
    },
    async goOnAs(next) {
      model = next;
      await reconcile();
    },
    requests,
    faults: controlFaults(current, { clock, reconcile }),
    async close() {
      clearInterval(ticker);
      await reconcile().catch(() => {});
      await Promise.all([http.close(), kafka.close()]);
    },
  };
}

interface Listeners {
  readonly http: Listener;
  readonly kafka: Listener;
}

/** Makes the listeners agree with the conditions; runs one at a time, in the order of the calls. */
function createReconciler(current: () => Model, { http, kafka }: Listeners): () => Promise<void> {
  const reconcile = async () => {
    const { process, http: condition } = current().conditions();
    const isUp = process === "up";
    await Promise.all([
      isUp && condition.mode !== "refused" ? http.open() : http.close(),
      isUp ? kafka.open() : kafka.close(),
    ]);
  };
  let last = Promise.resolve();
  return () => {
    last = last.catch(() => {}).then(reconcile);
    return last;
  };
}

function controlFaults(
  current: () => Model,
  { clock, reconcile }: { clock: () => number; reconcile: () => Promise<void> },
): FaultControl {
  const change = async (apply: (model: Model) => void) => {
    const model = current();
    apply(model);
    // One step ahead of the clock and never more, so that the next request sees the change.
    if (model.nowMs <= clock()) model.step();
    await reconcile();
  };
  return {
    list: current().faults.list,
    active: () => current().faults.active(),
    set: (id, { magnitude = "severe" } = {}) => change(({ faults }) => faults.set(id, magnitude)),
    clear: (id) => change(({ faults }) => faults.clear(id)),
    clearAll: () => change(({ faults }) => faults.clearAll()),
  };
}
