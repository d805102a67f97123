/**
 * Emoji names as signs. The ones a bot for incidents uses most are drawn here: not every machine
 * has a font for them, and their colour carries meaning.
 */

import type { ReactNode } from "react";
import { keyed } from "./keyed.ts";

const DOTS: Readonly<Record<string, string>> = {
  red_circle: "#d92d3a",
  large_orange_circle: "#e8912d",
  orange_circle: "#e8912d",
  large_yellow_circle: "#ecb22e",
  yellow_circle: "#ecb22e",
  large_green_circle: "#2eb67d",
  green_circle: "#2eb67d",
  large_blue_circle: "#1d9bd1",
  blue_circle: "#1d9bd1",
  large_purple_circle: "#8250df",
  white_circle: "#c9c9cc",
  black_circle: "#3c3c42",
};

const SIGNS: Readonly<Record<string, ReactNode>> = {
  warning: (
    <>
      <path d="M10 2.500 18.500 17h-17z" fill="#ecb22e" />
      <path
        d="M10 8v4.500M10 14.800v.2"
        stroke="#3c2c00"
        strokeWidth="1.800"
        strokeLinecap="round"
      />
    </>
  ),
  white_check_mark: (
    <>
      <rect x="2" y="2" width="16" height="16" rx="3" fill="#2eb67d" />
      <path d="m5.500 10.500 3 3 6-7" stroke="#fff" strokeWidth="2.200" fill="none" />
    </>
  ),
  heavy_check_mark: (
    <path d="m3 10.500 4.500 4.500L17 5" stroke="#2eb67d" strokeWidth="3" fill="none" />
  ),
  x: <path d="m4 4 12 12M16 4 4 16" stroke="#d92d3a" strokeWidth="3.200" strokeLinecap="round" />,
  no_entry: (
    <>
      <circle cx="10" cy="10" r="8" fill="#d92d3a" />
      <rect x="4.500" y="8.500" width="11" height="3" rx="1" fill="#fff" />
    </>
  ),
  rotating_light: (
    <>
      <path d="M5 15V9.500a5 5 0 0 1 10 0V15z" fill="#d92d3a" />
      <rect x="3" y="15" width="14" height="3" rx="1" fill="#5f6670" />
      <path
        d="M10 1v1.800M3 4l1.300 1.200M17 4l-1.300 1.200"
        stroke="#e8912d"
        strokeWidth="1.600"
      />
    </>
  ),
  bell: (
    <path
      d="M3.500 15h13l-2-3V8.500a4.500 4.500 0 0 0-9 0V12zM8 16.500a2 2 0 0 0 4 0z"
      fill="#ecb22e"
    />
  ),
  no_bell: (
    <>
      <path
        d="M3.500 15h13l-2-3V8.500a4.500 4.500 0 0 0-9 0V12zM8 16.500a2 2 0 0 0 4 0z"
        fill="#9aa0a6"
      />
      <path d="M3 3l14 14" stroke="#d92d3a" strokeWidth="1.800" />
    </>
  ),
  mag: (
    <>
      <circle cx="8.500" cy="8.500" r="5" fill="#cfe6f5" stroke="#6b7280" strokeWidth="2" />
      <path d="m12.500 12.500 5 5" stroke="#6b7280" strokeWidth="2.600" strokeLinecap="round" />
    </>
  ),
  book: (
    <path
      d="M10 5C7.500 3.500 5 3.500 2.500 4v12c2.500-.5 5-.5 7.500 1 2.500-1.500 5-1.500 7.500-1V4C15 3.500 12.500 3.500 10 5z"
      fill="#1d9bd1"
    />
  ),
  chart_with_upwards_trend: (
    <>
      <rect x="2" y="2" width="16" height="16" rx="2" fill="#eef3f7" />
      <path d="m4 14 4-4 3 2.500L16 6" stroke="#d92d3a" strokeWidth="1.800" fill="none" />
    </>
  ),
  hourglass_flowing_sand: (
    <path d="M5 2h10v2c0 3-3 4-3 6s3 3 3 6v2H5v-2c0-3 3-4 3-6S5 7 5 4z" fill="#e8b66b" />
  ),
  eyes: (
    <>
      <ellipse cx="6" cy="10" rx="3.600" ry="5.500" fill="#fff" stroke="#5f6670" />
      <ellipse cx="14" cy="10" rx="3.600" ry="5.500" fill="#fff" stroke="#5f6670" />
      <circle cx="7" cy="11" r="1.700" fill="#2b2b30" />
      <circle cx="15" cy="11" r="1.700" fill="#2b2b30" />
    </>
  ),
};

/** Undefined for a name that is not drawn here. */
export function drawEmoji(name: string): ReactNode | undefined {
  const dot = DOTS[name];
  const sign = dot === undefined ? SIGNS[name] : <circle cx="10" cy="10" r="7.500" fill={dot} />;
  if (sign === undefined) return undefined;
  return (
    <svg
      className="emoji"
      role="img"
      aria-label={name.replaceAll("_", " ")}
      viewBox="0 0 20 20"
      fill="none"
    >
      {sign}
    </svg>
  );
}

/** `:red_circle:` in a plain text, as in button labels. */
export function withEmoji(text: string): ReactNode {
  const parts = keyed(text.split(/(:[a-z0-9_+-]+:)/), (part) => part);
  return parts.map(({ key, item }) => {
    const drawn = item.startsWith(":") ? drawEmoji(item.slice(1, -1)) : undefined;
    return drawn === undefined ? item : <span key={key}>{drawn}</span>;
  });
}
