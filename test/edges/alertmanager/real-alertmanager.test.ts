// needs: prometheus-alertmanager
/** The client with a real Alertmanager. */

import { postAlerts } from "../../support/alertmanager-api.ts";
import { startAlertmanager } from "../../support/programs.ts";
import { alertmanagerContract } from "./alertmanager-contract.ts";

const CONFIG = "route: { receiver: none }\nreceivers: [{ name: none }]\n";

alertmanagerContract(async (t, alerts) => {
  const { url } = await startAlertmanager(t, CONFIG);
  await postAlerts(url, alerts);
  return url;
});
