/** Every surface that takes what strangers, targets or operators supply. */

import type { Fuzzer } from "../fuzzer.ts";
import { expositionFuzzer } from "./exposition.ts";
import { configFuzzer, recordingFuzzer, replayFuzzer, rulesFuzzer } from "./files.ts";
import { httpFuzzer, kafkaFuzzer, slackListenerFuzzer } from "./listeners.ts";
import { frontMatterFuzzer, markdownFuzzer } from "./pages.ts";
import { promqlFuzzer } from "./promql.ts";
import { webhookFuzzer } from "./webhook.ts";
import { slackRequestFuzzer, typedTextFuzzer } from "./words.ts";

export const WIRE_FUZZERS: readonly Fuzzer[] = [
  webhookFuzzer,
  expositionFuzzer,
  promqlFuzzer,
  typedTextFuzzer,
  slackRequestFuzzer,
  slackListenerFuzzer,
  httpFuzzer,
  kafkaFuzzer,
];

export const FILE_FUZZERS: readonly Fuzzer[] = [
  markdownFuzzer,
  frontMatterFuzzer,
  rulesFuzzer,
  configFuzzer,
  replayFuzzer,
  recordingFuzzer,
];
