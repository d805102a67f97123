/**
 * The words of the field: on each line, words and phrases that people use for one thing.
 * A question with one of them also finds a section with another, at a lower weight. A
 * folder's own `thesaurus.txt` adds lines of the same form; `#` starts a remark.
 */
export const FIELD_WORDS = `
# streams and their clients
lag, backlog, behind, delay, delayed, lagging, catch up, catching up, caught up, up to date, fall behind, not keeping up, stale, pile up, piling up, accumulate, late
stale, out of date, outdated, old, cached, obsolete, not refreshed, not updated
broker, node, server, host, machine, instance, box, member
topic, stream, queue, channel
partition, shard, tablet
consumer, reader, subscriber, consumers
producer, publisher, sender, writer
message, record, event, payload, messages
produce, publish, send, write, append
consume, fetch, read, receive, poll
acknowledge, ack, acks, confirm
consumer group, group, group id
rebalance, rebalancing, reassign, reassignment, join group
offset, position, cursor
commit, checkpoint
duplicate, duplicated, twice, two times, repeated, double, again
ordering, order, sequence, out of order, out of sequence
retention, expire, cleanup, purge, delete old, age out, prune
compaction, compact, compacting, merge, merging
schema, avro, protobuf, subject
transaction, abort, fenced, exactly once, idempotent

# copies and agreement
replica, replicas, follower, standby, secondary, copy, copies, isr, in sync replicas, slave
replication, replicate, replicating, mirror, mirroring, sync, synchronise, synchronize
leader, primary, master, controller, coordinator
election, elect, failover, promote, promotion, switchover, takeover, vote
quorum, majority, consensus, raft, split brain, ring, gossip, memberlist, hash ring
cluster, membership, join, joining, peer, peers
under replicated, underreplicated, missing replicas, degraded

# being there or not
down, unavailable, unreachable, offline, dead, gone, not responding, unresponsive, does not answer, outage, disappeared, vanished, missing, absent, lost, not available, not running, take down, stopped reporting, not reporting, silent
up, available, healthy, alive, online, running, reachable, ready
restart, restarting, reboot, bounce, recreate, respawn, kill
crash, crashed, crashing, crash loop, crashloop, crashlooping, crashloopbackoff, keeps restarting, restart loop, panic, panicked, abort, dies, dying, core dump, segfault, exits, terminated
start, startup, boot, launch, come up, bring up, start up, initialise, initialize
graceful, gracefully, clean, cleanly, orderly, unclean
stop, shutdown, shut down, terminate, halt, exit, kill, sigterm, sigkill
stuck, hang, hangs, hanging, hung, frozen, blocked, deadlock, never finishes, does not finish, does not progress, no progress, stalled, stalls, waiting, pending, does not move
buffered, queued, pending, unflushed, not yet written
flapping, flap, unstable, back and forth, bouncing, intermittent, on and off, up and down, now and then, sporadic

# going wrong
error, failure, fail, failed, failing, fault, errors, exception, wrong, broken, does not work, not working, problem, trouble, issue
reject, rejected, refuse, refused, deny, denied, not accepted, not allowed, forbidden, drop, dropped, discarded, thrown away, not permitted, blocked, denial
lose, lost, loss, missing data, data loss, disappear, gone
corrupt, corrupted, corruption, damaged, broken file, checksum, crc, bad data, inconsistent
inconsistent, inconsistency, mismatch, differ, different, diverge, drift, out of sync, not match, disagree
invalid, malformed, bad, incorrect, wrong, syntax, illegal, cannot parse, parse
unknown, unrecognised, unrecognized, unsupported, not supported
timeout, timed out, time out, deadline, deadline exceeded, takes too long, expired

# fast and slow
slow, latency, delay, slowly, sluggish, high duration, takes long, takes too long, long time, response time, lagging, high latency, degraded, duration, p99, percentile, seconds
throughput, rate, bandwidth, speed, performance, fast, requests per second, traffic
load, pressure, busy, overload, overloaded, saturation, saturated, utilisation, utilization, usage, hot
large, big, huge, oversized, too large, giant, great, biggest, largest, bulky, heavy, expensive
hot, skew, skewed, uneven, imbalance, unbalanced, hotspot, bottleneck, limits throughput, one key
end to end, round trip, send to receive
spike, burst, surge, peak, sudden increase, jump
throttle, throttled, throttling, rate limit, rate limited, rate limiting, quota, slowed down, backpressure, back pressure, too many requests, 429
limit, maximum, max, cap, quota, ceiling, upper bound, bound, threshold, exceeded, too many, reached, hard limit, permitted, at most, hit the limit
increase, raise, grow, growing, larger, bump, higher, expand, extend, enlarge, bigger, climb, climbs, climbing, rise, rises, rising, creeps up
decrease, reduce, lower, shrink, drop, decline, less, fewer
tune, tuning, optimise, optimize, speed up, improve, faster

# memory, processor, disk
memory, ram, heap, rss, resident memory, oom, out of memory, oomkilled, killed, memory leak, mem, garbage collection, gc
cpu, processor, core, cores, compute, cpu time
disk, storage, volume, filesystem, file system, drive, ssd, space, disk space, mount, partition, device, pvc, persistent volume, pv, claim, osd
full, no space left, out of space, out of disk, ran out, no room, room, filling up, fills up, exhausted, running out, runs out, low space, nearly full, almost full, capacity, enospc, used up, out of room, almost out, nearly out, close to
fsync, flush, sync to disk, write to disk, sync, disk write, durability, durable, persist
wal, write ahead log, log segment, journal, commit log, redo log
iops, io, i o, disk io, iowait, read write, iostat
file descriptor, file handle, handles, open files, nofile, emfile, too many open files, ulimit, fd
inode, inodes, number of files
raid, mdadm, array, mirror, smart, bad sector
backup, snapshot, dump, archive, copy, save a copy, export, wal-e, wal-g, base backup, backups
restore, recover, recovery, roll back, rollback, disaster recovery, rebuild, bring back

# network
network, connectivity, networking, packet, nic, interface, link, cable
connection, connect, connecting, communication, transport failure, socket, session, disconnect, disconnected, reset, tcp
connection refused, cannot connect, not reachable, no route, econnrefused, cannot reach
port, listener, listen, bind, address already in use, address in use, eaddrinuse
address, endpoint, url, hostname, host name, ip, advertised listener
dns, resolve, name resolution, resolver, lookup, nameserver, coredns
proxy, load balancer, lb, haproxy, nginx, ingress, gateway, router, frontend
firewall, security group, iptables, network policy, blocked port
conntrack, connection tracking, nat
http, rest, api, web, endpoint, request, call, requests, calls, query
response, reply, replies, answer, result
bad gateway, 502, 503, 504, 5xx, 500, service unavailable, internal server error

# safety
certificate, cert, tls, ssl, x509, https, expiry, handshake, negotiation, pem, ca, certs
expire, expired, expiry, expiration, run out, runs out, ran out, not valid any more, validity
renew, renewal, rotate, rotation, refresh, reissue
authentication, auth, login, log in, credentials, password, sasl, sign in, user, token, oauth, jwt, identity, kubeconfig
authorization, authorisation, acl, permission, permissions, access denied, rbac, forbidden, privilege, not allowed, 403, access
secret, key, api key, password, credential, token, service account
encryption, encrypt, decrypt, kms, cipher
vulnerability, cve, attack, abuse, spam, malicious, ddos, brute force

# settings, releases
configuration, config, setting, settings, option, parameter, flag, configure, misconfigured, configmap, yaml
reload, reloading, apply, take effect, pick up, hot reload
version, release, upgrade, update, rollout, roll out, deploy, deployment, migrate, migration, new version, upgrading, next release
rollback, roll back, revert, undo, downgrade
test, fake, dummy, synthetic, rehearse, rehearsal, practise, practice, drill, trial, try
java, jvm, spring
librdkafka, python, confluent kafka, dotnet, node rdkafka
replace, replacement, swap, swap out, exchange, substitute
invisible, not visible, cannot see, do not see, do not show up, not found, unable to see, unable to find, cannot find, missing, do not arrive, not arriving, not delivered
separate, isolate, isolation, split, partition, tenant
install, installation, set up, setup, provision, bootstrap, create
remove, delete, drop, uninstall, decommission, deprovision, wipe, clean up, zap, erase, get rid of
collect, gather, grab, capture
environment variable, env, env var
feature flag, toggle, enable, turn on, switch on, activate
disable, turn off, switch off, deactivate, pause, suspend

# containers and schedulers
pod, container, workload, app, application, service, process, task, daemon
node, machine, worker, host, vm, virtual machine, kubelet, server
kubelet, node agent
daemonset, daemon set, per node agent
deployment, replicaset, replicas, copies, stateless app
statefulset, stateful set, stateful app
job, batch, cron, cronjob, scheduled task, task, batch task, batch job
schedule, scheduled, scheduling, scheduler, place, placement, unschedulable, taint, affinity
evict, evicted, eviction, preempt, drain, cordon, reschedule, moved away, empty, evacuate, moved, disruption
scale, autoscale, autoscaler, autoscaling, hpa, horizontal pod autoscaler, scale up, scale out, resize, add capacity, replicas
namespace, tenant, project
readiness, liveness, probe, health check, healthcheck, not ready, readiness probe, health
image, registry, pull, imagepullbackoff, container image
apiserver, api server, kube api, control plane, kubernetes api, kubectl
reconcile, reconciliation, operator, controller, custom resource, crd
resource quota, quota, overcommit, overcommitted, resource requests
cgroup, cpu limit, cfs, throttled cpu
etcd, key value store, kv store, datastore, data store, control plane database

# watching
alert, alarm, page, notification, notify, pager, pagerduty, paged, pages, notifications, alertmanager, on call, receiver, notifier, alerting, alarms
silence, mute, inhibit, suppress, snooze
metric, metrics, series, time series, sample, samples, data point, points, measurement
scrape, scraping, target, exporter, collect, collector, pull metrics, monitored, target discovery, service discovery, discover
prometheus, monitoring, monitoring server, monitoring system, time series database, tsdb
rule, recording rule, alert rule, expression, evaluation, evaluate, computing
dashboard, grafana, panel, graph, chart, board, ui, web console, web interface, console
log, logs, logging, logfile, log line, journalctl
trace, tracing, span, profile, profiling
remote write, remote storage, forward, forwarding, long term store, ship, push
label, labels, dimension, cardinality, high cardinality
slo, sla, error budget, budget, objective, apdex
heartbeat, dead man, watchdog, always firing, keepalive
clock, time, ntp, chrony, time sync, clock skew, skew, wrong time

# databases, caches, queues of jobs
database, db, sql, postgres, postgresql, mysql, relational
query, statement, select, sql query, slow query
index, reindex, bloat, vacuum, autovacuum
lock, locked, lock contention, deadlock, blocking, contention, mutex, mutual exclusion
connection pool, pool, pgbouncer, pooler, max connections, too many connections, pool exhausted
cache, redis, memcached, hit rate, cache miss, caching
queue, sidekiq, job queue, worker, backlog, enqueued, workers, pending jobs
object store, object storage, bucket, s3, gcs, blob, minio
table, row, tuple, relation
ingest, ingestion, ingester, intake, write path, ingesting, distributor
querier, query frontend, read path, query path
compactor, compaction, block, blocks, merging blocks
git, repository, repo, gitaly, clone

# what a person asks for
fix, solve, resolve, repair, mitigate, mitigation, remedy, resolution, workaround, what to do, get rid of, correct, remediation, get it back
cause, reason, root cause, explanation, why, culprit
check, verify, diagnose, diagnosis, investigate, find out, debug, debugging, inspect, troubleshoot, troubleshooting, determine, see whether, detect, look at, list, show, see, find
impact, effect, consequence, affected, severity, how bad, users notice, customer impact, harm
meaning, mean, means, definition, stands for, overview, description, about
who, owner, escalate, escalation, contact, on call, oncall, team
command, commands, shell, cli, script

# Kafka's own words
advertised listener, advertised listeners, advertised address, bootstrap server, bootstrap servers, broker list
purge, empty, truncate, clear, wipe, delete all
deserialize, deserializer, deserialise, deserialization, decode, unmarshal, poison pill, serialization
idle, unused, doing nothing, inactive, nothing to do
assignment, assigned, distribution, distribute, distributed, spread
earliest, beginning, from the start, oldest, first offset
latest, newest, most recent, end of the log
replay, reprocess, rewind, read again, reset, seek, consume again
zookeeper, kraft, metadata quorum
region, datacenter, data center, availability zone, wan, remote site
mirrormaker, mirror maker, replicator, cluster linking, copy between clusters
message key, partition key, record key
generation, epoch
heartbeat, session timeout, poll interval
coordinator, group coordinator
batch, batches, batching, linger
compression, compress, gzip, snappy, lz4, zstd
static membership, group instance id
purgatory, request queue, in flight

# Prometheus's and Linux's own words
quantile, percentile, p99, p95, p50, median, summary, histogram, bucket
absent, no data, missing series, empty panel, no datapoints
counter, rate, increase, per second
promtool, check rules, test rules
systemd, systemctl, unit, unit file, service file
dmesg, kernel log, kernel, sysctl, kernel parameter
swap, swapping, paging, swappiness
page cache, buffer cache, dirty pages
oom killer, oom kill, exit code 137, sigkill, oomkilled

# how much, and how sure
sizing, requirement, requirements, recommended, how much, how many, capacity planning
forecast, predict, prediction, projection, when will, days left
no effect, without effect, ignored, inert, does nothing, useless, has no effect
typo, typing error, mistyped, misspelled, misspelt, spelled wrong, wrong spelling
safe, safely, without losing data, without data loss
look at, peek, browse, view, display, print
`;
