/** The part of the host's dashboard about memory, processor, network and files. */

import type { Row } from "./dashboard.ts";
import { MOUNT, TARGET } from "./variables.ts";

export const MACHINE: Row = {
  title: "Is the machine well?",
  panels: [
    {
      kind: "graph",
      title: "Memory available",
      description:
        "What programs can still get. The server has no limit and no memory metric of its own; when memory ends, the kernel kills it, and that is an unclean stop.",
      unit: "percentunit",
      queries: [
        {
          expr: `node_memory_MemAvailable_bytes{${TARGET}} / node_memory_MemTotal_bytes{${TARGET}}`,
          legend: "{{instance}}",
        },
      ],
      read: ["runbooks/MemoryGrowth.md", "TROUBLESHOOTING.md#memory-grows"],
      min: 0,
      max: 1,
    },
    {
      kind: "graph",
      title: "Killed for memory",
      description:
        "Processes that the kernel ended because memory was gone. The server may have been one of them.",
      unit: "none",
      queries: [
        {
          expr: `increase(node_vmstat_oom_kill{${TARGET}}[$__rate_interval])`,
          legend: "{{instance}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#killed-by-the-kernel-for-memory"],
      min: 0,
      thresholds: [{ from: 1, color: "red" }],
    },
    {
      kind: "graph",
      title: "Processor",
      description:
        "The share of all cores that is in use. Much of it waiting for the disk: look at the disk first.",
      unit: "percentunit",
      queries: [
        {
          expr: `1 - avg by (instance) (rate(node_cpu_seconds_total{${TARGET},mode="idle"}[$__rate_interval]))`,
          legend: "{{instance}} in use",
        },
        {
          expr: `avg by (instance) (rate(node_cpu_seconds_total{${TARGET},mode="iowait"}[$__rate_interval]))`,
          legend: "{{instance}} waiting for the disk",
        },
      ],
      read: ["runbooks/ServerSaturated.md", "TROUBLESHOOTING.md#where-the-time-goes"],
      min: 0,
      max: 1,
    },
    {
      kind: "graph",
      title: "Data not yet on the disk",
      description:
        "Pages that wait to be written. It grows when the disk is slower than the writers; a sync then takes long.",
      unit: "bytes",
      queries: [
        {
          expr: `node_memory_Dirty_bytes{${TARGET}} + node_memory_Writeback_bytes{${TARGET}}`,
          legend: "{{instance}}",
        },
      ],
      read: ["PERFORMANCE.md#wal-sync-modes"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Network",
      description:
        "Bytes per second. What goes out is what comes in, times the number of consumer groups.",
      unit: "binBps",
      queries: [
        {
          expr: `sum by (instance) (rate(node_network_receive_bytes_total{${TARGET},device!="lo"}[$__rate_interval]))`,
          legend: "{{instance}} in",
        },
        {
          expr: `sum by (instance) (rate(node_network_transmit_bytes_total{${TARGET},device!="lo"}[$__rate_interval]))`,
          legend: "{{instance}} out",
        },
      ],
      read: ["MONITORING.md#connections-files-and-memory"],
      min: 0,
    },
    {
      kind: "graph",
      title: "TCP segments sent again",
      description:
        "The share of segments that were lost on the way. Above 1% clients feel it as latency that the server does not measure.",
      unit: "percentunit",
      queries: [
        {
          expr: `rate(node_netstat_Tcp_RetransSegs{${TARGET}}[$__rate_interval]) / rate(node_netstat_Tcp_OutSegs{${TARGET}}[$__rate_interval])`,
          legend: "{{instance}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#can-the-client-reach-the-port"],
      min: 0,
      thresholds: [{ from: 0.01, color: "orange" }],
    },
    {
      kind: "graph",
      title: "Open files",
      description:
        "Of the whole machine, against its limit. The limit of the process is lower, and is the one that the server meets first.",
      unit: "percentunit",
      queries: [
        {
          expr: `node_filefd_allocated{${TARGET}} / node_filefd_maximum{${TARGET}}`,
          legend: "{{instance}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#too-many-open-files"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Read-only file systems",
      description:
        "1: the kernel has set the file system read-only after an error. Nothing can be written until it is repaired.",
      unit: "none",
      queries: [
        { expr: `node_filesystem_readonly{${MOUNT}}`, legend: "{{instance}} {{mountpoint}}" },
      ],
      read: ["TROUBLESHOOTING.md#data-directory-not-writable"],
      min: 0,
      thresholds: [{ from: 1, color: "red" }],
    },
  ],
};
