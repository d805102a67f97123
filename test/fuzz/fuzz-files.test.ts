// takes: 20 s
/** What is read from files: pages, rules, the configuration, replays and recordings. */

import { describeFuzzers } from "./describe-fuzzers.ts";
import { FILE_FUZZERS } from "./fuzzers/all.ts";

describeFuzzers(FILE_FUZZERS);
