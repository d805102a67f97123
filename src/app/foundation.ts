/** What every part of the bot is made with. */

import { randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Config } from "../config/config.ts";
import { knownSecrets } from "../config/known-secrets.ts";
import { clock } from "../edges/clock.ts";
import { createOwnMetrics, type OwnMetrics } from "../edges/own-metrics.ts";
import { redaction } from "../edges/redaction.ts";
import type { Teardown } from "../edges/teardown.ts";
import type { MonotonicClock } from "../features/shared/ports.ts";

export interface Foundation {
  readonly config: Config;
  readonly log: Logger;
  readonly clock: MonotonicClock;
  readonly meter: OwnMetrics;
  readonly teardown: Teardown;
  readonly secrets: LiveSecrets;
  readonly changes: IncidentChanges;
  readonly newId: () => string;
}

/** Secrets may be read again while the bot runs: whoever uses one asks for it each time. */
interface LiveSecrets {
  readonly current: () => Config;
  /** Takes the secrets of a configuration that was read again. */
  replace(config: Config): void;
}

/** Connects what changes incidents with what shows them. */
interface IncidentChanges {
  /** An incident changed, or has a new notice. */
  readonly announce: () => void;
  /** Calls `listener` after each change. */
  subscribe(listener: () => void): void;
}

/** What every group needs: the configuration, the log, the clock, and what must be stopped at the end. */
export function layFoundation(config: Config, log: Logger, teardown: Teardown): Foundation {
  return {
    config,
    log,
    clock,
    meter: createOwnMetrics(),
    teardown,
    secrets: liveSecrets(config),
    changes: incidentChanges(),
    newId: () => randomUUID(),
  };
}

function liveSecrets(config: Config): LiveSecrets {
  let current = config;
  redaction.learn(knownSecrets(config));
  return {
    current: () => current,
    replace(read) {
      current = read;
      redaction.learn(knownSecrets(read));
    },
  };
}

function incidentChanges(): IncidentChanges {
  const listeners: (() => void)[] = [];
  return {
    announce() {
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => void listeners.push(listener),
  };
}
