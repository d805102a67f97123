// needs: prometheus-alertmanager
/** One outage gives one page: what the example of Alertmanager's configuration sends of it. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, test } from "node:test";
import { z } from "zod";
import { postAlerts } from "../support/alertmanager-api.ts";
import { eventually } from "../support/eventually.ts";
import { startAlertmanager } from "../support/programs.ts";
import { ALERTS, RULES } from "./rule-files.ts";

type Labels = Readonly<Record<string, string>>;

const HTTP = { job: "streamline", instance: "broker-1:9094" };
const KAFKA = { job: "streamline-kafka", instance: "broker-1:9092" };
const NODE = { job: "node", instance: "broker-1:9100", mountpoint: "/var/lib/streamline" };
const GROUP = { ...HTTP, group: "billing", topic: "orders" };
const HOST = { host: "broker-1" };

/** What fires at its height, with the labels that its rules give; and which of it is notified. */
const OUTAGES: readonly {
  readonly what: string;
  readonly fires: Readonly<Record<string, Labels>>;
  readonly pages: readonly string[];
}[] = [
  {
    what: "a server that is gone is one page, of what its clients see",
    fires: {
      StreamlineDown: { ...HTTP, ...HOST },
      KafkaDown: { ...KAFKA, ...HOST },
      AvailabilityBudgetBurn: KAFKA,
    },
    pages: ["KafkaDown"],
  },
  {
    what: "HTTP that is down while Kafka answers is the warning alone",
    fires: { StreamlineDown: { ...HTTP, ...HOST }, HttpDown: { ...HTTP, ...HOST } },
    pages: ["HttpDown"],
  },
  {
    what: "metrics that cannot be read while /health answers are the warning alone",
    fires: { StreamlineDown: { ...HTTP, ...HOST }, MetricsUnreadable: HTTP },
    pages: ["MetricsUnreadable"],
  },
  {
    what: "Kafka that is gone while metrics cannot be read is a page, whatever takes the other's place",
    fires: {
      StreamlineDown: { ...HTTP, ...HOST },
      MetricsUnreadable: HTTP,
      KafkaDown: { ...KAFKA, ...HOST },
    },
    pages: ["KafkaDown", "MetricsUnreadable"],
  },
  {
    what: "a full disk is one page",
    fires: {
      DiskFull: { ...NODE, ...HOST },
      DiskSpaceLow: NODE,
      AppendFailures: { ...HTTP, ...HOST },
    },
    pages: ["DiskFull"],
  },
  {
    what: "a disk that syncs slowly is one page",
    fires: {
      SlowWalSync: { job: "node", instance: "broker-1:9100", device: "sda", ...HOST },
      HighProduceLatency: { ...HTTP, ...HOST },
      ProduceLatencyBudgetBurn: { ...HTTP, ...HOST },
    },
    pages: ["SlowWalSync"],
  },
  {
    what: "a server that restarts again and again is one page",
    fires: { CrashLoop: HTTP, ServerRestarted: HTTP, ScrapeUnreliable: HTTP },
    pages: ["CrashLoop"],
  },
  {
    what: "a group that nobody is in is one page",
    fires: { GroupWithoutMembers: GROUP, ConsumerStopped: GROUP, ConsumerLag: GROUP },
    pages: ["GroupWithoutMembers"],
  },
  {
    what: "a consumer that is too slow is one page",
    fires: { ConsumerSlow: GROUP, ConsumerLag: GROUP },
    pages: ["ConsumerSlow"],
  },
  {
    what: "a data directory that is gone is one page",
    fires: { DataDirectoryGone: HTTP, AppendFailures: HTTP },
    pages: ["DataDirectoryGone"],
  },
];

const HELD = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    status: z.object({ state: z.enum(["active", "suppressed", "unprocessed"]) }),
  }),
);

const LAST_HOST = "broker-9";
const LAST_SERVER = { ...HTTP, instance: "broker-9:9094", host: LAST_HOST };
/**
 * Another server's, posted last: Alertmanager learns what inhibits in the order of arrival, so as soon as one
 * of these is held back, all is known that was posted before.
 */
const LAST = [
  { ...LAST_SERVER, alertname: "HttpDown", severity: "warning" },
  { ...LAST_SERVER, alertname: "StreamlineDown", severity: "critical" },
];

function severityOf(alertname: string): string {
  const severity = RULES.find(({ alert }) => alert === alertname)?.labels["severity"];
  assert.ok(severity, `${alertname} is shipped`);
  return severity;
}

function partition<T>(all: readonly T[], isFirst: (each: T) => boolean): [T[], T[]] {
  return [all.filter(isFirst), all.filter((each) => !isFirst(each))];
}

describe("one outage", () => {
  for (const { what, fires, pages } of OUTAGES) {
    test(what, async (t) => {
      const config = readFileSync(join(ALERTS, "alertmanager.yml"), "utf8");
      const { url } = await startAlertmanager(t, config);
      const beside = { ...HTTP, ...HOST, instance: "broker-2:9094", host: "broker-2" };
      const other = { ...beside, alertname: "HttpSlow", severity: "warning" };
      const alerts = Object.entries(fires).map(([alertname, labels]) => ({
        ...labels,
        alertname,
        severity: severityOf(alertname),
      }));
      await postAlerts(url, [...alerts, other]);
      await postAlerts(url, LAST);
      const notified = await eventually("all are judged", async () => {
        const held = HELD.parse(await (await fetch(`${url}/api/v2/alerts`)).json());
        if (held.length !== alerts.length + 1 + LAST.length) return undefined;
        if (held.some(({ status }) => status.state === "unprocessed")) return undefined;
        const [last, others] = partition(held, ({ labels }) => labels["host"] === LAST_HOST);
        if (!last.some(({ status }) => status.state === "suppressed")) return undefined;
        return others
          .filter(({ status }) => status.state === "active")
          .map(({ labels }) => labels["alertname"] ?? "");
      });
      assert.deepEqual(notified.toSorted(), [...pages, "HttpSlow"].toSorted());
    });
  }
});
