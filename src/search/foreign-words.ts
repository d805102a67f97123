/**
 * Words that say a question is about something else than what the pages cover.
 *
 * "Redis is slow" shares a telling word with many pages and is about none of them. A product of this
 * list counts only when the pages never name it: a collection about Redis is asked about Redis.
 */

import { STOP_WORDS } from "./stop-words.ts";

/** Products that operators of a streaming server also run, as their makers write them. */
const PRODUCTS = new Set(
  (
    "sql graphql redis valkey memcached postgres postgresql mysql mariadb oracle mssql sqlserver sqlite mongodb mongo " +
    "cassandra scylladb cockroachdb dynamodb elasticsearch opensearch clickhouse snowflake bigquery " +
    "redshift databricks spark flink hadoop hive airflow dbt druid pinot neo4j influxdb timescaledb " +
    "rabbitmq activemq artemis nats pulsar kinesis sqs sns pubsub mqtt mosquitto celery sidekiq " +
    "nginx apache httpd haproxy envoy traefik caddy varnish istio linkerd consul vault nomad terraform " +
    "ansible puppet chef jenkins gitlab github bitbucket argocd fluxcd helm openshift rancher docker " +
    "podman containerd kubernetes k8s kubectl kubelet etcd coredns calico cilium velero keycloak okta auth0 " +
    "newrelic datadog dynatrace splunk sentry honeycomb pagerduty opsgenie jaeger zipkin tempo loki " +
    "fluentd fluentbit logstash kibana filebeat metricbeat telegraf thanos cortex mimir zabbix nagios icinga " +
    "wordpress drupal magento shopify salesforce sap jira confluence sharepoint outlook exchange gmail " +
    "tomcat jetty wildfly weblogic rails django laravel nextjs react angular php windows macos android " +
    "iphone ios azure gcp aws lambda s3 ec2 rds cloudfront cloudflare akamai fastly stripe paypal twilio " +
    "zookeeper debezium ksqldb jdbc minio ceph rook longhorn harbor tekton airbyte trino presto " +
    "strimzi jetstream memphis nifi dagster prefect luigi superset metabase tableau looker hbase impala kudu iceberg " +
    "greenplum vertica teradata db2 couchbase couchdb riak aerospike hazelcast solr typesense milvus qdrant weaviate " +
    "arangodb dgraph yugabyte tidb vitess supabase firebase firestore heroku vercel netlify digitalocean hetzner " +
    "openstack vmware vsphere esxi proxmox hyperv nutanix solace tibco servicebus eventbridge cloudwatch appdynamics " +
    "checkmk sensu prtg graylog sumologic instana spinnaker teamcity circleci sonarqube artifactory gradle maven " +
    "log4j hibernate quarkus symfony flask fastapi odoo netsuite servicenow zendesk hubspot sendgrid mailchimp " +
    "karpenter kustomize crossplane rabbit rocketmq bigtable spanner dataflow kyverno falco certbot letsencrypt " +
    "msk ksql mirrormaker akhq kafdrop conduktor snmp ldap selinux apparmor sshd bgp ospf vlan multipath mdadm drbd glusterfs"
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
  ["kafka", "connect"],
  ["kafka", "streams"],
  ["schema", "registry"],
  ["spring", "boot"],
  ["cruise", "control"],
  ["control", "center"],
  ["kafka", "ui"],
  ["power", "bi"],
  ["delta", "lake"],
  ["service", "bus"],
  ["pub", "sub"],
];

/** "The payment service gets errors": a system of somebody's own, whatever it is called. */
const SYSTEMS = new Set(
  (
    "service services microservice microservices app apps application applications api website site webshop frontend backend gateway " +
    "page portal warehouse notebook job jobs pipeline"
  ).split(" "),
);

/** Systems of somebody's own that need no name before them. */
const SYSTEMS_ALONE = new Set(
  "website webshop storefront homepage frontend portal warehouse intranet payroll crm erp wiki helpdesk laptop vpn wifi printer database databases mailbox".split(
    " ",
  ),
);

/**
 * Products of the list that such a server runs in, behind, or with: a question that names one may be about
 * the two together, so it is answered with a guess rather than with nothing.
 */
const COMPANIONS = new Set(
  (
    "docker podman containerd kubernetes k8s kubectl helm openshift rancher windows macos aws gcp azure ec2 s3 ceph " +
    "nginx apache haproxy envoy traefik istio linkerd keycloak okta auth0 consul vault terraform ansible argocd " +
    "datadog newrelic splunk loki thanos mimir cortex logstash fluentd fluentbit filebeat telegraf pagerduty opsgenie " +
    "mirrormaker akhq kafdrop conduktor debezium spark flink airflow clickhouse elasticsearch opensearch druid pinot ksqldb zookeeper minio django php " +
    "rails laravel symfony flask fastapi quarkus micronaut tomcat jetty wildfly lambda celery nifi databricks dataflow " +
    "strimzi msk karpenter kustomize crossplane certbot letsencrypt ldap selinux apparmor glusterfs cloudwatch openstack vmware vsphere proxmox"
  ).split(" "),
);

/** Words of "is there a MirrorMaker": whether it is there at all, and nothing of its own. */
const WHETHER = new Set(
  (
    "support supports supported unsupported available availability include includes included contain contains built builtin bundled ship " +
    "ships shipped exist exists work works compatible require required requires necessary offer offers provide provides " +
    "replace replaces replacement equivalent alternative alternatives integrate integrates integration possible feature features " +
    "kafka streamline server broker cluster version our"
  ).split(" "),
);

/** Whether the word only asks if something is there, or says of what server. */
export function asksWhether(word: string): boolean {
  return WHETHER.has(word);
}

/** Words of a server like this one: a question with one of them is about that, too. */
const OWN = new Set(
  (
    "kafka streamline broker brokers server topic topics partition partitions consumer consumers producer producers client clients " +
    "produce consume offset offsets message messages record records group groups lag event events queue bot bootstrap token tokens sasl 9092 9094"
  ).split(" "),
);

/** Whether one of the words is of a server like this one. */
export function namesOwn(words: readonly string[]): boolean {
  return words.some((word) => OWN.has(word));
}

/** Programs that watch a server: pages about any server name them, and few are about them. */
const WATCHERS = new Set("prometheus grafana alertmanager".split(" "));

/** Whether the word names a program that watches servers. */
export function isWatcher(word: string): boolean {
  return WATCHERS.has(word);
}

/** Whether a foreign product is met together with a server like this one. */
export function isCompanion(product: string): boolean {
  return COMPANIONS.has(product);
}

/** Programs that are written with these, or are these, are clients of a server like this one. */
const FRAMEWORKS = "spring[ -]boot|spring|node|nodejs|nestjs|express|dotnet|golang|akka|vertx";
const PROGRAMS =
  "apps?|services?|microservices?|workers?|jobs?|applications?|functions?|clients?|pipelines?|connectors?|tasks?|sinks?|sources?|streams?";
const FRAMEWORK = new RegExp(`\\b(?:${FRAMEWORKS})(?= (?:${PROGRAMS})\\b)`, "gi");
/** What a client suffers of a server: it falls behind, or gets no answer or no connection. */
const LAGS = "(?:lags?|lagging|(?:falls?|falling|is|are|runs?|running) (?:far )?behind)";
const SUFFERS =
  "(?:tim(?:es?|ed|ing) out|gets? timeouts?|disconnect(?:s|ed|ing)?|los(?:es?|t|ing) (?:the |its )?connections?|" +
  "(?:can(?:not|['’]?t)|not) (?:connect|reach)|connections? (?:is |gets? |was )?(?:refused|reset|lost|closed))";
const BUILT_WITH = `\\b(?:${FRAMEWORKS}|${[...COMPANIONS].join("|")})(?: (?:structured )?streaming)?`;
const SUFFERING = new RegExp(
  `${BUILT_WITH}(?: (?:${PROGRAMS}))+(?= (?:\\w+ ){0,2}${SUFFERS}\\b)`,
  "gi",
);
/** What falls behind reads. */
const LAGGING = new RegExp(`${BUILT_WITH}(?: (?:${PROGRAMS}))*(?= (?:\\w+ )?${LAGS}\\b)`, "gi");

/**
 * A question without the companions that it names, or with a client in the place of a program that suffers what a
 * client does; undefined when it names none, or is about nothing of a server.
 */
export function withoutCompanions(text: string): string | undefined {
  const isNamed = (word: string): boolean => COMPANIONS.has(word.toLowerCase());
  const rest = text
    .replace(FRAMEWORK, " ")
    .replace(/[\p{L}\p{N}]+/gu, (word) => (isNamed(word) ? " " : word))
    .replace(/\s+/g, " ")
    .trim();
  if (rest === text) return undefined;
  if (namesOwn(rest.toLowerCase().split(/\W+/))) return rest;
  const ofClient = text.replace(SUFFERING, " client ").replace(LAGGING, " consumer ");
  return ofClient === text ? undefined : ofClient.trim();
}

/** The foreign products that the words of a question name, each once, lower case. */
export function productsIn(words: readonly string[]): string[] {
  const isApacheOf = (at: number): boolean => words[at] === "apache" && at + 1 < words.length;
  const single = words.filter((word, at) => PRODUCTS.has(word) && !isApacheOf(at));
  const double = IN_TWO_WORDS.filter(([first, second]) =>
    words.some((word, at) => word === first && words[at + 1] === second),
  );
  return [...new Set([...single, ...double.map((pair) => pair.join(" "))])];
}

/**
 * The names of other people's systems: words that stand right before "service" or "app" ("my app" is
 * the asker's own), and systems that need none.
 */
export function systemsIn(words: readonly string[]): string[] {
  const isNaming = (word: string, at: number): boolean =>
    SYSTEMS.has(words[at + 1] ?? "") && !SYSTEMS.has(word) && !STOP_WORDS.has(word);
  return words.filter((word, at) => SYSTEMS_ALONE.has(word) || isNaming(word, at));
}
