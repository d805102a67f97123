/** The sandbox's Alertmanager answers as the real one does. */

import { startSimulatedAlertmanager } from "../../../src/sandbox/alertmanager/server.ts";
import { alertmanagerContract } from "./alertmanager-contract.ts";

alertmanagerContract(async (t, alerts) => {
  const simulated = await startSimulatedAlertmanager({ host: "127.0.0.1", now: () => Date.now() });
  t.after(() => simulated.close());
  for (const [index, labels] of alerts.entries()) {
    simulated.hold({ fingerprint: `f${index}`, labels, annotations: {}, startsAt: Date.now() });
  }
  return simulated.url;
});
