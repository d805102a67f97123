/** The machine below the server, by node_exporter: the server has no metric for disk or memory. */

import type { Dashboard, Row } from "./dashboard.ts";
import { MACHINE } from "./host-machine.ts";
import { labelVariable, MOUNT, TARGET, targetVariables } from "./variables.ts";

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
        "The share of time in which the disk had something to do. Near 1 a single disk is at its limit; an NVMe device may still have room.",
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
