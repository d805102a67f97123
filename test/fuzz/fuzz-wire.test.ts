// takes: 12 s
/** What comes over the network, from strangers, targets and whoever holds a token. */

import { describeFuzzers } from "./describe-fuzzers.ts";
import { WIRE_FUZZERS } from "./fuzzers/all.ts";

describeFuzzers(WIRE_FUZZERS);
