/** The machine below the server, by node_exporter: the server has no metric for disk or memory. */

import type { Dashboard, Row } from "./dashboard.ts";
import { labelVariable, TARGET, targetVariables } from "./variables.ts";

const MOUNT = `${TARGET},mountpoint=~"$mountpoint",fstype!~"tmpfs|overlay|squashfs|ramfs"`;
const DEVICE = `${TARGET},device=~"$device"`;

/** A flush of a healthy SSD; the write-ahead log waits for one ten times a second. */
const FLUSH_SECONDS = [
  { from: 0.005, color: "yellow" },
  { from: 0.05, color: "red" },
] as const;

const SPACE: Row = {
  title: "Is there space?",
  panels: [
    {
      kind: "graph",
      title: "Free space",
      description:
        "The share of the file system that is free. When it ends, every write fails, and a restart may fail too. Choose the mount point of the data directory above.",
      unit: "percentunit",
      queries: [
        {
          expr: `node_filesystem_avail_bytes{${MOUNT}} / node_filesystem_size_bytes{${MOUNT}}`,
          legend: "{{instance}} {{mountpoint}}",
        },
      ],
      read: ["runbooks/DiskFull.md", "TROUBLESHOOTING.md#disk-full"],
      min: 0,
      max: 1,
    },
    {
      kind: "graph",
      title: "Free bytes",
      description:
        "What is left for records, the write-ahead log (up to 2.4 GiB) and the fetch cache.",
      unit: "bytes",
      queries: [
        { expr: `node_filesystem_avail_bytes{${MOUNT}}`, legend: "{{instance}} {{mountpoint}}" },
      ],
      read: ["runbooks/DiskFilling.md", "OPERATIONS.md#how-large-it-gets"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Days until full",
      description:
        "By the trend of the last six hours. Only file systems that fill are shown; a level disk has no line.",
      unit: "d",
      queries: [
        {
          expr: `node_filesystem_avail_bytes{${MOUNT}} / -(deriv(node_filesystem_avail_bytes{${MOUNT}}[6h]) < 0) / 86400`,
          legend: "{{instance}} {{mountpoint}}",
        },
      ],
      read: ["MONITORING.md#when-will-the-disk-be-full"],
      min: 0,
      max: 60,
      none: "no disk fills",
    },
    {
      kind: "graph",
      title: "Free inodes",
      description: "The fetch cache writes a file for each fetch: inodes can end before bytes do.",
      unit: "percentunit",
      queries: [
        {
          expr: `node_filesystem_files_free{${MOUNT}} / node_filesystem_files{${MOUNT}}`,
          legend: "{{instance}} {{mountpoint}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#disk-full"],
      min: 0,
      max: 1,
    },
  ],
};

const DISK: Row = {
  title: "Is the disk fast?",
  panels: [
    {
      kind: "graph",
      title: "Time per flush",
      description:
        "How long the disk needs to make data safe. The write-ahead log waits for it; above a few milliseconds producers feel it. The server itself measures nothing of this.",
      unit: "s",
      queries: [
        {
          expr: `rate(node_disk_flush_requests_time_seconds_total{${DEVICE}}[$__rate_interval]) / rate(node_disk_flush_requests_total{${DEVICE}}[$__rate_interval])`,
          legend: "{{instance}} {{device}}",
        },
      ],
      read: ["runbooks/SlowWalSync.md", "TROUBLESHOOTING.md#slow-fsync"],
      min: 0,
      thresholds: FLUSH_SECONDS,
    },
    {
      kind: "graph",
      title: "Time per write",
      description: "Mean time of a completed write, its waiting in the queue included.",
      unit: "s",
      queries: [
        {
          expr: `rate(node_disk_write_time_seconds_total{${DEVICE}}[$__rate_interval]) / rate(node_disk_writes_completed_total{${DEVICE}}[$__rate_interval])`,
          legend: "{{instance}} {{device}}",
        },
      ],
      read: ["TROUBLESHOOTING.md#slow-fsync"],
      min: 0,
    },
    {
      kind: "graph",
      title: "Disk busy",
      description:
        "The share of time in which the disk had something to do. Near 1 a single disk is at its end; an NVMe device may still have room.",
      unit: "percentunit",
      queries: [
        {
          expr: `rate(node_disk_io_time_seconds_total{${DEVICE}}[$__rate_interval])`,
          legend: "{{instance}} {{device}}",
        },
      ],
      read: ["MONITORING.md#signals-for-the-platform-team"],
      min: 0,
      max: 1,
      thresholds: [
        { from: 0.6, color: "yellow" },
        { from: 0.9, color: "red" },
      ],
    },
    {
      kind: "graph",
      title: "Bytes read and written",
      description:
        "By the disk, all programs together. Much more than the server's bytes in: another program shares the disk.",
      unit: "binBps",
      queries: [
        {
          expr: `rate(node_disk_written_bytes_total{${DEVICE}}[$__rate_interval])`,
          legend: "{{instance}} {{device}} written",
        },
        {
          expr: `rate(node_disk_read_bytes_total{${DEVICE}}[$__rate_interval])`,
          legend: "{{instance}} {{device}} read",
        },
      ],
      read: ["PERFORMANCE.md#disk-size", "TROUBLESHOOTING.md#slow-fsync"],
      min: 0,
    },
  ],
};

const MACHINE: Row = {
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

export const HOST: Dashboard = {
  name: "host",
  title: "Streamline / Host",
  description:
    "The machine below the server, by node_exporter: space, disk time, memory. The server has no metric for any of it, and most of its faults begin there.",
  variables: [
    ...targetVariables({ marker: "node_uname_info", job: "node" }),
    labelVariable("mountpoint", "Mount point", "node_filesystem_size_bytes"),
    labelVariable("device", "Disk", "node_disk_io_time_seconds_total"),
  ],
  rows: [SPACE, DISK, MACHINE],
};
