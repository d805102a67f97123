/** What Prometheus does to an Alertmanager: telling it which alerts fire. */

type Labels = Readonly<Record<string, string>>;

export interface PostedAlerts {
  /** They are over. */
  readonly resolved?: boolean;
  readonly annotations?: Labels;
}

/** Alerts are forgotten unless they are told again; these hold for an hour. */
export async function postAlerts(
  url: string,
  alerts: readonly Labels[],
  { resolved = false, annotations = {} }: PostedAlerts = {},
): Promise<void> {
  const now = Date.now();
  const startsAt = new Date(now - 60_000).toISOString();
  const endsAt = new Date(resolved ? now : now + 3_600_000).toISOString();
  const body = alerts.map((labels) => ({ labels, annotations, startsAt, endsAt }));
  const response = await fetch(`${url}/api/v2/alerts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  throw new Error(`Alertmanager refused the alerts: ${response.status} ${await response.text()}`);
}
