/**
 * Webhook bodies as Alertmanager 0.25 sends them (its notify/webhook and template.Data), to be
 * parsed. Each call gives a fresh one.
 */

type Json = Record<string, unknown>;

export function amBody(): Json {
  return {
    receiver: "streamline-incident-bot",
    status: "firing",
    alerts: [alertBody()],
    groupLabels: { alertname: "ReplicationLag", cluster: "eu" },
    commonLabels: { alertname: "ReplicationLag", cluster: "eu", severity: "warning" },
    commonAnnotations: { summary: "orders lags by 12000 records" },
    externalURL: "http://alertmanager-0:9093",
    version: "4",
    groupKey: '{}:{alertname="ReplicationLag", cluster="eu"}',
    truncatedAlerts: 0,
  };
}

export function amResolvedBody(): Json {
  const alert = { ...alertBody(), status: "resolved", endsAt: "2026-11-23T03:12:00.000Z" };
  return { ...amBody(), status: "resolved", alerts: [alert] };
}

function alertBody(): Json {
  return {
    status: "firing",
    labels: {
      alertname: "ReplicationLag",
      cluster: "eu",
      instance: "10.0.0.5:9094",
      severity: "warning",
      topic: "orders",
    },
    annotations: { summary: "orders lags by 12000 records" },
    startsAt: "2026-11-23T03:00:00.123Z",
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "http://prometheus:9090/graph?g0.expr=x",
    fingerprint: "2bc5b3a1d7a4d3f0",
  };
}
