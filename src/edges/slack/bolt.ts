/**
 * The parts of Bolt that run here. Its index loads the receivers for Express and AWS as well, with all
 * of Express: 7 MB that an idle bot would carry for nothing. The lockfile holds the paths.
 */

import appModule from "@slack/bolt/dist/App.js";
import socketModeModule from "@slack/bolt/dist/receivers/SocketModeReceiver.js";

export const { default: BoltApp, LogLevel } = appModule;
export const { default: SocketModeReceiver } = socketModeModule;
export type SocketModeReceiver = InstanceType<typeof SocketModeReceiver>;
