/** What the drift check reads out of texts: names, and the commands of shell scripts. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readCommands } from "../../src/drift/read-commands.ts";
import { readShellCommands } from "../../src/drift/shell-commands.ts";
import { findNames } from "../../src/knowledge/find-names.ts";
import fc from "../support/fast-check.ts";

describe("names in a text", () => {
  const cases: [what: string, text: string, names: string[]][] = [
    ["a metric in a sentence", "read streamline_topics_total.", ["streamline_topics_total"]],
    [
      "each name of an alternation",
      "streamline_(a|b)_total",
      ["streamline_a_total", "streamline_b_total"],
    ],
    [
      "an alternation whose part goes on with labels",
      'streamline_(uptime_seconds|requests_total\\{api_key="(produce|fetch)")',
      ["streamline_uptime_seconds", "streamline_requests_total"],
    ],
    ["a family by a star", "all `streamline_s3_*`", ["streamline_s3_…"]],
    ["a family by an open end", "grep '^streamline_io_'", ["streamline_io_…"]],
    ["Kafka's names by their domain", "kafka_log_log_size_bytes", ["kafka_log_log_size_bytes"]],
    [
      "environment variables",
      "STREAMLINE_HTTP_ADDR=x RUST_LOG=debug",
      ["STREAMLINE_HTTP_ADDR", "RUST_LOG"],
    ],
    ["a family of variables", "`STREAMLINE_OAUTH_*`", ["STREAMLINE_OAUTH_…"]],
    ["nothing in other words", 'probe="kafka_api", kafka_2.13, my_streamline_thing', []],
    ["nothing in a module or a path", "streamline::storage /opt/streamline_data", []],
  ];
  for (const [what, text, names] of cases) {
    test(`has ${what}`, () => {
      const found = findNames(text).map(({ name }) => name.name + (name.family ? "…" : ""));
      assert.deepEqual(found, names);
    });
  }

  test("stand at their place in the text", () => {
    const text = "x\nstreamline_topics_total";
    assert.deepEqual(
      findNames(text).map(({ offset }) => offset),
      [2],
    );
  });
});

describe("the commands of a script", () => {
  test("end at pipes, lists and lines, and begin with their program", () => {
    const words = readShellCommands("a 1 | b && c; d\ne \\\n  2 # not this").map((c) => c.words);
    assert.deepEqual(words, [["a", "1"], ["b"], ["c"], ["d"], ["e", "2"]]);
  });

  test("keep quoted words together and expansions as they are", () => {
    const [command] = readShellCommands(`x 'a b' "\${TOPIC:?name the topic}/y" \${A:-b}`);
    assert.deepEqual(command?.words, ["x", "a b", `\${TOPIC:?name the topic}/y`, `\${A:-b}`]);
  });

  test("are found inside substitutions and in what sh -c runs, with their lines", () => {
    const found = readShellCommands(`kill "$(pgrep -x y)"\nsudo sh -c "cd /z && run it"`);
    assert.deepEqual(
      found.map(({ words, line }) => `${line} ${words.join(" ")}`),
      [
        "1 pgrep -x y",
        "1 kill $(pgrep -x y)",
        "2 sudo sh -c cd /z && run it",
        "2 cd /z",
        "2 run it",
      ],
    );
  });

  test("never make the reader fail or hang, whatever the script is", () => {
    const pieces = fc.constantFrom("a", " ", "'", '"', "$(", ")", "${", "}", "\\", "|", "\n", "#");
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (script) => {
        assert.ok(Array.isArray(readShellCommands(script.join(""))));
      }),
    );
  });
});

describe("what commands use of Streamline", () => {
  const cases: [what: string, script: string, used: unknown[]][] = [
    [
      "an endpoint behind the placeholder, without its query",
      `curl -sS "\${STREAMLINE_HTTP:-http://localhost:9094}/api/v1/logs?limit=1"`,
      [{ kind: "endpoint", method: "GET", path: "/api/v1/logs" }],
    ],
    [
      "the method, and an expansion as one part of the path",
      `curl -X DELETE "$STREAMLINE_HTTP/api/v1/topics/\${TOPIC:?name it}"`,
      [{ kind: "endpoint", method: "DELETE", path: "/api/v1/topics/x" }],
    ],
    [
      "an endpoint behind a variable that holds the address",
      `BASE="\${STREAMLINE_HTTP:-http://x:9094}"; curl -d "{}" "$BASE/api/v1/topics"`,
      [{ kind: "endpoint", method: "POST", path: "/api/v1/topics" }],
    ],
    [
      "an address with the server's port",
      "curl http://10.0.0.1:9094/info",
      [{ kind: "endpoint", method: "GET", path: "/info" }],
    ],
    [
      "nothing of another program's API",
      `curl "\${PROMETHEUS:?x}/api/v1/rules" http://bot:8080/metrics`,
      [],
    ],
    ["no endpoint where the whole path is a variable", 'curl "$STREAMLINE_HTTP/$p"', []],
    [
      "a command of the tool behind sudo",
      `sudo -u streamline streamline-cli --data-dir "\${D:-/x}" topics list`,
      [{ kind: "command", words: ["--data-dir", `\${D:-/x}`, "topics", "list"] }],
    ],
    [
      "options of the server, without their values",
      "/usr/local/bin/streamline --wal-sync-ms=5 --in-memory",
      [
        { kind: "option", flag: "--wal-sync-ms", of: "server" },
        { kind: "option", flag: "--in-memory", of: "server" },
      ],
    ],
    [
      "nothing where the names are only files",
      "install -m 0755 streamline streamline-cli /usr/local/bin/",
      [],
    ],
    [
      "a command in a container",
      "kubectl exec -it pod-0 -- streamline-cli info; docker exec -u 1 box streamline-cli doctor",
      [
        { kind: "command", words: ["info"] },
        { kind: "command", words: ["doctor"] },
      ],
    ],
  ];
  for (const [what, script, used] of cases) {
    test(`is ${what}`, () => {
      assert.deepEqual(
        readCommands(script).map(({ name }) => name),
        used,
      );
    });
  }
});
