/** Our one Kafka request and its answer, against a Kafka client library's own codec. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { apiVersionsV3, Writer } from "@platformatic/kafka";
import {
  apiVersionsRequest,
  isApiVersionsBody,
} from "../../../src/edges/streamline/api-versions.ts";
import fc from "../../support/fast-check.ts";

test("the request is byte for byte the library's", () => {
  const theirs = Writer.create()
    .appendInt16(apiVersionsV3.api.key)
    .appendInt16(apiVersionsV3.api.version)
    .appendInt32(77)
    .appendString("some-client", false)
    .appendTaggedFields()
    .appendFrom(apiVersionsV3.createRequest("some-client", "1.2"))
    .prependLength();
  const ours = apiVersionsRequest(77, { name: "some-client", version: "1.2" });
  assert.deepEqual(ours, Buffer.from(theirs.buffer));
});

type Api = { key: number; min: number; max: number };

/** The library's writer makes the answer that a server would give. */
function bodyOf(apis: readonly Api[]): Buffer {
  const writer = Writer.create()
    .appendInt16(0)
    .appendArray([...apis], (list, { key, min, max }) =>
      list.appendInt16(key).appendInt16(min).appendInt16(max),
    )
    .appendInt32(0)
    .appendTaggedFields();
  return Buffer.from(writer.buffer);
}

const anyApis = fc.array(fc.record({ key: fc.nat(80), min: fc.nat(3), max: fc.nat(20) }), {
  maxLength: 200,
});

test("every answer that the library writes is read, and none that ends early", () => {
  fc.assert(
    fc.property(anyApis, fc.nat(), (apis, cut) => {
      const body = bodyOf(apis);
      assert.equal(isApiVersionsBody(body), true);
      assert.equal(isApiVersionsBody(body.subarray(0, 2 + (cut % (body.length - 2)))), false);
    }),
  );
});

test("bytes of a foreign service are refused or read, and never an exception", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 2, maxLength: 300 }), (bytes) => {
      assert.equal(typeof isApiVersionsBody(Buffer.from(bytes)), "boolean");
    }),
  );
});
