/** The configuration as the rest of the bot sees it. */

import type { SilenceMatcher } from "../alerts/silence.ts";
import type { AlertSource } from "../alerts/source.ts";
import type { Target } from "../diagnosis/target.ts";
import type { Labels } from "../exposition/sample.ts";
import type { MentionRule } from "../incidents/mentions.ts";
import type { ReadSecretFile } from "./secret-files.ts";

export interface Route {
  /** A route takes an alert group whose common labels carry all of these; empty takes every group. */
  readonly match: Labels;
  /** Further conditions, as Alertmanager's `matchers`. */
  readonly matchers?: readonly SilenceMatcher[];
  /** Names of the sources whose alerts it takes; unset means all. */
  readonly sources?: readonly string[];
  readonly channel: string;
  readonly heartbeat?: Heartbeat;
  /** Whom its incidents call; the first rule that takes the severity counts. */
  readonly mentions?: readonly MentionRule[];
}

/** An alert that always fires, by which a source is known to be alive. */
interface Heartbeat {
  readonly alert: string;
  /** So long its source may be silent. */
  readonly withinMs: number;
}

export type SlackConnection =
  | { readonly mode: "socket"; readonly appToken: string }
  | {
      readonly mode: "http";
      readonly signingSecret: string;
      /** Slackbot may ask over MCP, with the rights of whoever asks it. */
      readonly answersSlackbot?: true;
    };

/** One replica keeps a SQLite file; several share PostgreSQL, whose address is a secret. */
export type StoreAddress =
  | { readonly engine: "sqlite"; readonly path: string }
  | { readonly engine: "postgres"; readonly url: string };

/** How one side of an HTTP request proves who it is. */
export type Credentials =
  | { readonly kind: "bearer"; readonly token: string }
  | { readonly kind: "basic"; readonly user: string; readonly password: string };

export interface Config {
  readonly listen: { readonly host: string; readonly port: number };
  readonly logLevel: string;
  readonly slack: SlackConnection & { readonly botToken: string; readonly apiUrl?: string };
  /** Any of these secrets is accepted, so that a new one can take the place of an old one. */
  readonly webhook: { readonly auth: readonly Credentials[]; readonly maxBodyBytes: number };
  /** What whoever reads /metrics must carry; empty for nothing. */
  readonly metricsAuth: readonly Credentials[];
  /** What an MCP client must carry; empty, and the bot answers no MCP. */
  readonly mcpAuth: readonly Credentials[];
  /** What the Alertmanagers of the targets ask for, where they ask for something. */
  readonly alertmanagerAuth?: Credentials;
  /** Those that the file names. */
  readonly sources: readonly ConfiguredSource[];
  /** Who is on duty, by calendars. */
  readonly schedules: readonly ScheduleConfig[];
  /** What channels are shown regularly of their alerts. */
  readonly reviews: readonly ReviewConfig[];
  readonly store: StoreAddress;
  readonly targets: readonly Target[];
  /** Bearer token for the targets' Prometheus servers. */
  readonly prometheusToken?: string;
  readonly routes: readonly Route[];
  /** The channel for those who keep the bot: where it says what is lost. */
  readonly operators: string;
  /** Channels in which another app posts alerts, whose posts get the runbook into their thread. */
  readonly watch: readonly string[];
  readonly knowledge: readonly string[];
  /** Prometheus rule files beside our own, whose alerts `health` evaluates. */
  readonly rules: readonly string[];
  readonly sampling: { readonly intervalMs: number };
  readonly permissions: Permissions;
  /** More new incidents than this that wait for one channel are named by one message. */
  readonly delivery: { readonly digestAbove: number };
  readonly acknowledgement: AcknowledgementTimes;
  readonly retention: RetentionConfig;
}

export interface ScheduleConfig {
  readonly name: string;
  /** An iCal file, or its address, which may be a secret. */
  readonly calendar: string;
  /** Slack's ids of people, by how the calendar names them: a name, or an e-mail address. */
  readonly people: Readonly<Record<string, string>>;
  /** The channel in which each change of duty is said. */
  readonly handover?: string;
}

export interface ReviewConfig {
  readonly channel: string;
  /** When: minute, hour, day, month, day of the week. */
  readonly cron: string;
  readonly timeZone: string;
  readonly lastMs: number;
}

/** A source with what its webhook must prove, and what its API asks for. */
export interface ConfiguredSource extends AlertSource {
  /** Without it the webhook's common credentials hold. */
  readonly webhookAuth?: readonly Credentials[];
  readonly apiAuth?: Credentials;
}

export interface Permissions {
  readonly ask: AskPermission;
  /** Who may ask with PromQL of their own; empty means whoever may ask. */
  readonly query: AllowedPeople;
  /** Empty means everyone. */
  readonly acknowledge: AllowedPeople;
  /** Guests, people of other organizations and bots that count as everyone else does. */
  readonly outsiders: AllowedPeople;
  /** Empty means nobody: a silence hides alerts from everyone. */
  readonly silence: AllowedPeople;
}

/** People by id, and user groups whose members count, too. */
export interface AllowedPeople {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** How long the store keeps what it has, in milliseconds; edges/store/retention says why. */
export interface RetentionConfig {
  readonly incidents: number;
  readonly notifications: number;
  readonly audit: number;
  readonly notes: number;
  readonly questions: number;
  /** Notices that could not be delivered. */
  readonly undelivered: number;
}

/** How long an acknowledgement holds, and after what time its owner is asked about it. */
export interface AcknowledgementTimes {
  readonly holdsMs: number;
  readonly remindAfterMs: number;
}

/** Who may ask a target, and from where; an empty list means everyone, or everywhere. */
export interface AskPermission {
  readonly users: readonly string[];
  readonly channels: readonly string[];
}

export interface ConfigProblem {
  /** Where: `targets[1].http`, or the environment variable's name. */
  readonly path: string;
  readonly message: string;
}

export type ConfigResult =
  | {
      readonly ok: true;
      readonly config: Config;
      /** What should be set right although the bot can start. */
      readonly warnings: readonly ConfigProblem[];
    }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

export interface ConfigSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The file's text; undefined when there is no file. */
  readonly yaml: string | undefined;
  /** Reads the file that a `…_FILE` variable names. */
  readonly readSecret?: ReadSecretFile;
}
