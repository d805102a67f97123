/**
 * The words in which people ask about the alert whose thread they are in.
 *
 * A question is of a kind when it has a word of each of the kind's groups and nothing else to say: one
 * telling word more ("how do I fix the *certificate*?") makes it a question to the runbooks.
 */

export type ThreadKind =
  /** What to look at first: the runbook's Diagnosis. */
  | "first-step"
  | "fix"
  | "prevent"
  | "meaning"
  /** How bad it is, and for whom. */
  | "bad"
  /** Whether it still happens. */
  | "still"
  /** Who works on it. */
  | "owner"
  /** Whether it has happened before. */
  | "history"
  | "since"
  /** What has happened since it began. */
  | "changes"
  | "cause"
  | "health"
  | "runbook";

export interface Phrasing {
  readonly kind: ThreadKind;
  readonly groups: readonly ReadonlySet<string>[];
  /** Words that say nothing more, in a question of this kind. */
  readonly also: ReadonlySet<string>;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" ").filter((word) => word !== ""));
}

/** Words of every question that say nothing about its subject. */
export const FILLER = words(
  "a an the this that these those it its is isnt are be been being was were am has have had having " +
    "i im we you me us my our your do does did doing can could should shall would will may might must " +
    "to of for in on at with from and or so as by there here still already yet just now right really " +
    "please pls plz hey hi hello thanks thank ok okay so then too also exactly actually " +
    "alert alerts alarm incident incidents issue issues problem problems thing things error situation " +
    "any anything some something someone somebody anyone anybody what whats wat which how hows r u " +
    "get got getting give go going gone say tell show see know need want make made let lets idea ideas " +
    "happen happens happened happening again currently today moment far up until else even one",
);

const SERVERS = "server servers broker brokers cluster node nodes instance streamline host service";
const ASKING = "what whats wat which where how first";
/** What somebody suspects: the diagnosis says whether it is that. */
const SUSPECTS =
  "disk disks network cpu memory ram io storage fsync wal connections clients client consumers consumer producers producer " +
  "load traffic broker server host node us";

function phrasing(kind: ThreadKind, groups: readonly string[], also = ""): Phrasing {
  return { kind, groups: groups.map(words), also: words(also) };
}

/** In order: the first that fits is meant. */
export const PHRASINGS: readonly Phrasing[] = [
  phrasing("runbook", ["runbook runbooks playbook docs documentation page instructions"], "where"),
  phrasing("prevent", ["prevent prevention avoid never"], "future next time"),
  phrasing(
    "owner",
    [
      "who whos whom anyone anybody someone somebody nobody",
      "acknowledged acknowledge acknowledges acked ack acks on own owns owner working works work " +
        "looking looks look fixing handling handles handle has have having taking takes take took taken got " +
        "assigned responsible dealing investigating investigates case oncall",
    ],
    "after into call",
  ),
  phrasing("owner", ["alone"], "only one"),
  phrasing("owner", [
    "acknowledged acked ack acknowledgement assigned owner assignee claimed taken",
  ]),
  phrasing(
    "history",
    [
      "before previously past earlier ever history recurring recurrent recurs repeating often " +
        "frequently frequency times usual usually regularly",
    ],
    "fire fires fired many seen time common normal how there a",
  ),
  phrasing(
    "history",
    ["last first previous", "time occurrence happen happened happens fire fired"],
    "when week weekend month night who how fix fixed solved",
  ),
  phrasing("history", [
    "same usual known seen last",
    "yesterday night week weekend month morning one issue problem time",
  ]),
  phrasing(
    "since",
    [
      "since long when old",
      "since long start started starts begin began begun going fire fired firing happen happened old when down",
    ],
    "how on",
  ),
  phrasing(
    "changes",
    ["changed change changes changing new news update updates different progress happened"],
    "since last",
  ),
  phrasing("changes", ["summary summarise summarize tldr recap miss missed"]),
  phrasing("changes", ["catch", "up"]),
  phrasing("fix", ["how", "out"]),
  phrasing("fix", ["quick fast", "fix solution workaround"]),
  phrasing("fix", [
    "fix fixes solve resolve mitigate mitigation repair remedy remediate stop rid recover solution " +
      "workaround recovery",
    "how what whats can fix mitigation solution workaround",
  ]),
  phrasing(
    "still",
    [
      "still ongoing over resolve resolved fixed recovered recover recovering cleared ended finished passed back better worse worsening improving done " +
        "stop stopped",
    ],
    "same itself firing fire fires active broken failing down bad red slow stuck lagging on an",
  ),
  phrasing(
    "still",
    ["firing active good ok okay fine status safe happening going"],
    "everything all all-clear",
  ),
  phrasing("still", ["did has", "help helped work worked"]),
  phrasing(
    "bad",
    [
      "bad severe severity serious urgent urgency critical priority impact impacted affected affects " +
        "affect worry worried important consequences",
    ],
    "who users customers",
  ),
  phrasing("bad", [
    "lose loose losing lost loss risk safe",
    "data message messages record records event events anything something",
  ]),
  phrasing("bad", ["wait sleep"], "till tomorrow morning monday back bed ack"),
  phrasing(
    "cause",
    ["why cause causes caused causing reason root culprit wrong slow"],
    "why firing fire fires slow behind cause reason slowly down lag lagging late stuck failing growing",
  ),
  phrasing("cause", ["is isnt was its", "it its this that", SUSPECTS]),
  phrasing("cause", [SUSPECTS, "issue problem trouble"]),
  phrasing("cause", ["because due", SUSPECTS], "lagging slow down failing"),
  phrasing("cause", ["what", "about", SUSPECTS]),
  phrasing(
    "health",
    ["up alive healthy health reachable responding running unhealthy well"],
    SERVERS,
  ),
  phrasing("meaning", ["mean means meaning explain explanation about"]),
  phrasing(
    "first-step",
    [
      ASKING,
      "check look looking start begin step steps debug diagnose diagnosis investigate triage troubleshoot " +
        "next inspect verify",
    ],
    `${ASKING} at`,
  ),
  phrasing("first-step", ["what wat", "do now"], "first"),
  phrasing("first-step", ["steps step"], "next first"),
  phrasing("first-step", ["diagnosis triage"]),
  phrasing("meaning", ["what whats", "this it alert that"]),
  phrasing("bad", ["notice noticed notices ignore ignored nothing"], "if users customers what"),
  phrasing("still", ["real false"], "positive or"),
  phrasing("still", ["now"], "and"),
  phrasing("history", ["again"], "not once more oh no"),
];
