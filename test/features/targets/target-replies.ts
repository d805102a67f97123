/** A history and the replies of a server, for commands that ask it. */

import { createHistory } from "../../../src/history/history.ts";
import { T0 } from "../../incidents/notifications.ts";

/** Ten minutes of polls of a server. */
export const PAST = (() => {
  const history = createHistory();
  for (let ago = 600; ago >= 0; ago -= 15) {
    const samples = [
      {
        name: "streamline_records_total",
        labels: { topic: "orders", partition: "0" },
        value: 60_000 - ago * 10,
      },
      { name: "streamline_bytes_in_total", labels: { topic: "orders" }, value: 6e6 - ago * 1024 },
      { name: "streamline_connections_active", labels: {}, value: 40 + (ago % 7) },
      {
        name: "group_committed_offset",
        labels: { group: "billing", topic: "orders", partition: "0" },
        value: 1e6 - ago * 30,
      },
      {
        name: "group_end_offset",
        labels: { group: "billing", topic: "orders", partition: "0" },
        value: 2e6 - ago * 10,
      },
      {
        name: "group_lag",
        labels: { group: "billing", topic: "orders", partition: "0" },
        value: 9_000,
      },
      { name: "group_members", labels: { group: "billing" }, value: 3 },
    ];
    history.append(T0 - ago * 1_000, samples);
  }
  return history;
})();
