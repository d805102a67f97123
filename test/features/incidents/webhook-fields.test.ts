// takes: 20 s
/** Fields that are missing, null, odd or large, from the webhook's door to Slack. */

import type { Json } from "../../support/case-bodies.ts";
import { alert, check, group, MINUTE, over, YEAR_1 } from "./webhook-rows.ts";

check("null, and what is left out", [
  ...["annotations", "endsAt", "generatorURL", "fingerprint", "status"].map((field) => ({
    what: `${field} of an alert is null`,
    steps: [group([alert({ n: "a" }, { [field]: null })])],
    shows: ["firing a"],
    never: [/could not be read/],
  })),
  ...["annotations", "endsAt", "generatorURL", "fingerprint", "status"].map((field) => ({
    what: `${field} of an alert is left out`,
    steps: [group([alert({ n: "a" }, { [field]: undefined })])],
    shows: ["firing a"],
    never: [/could not be read/],
  })),
  ...[
    "version",
    "receiver",
    "status",
    "groupLabels",
    "commonLabels",
    "commonAnnotations",
    "externalURL",
    "truncatedAlerts",
    "groupKey",
  ].map((field) => ({
    what: `${field} of the group is null`,
    steps: [group([alert({ n: "a" })], { [field]: null })],
    shows: ["firing a"],
    never: [/could not be read|undefined|null/],
  })),
  {
    what: "a label is null",
    steps: [group([alert({ n: "a", team: null })])],
    shows: ["firing a"],
    never: [/team|could not be read/],
  },
  {
    what: "an alert is null",
    steps: [JSON.stringify(group([alert({ n: "a" })])).replace('"alerts":[', '"alerts":[null,')],
    shows: ["firing a"],
    says: [/alerts\[0\]: is not an object/],
  },
  {
    what: "neither key nor labels: alerts of one name are one group, whatever comes with them",
    steps: [
      group([alert({ n: "a" }), alert({ alertname: "ConsumerLag", n: "x" })], {
        groupKey: "",
        groupLabels: {},
      }),
      MINUTE,
      group([over({ n: "a" })], { groupKey: "", groupLabels: {} }),
    ],
    shows: ["resolved", "firing x"],
  },
]);

/** An odd value, where it stands, and whether it is named. */
const ODD: readonly (readonly [what: string, rest: Json, place: RegExp | undefined])[] = [
  ["a start in year 1", { startsAt: YEAR_1 }, /alerts\[0\]\.startsAt: year 1/],
  ["a start in year 0", { startsAt: "0000-01-01T00:00:00Z" }, /startsAt: /],
  ["a start before all computers", { startsAt: "1899-12-30T00:00:00Z" }, /startsAt: year 1899/],
  ["a start in seconds", { startsAt: 1_795_831_000 }, undefined],
  ["a start in milliseconds as text", { startsAt: "1795831000123" }, undefined],
  ["a start as Go prints it", { startsAt: "2026-11-28 01:58:00.123 +0000 UTC" }, undefined],
  ["a start of another zone", { startsAt: "2026-11-28T03:58:00+02:00" }, undefined],
  ["a start without zone", { startsAt: "2026-11-28T01:58:00" }, /no time zone/],
  ["a start in words", { startsAt: "two minutes ago" }, /startsAt: is not a time/],
  ["a start as a map", { startsAt: { seconds: 1 } }, /startsAt: /],
  ["an end in year 1", { endsAt: YEAR_1 }, undefined],
  ["an end before its start", { endsAt: "2020-01-01T00:00:00Z" }, undefined],
  ["a fingerprint of zeros", { fingerprint: "0000000000000000" }, undefined],
  ["a fingerprint that is a number", { fingerprint: 17 }, undefined],
  ["a fingerprint in words", { fingerprint: "N/A" }, undefined],
  ["a status in capitals", { status: "FIRING" }, undefined],
  ["a status of another monitor", { status: "PROBLEM" }, undefined],
  ["an unknown status", { status: "yes" }, /status: is neither/],
  ["a status that is a number", { status: 1 }, /status: is neither/],
  ["annotations as text", { annotations: "it is down" }, /annotations: is not a map/],
  ["annotations as a list", { annotations: ["a"] }, /annotations: is not a map/],
  ["labels as text", { labels: "alertname=KafkaDown" }, /labels: is not a map/],
  ["a link as a map", { generatorURL: { href: "http://x" } }, undefined],
];

check("one odd field beside an alert that is well", [
  ...ODD.map(([what, rest, place]) => ({
    what,
    steps: [group([alert({ n: "a" }, rest), alert({ n: "b" })])],
    shows: ["labels" in rest ? "firing b" : "firing ab"],
    ...(place === undefined ? { never: [/could not be read/] } : { says: [place] }),
  })),
  {
    what: "labels that are numbers, truth values and lists are shown",
    steps: [group([alert({ port: 9094, ready: false, ratio: 0.5, zones: ["a", "b"] })])],
    shows: ["firing 1"],
    says: [/port=9094/, /ready=false/, /ratio=0\.5/, /zones=a, b/],
  },
  {
    what: "a label that is a map is named, and costs nothing else",
    steps: [group([alert({ n: "a", at: { zone: "a" } })])],
    shows: ["firing a"],
    says: [/labels\.at: is not text/],
  },
]);

check("large ones", [
  {
    what: "4,000 alerts are counted, and ten listed",
    steps: [group(Array.from({ length: 4_000 }, (_, n) => alert({ instance: `b${n}` })))],
    shows: ["firing 4000"],
    says: [/4,000 alerts firing/, /3,990 more alerts not listed/],
  },
  {
    what: "a description of 100,000 characters is cut, and said",
    steps: [group([alert({ n: "a" }, { annotations: { description: "é".repeat(100_000) } })])],
    shows: ["firing a"],
    says: [/100000 characters, of which/],
  },
  {
    what: "five hundred labels",
    steps: [
      group([alert(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`l${n}`, "v"])))]),
    ],
    shows: ["firing 1"],
    says: [/labels, of which 128 are read/],
  },
]);
