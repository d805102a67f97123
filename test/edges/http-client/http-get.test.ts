/** A path of a server's API -> an address below the configured one, and no further. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { urlOf } from "../../../src/edges/http-client/http-get.ts";

test("a path stays below a base address with a prefix", () => {
  const target = { http: "http://proxy.example/streamline" };
  assert.equal(urlOf(target, "/health").href, "http://proxy.example/streamline/health");
  for (const path of ["/../health", "/%2e%2e/health", "/..", "health", "@other.example/x"]) {
    assert.throws(() => urlOf(target, path), /is not below the target's address/, path);
  }
});

test("a name with slashes and dots, once encoded, stays one segment", () => {
  const target = { http: "http://broker.example" };
  const url = urlOf(target, `/groups/${encodeURIComponent("a/../../b?c#d")}/lag`);
  assert.equal(url.pathname.split("/").length, 4);
  assert.equal(url.search, "");
});
