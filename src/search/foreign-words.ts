/**
 * Words that say a question is about something else than what the pages cover.
 *
 * "Redis is slow" shares a telling word with many pages and is about none of them. A product of this
 * list counts only when the pages never name it: a collection about Redis is asked about Redis.
 */

/** Products that operators of a streaming server also run, as their makers write them. */
const PRODUCTS = new Set(
  (
    "redis valkey memcached postgres postgresql mysql mariadb oracle mssql sqlserver sqlite mongodb mongo " +
    "cassandra scylladb cockroachdb dynamodb elasticsearch opensearch clickhouse snowflake bigquery " +
    "redshift databricks spark flink hadoop hive airflow dbt druid pinot neo4j influxdb timescaledb " +
    "rabbitmq activemq artemis nats pulsar kinesis sqs sns pubsub mqtt mosquitto celery sidekiq " +
    "nginx apache httpd haproxy envoy traefik caddy varnish istio linkerd consul vault nomad terraform " +
    "ansible puppet chef jenkins gitlab github bitbucket argocd fluxcd helm openshift rancher docker " +
    "podman containerd kubernetes k8s kubelet etcd coredns calico cilium velero keycloak okta auth0 " +
    "newrelic datadog dynatrace splunk sentry honeycomb pagerduty opsgenie jaeger zipkin tempo loki " +
    "fluentd fluentbit logstash kibana beats vector thanos cortex mimir zabbix nagios icinga " +
    "wordpress drupal magento shopify salesforce sap jira confluence sharepoint outlook exchange gmail " +
    "tomcat jetty wildfly weblogic rails django laravel nextjs react angular php windows macos android " +
    "iphone ios azure gcp aws lambda s3 ec2 rds cloudfront cloudflare akamai fastly stripe paypal twilio " +
    "zookeeper debezium"
  ).split(" "),
);

/** "new relic" is one product in two words. */
const IN_TWO_WORDS: readonly (readonly [first: string, second: string])[] = [
  ["new", "relic"],
  ["sql", "server"],
  ["cockroach", "db"],
  ["event", "hubs"],
  ["active", "directory"],
  ["google", "cloud"],
];

/** "The payment service gets errors": a system of somebody's own, whatever it is called. */
const SYSTEMS = new Set(
  "service services app apps application applications api website site webshop frontend backend gateway".split(
    " ",
  ),
);

/** The foreign products that the words of a question name, each once, lower case. */
export function productsIn(words: readonly string[]): string[] {
  const single = words.filter((word) => PRODUCTS.has(word));
  const double = IN_TWO_WORDS.filter(([first, second]) =>
    words.some((word, at) => word === first && words[at + 1] === second),
  );
  return [...new Set([...single, ...double.map((pair) => pair.join(" "))])];
}

/** Words that stand right before "service" or "app": the names of other people's systems. */
export function systemsIn(words: readonly string[]): string[] {
  return words.filter((word, at) => SYSTEMS.has(words[at + 1] ?? "") && !SYSTEMS.has(word));
}
