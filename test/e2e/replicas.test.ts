// needs: postgresql
/** Two bots over one PostgreSQL: each thing is said once, whichever of them heard it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { startApp } from "../../src/app.ts";
import { createLog } from "../../src/edges/log.ts";
import { startSandbox } from "../../src/sandbox/sandbox.ts";
import { startCluster } from "../edges/store/cluster.ts";
import { eventually } from "../support/eventually.ts";
import { slackPost } from "../support/posts.ts";
import { postsAreRead } from "../support/sandbox-bot.ts";

test("a post that both receive is answered once", async (t) => {
  const cluster = await startCluster();
  const sandbox = await startSandbox({ port: 0 });
  const { slack } = sandbox;
  const config = { ...sandbox.config, store: await cluster.createDatabase() };
  const socket = {
    mode: "socket",
    appToken: slack.appToken ?? "",
    botToken: slack.botToken,
    apiUrl: slack.apiUrl,
  } as const;
  const bySocket = await startApp({ ...config, slack: socket }, createLog("silent"));
  const byHttp = await startApp(config, createLog("silent"));
  t.after(async () => {
    await Promise.all([bySocket.stop(), byHttp.stop()]);
    await sandbox.stop();
    await cluster.stop();
  });
  sandbox.connect(byHttp.url);
  const post = slackPost("[FIRING:1] StreamlineDown streamline (critical)");
  const { ts } = await slack.postAsAlertmanager({ channel: "alerts", body: post });
  await eventually("the thread", () => slack.replies("alerts", ts).length > 2);
  // Both have taken it then; whoever came second found it in the inbox.
  await slack.idle();
  await postsAreRead(1, bySocket.url, byHttp.url);
  assert.equal(slack.replies("alerts", ts).length, 3);
});
