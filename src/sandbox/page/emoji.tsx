/**
 * Emoji names as signs. The ones a bot for incidents uses most are drawn here: not every machine
 * has a font for them, and their colour carries meaning.
 */

import type { ReactNode } from "react";
import { emojiPieces } from "./emoji-names.ts";
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
  repeat: (
    <path
      d="M4 8.500V7a2.500 2.500 0 0 1 2.500-2.500h8M12 2l3 2.500L12 7M16 11.500V13a2.500 2.500 0 0 1-2.500 2.500h-8M8 13l-3 2.500L8 18"
      stroke="#1d9bd1"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  twisted_rightwards_arrows: (
    <path
      d="M2.500 5.500h3l7 9h4M14 12l2.500 2.500L14 17M2.500 14.500h3l2-2.500M10.500 8l2-2.500h4M14 3l2.500 2.500L14 8"
      stroke="#1d9bd1"
      strokeWidth="1.800"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  broom: (
    <>
      <path d="M16.500 3 9.500 10" stroke="#a0673a" strokeWidth="2" strokeLinecap="round" />
      <path d="M6 8.500 11.500 14c-2 3-5 3.500-9 3.500C4 15 4 11 6 8.500z" fill="#ecb22e" />
    </>
  ),
  alarm_clock: (
    <>
      <circle cx="10" cy="11" r="6.500" fill="#fff" stroke="#d92d3a" strokeWidth="2" />
      <path
        d="M10 7.500V11l2.500 2M4 3 2.500 5M16 3l1.500 2"
        stroke="#3c3c42"
        strokeWidth="1.600"
        strokeLinecap="round"
      />
    </>
  ),
  arrow_right: (
    <path
      d="M3 10h12M11 5.500 15.500 10 11 14.500"
      stroke="#1d9bd1"
      strokeWidth="2.400"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  arrow_up: (
    <path
      d="M10 17V5M5.500 9 10 4.500 14.500 9"
      stroke="#1d9bd1"
      strokeWidth="2.400"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  page_facing_up: (
    <>
      <path d="M4.500 2h8L16 5.500V18H4.500z" fill="#eef3f7" stroke="#6b7280" />
      <path d="M7 8.500h6M7 11.500h6M7 14.500h4" stroke="#6b7280" strokeWidth="1.400" />
    </>
  ),
  mega: <path d="M3 8.500v3.500l2.500.500L7 17h2l-.800-4 7.800 2V5L5.500 8z" fill="#e8912d" />,
  loud_sound: (
    <>
      <path d="M3 7.500h3L10 4v12l-4-3.500H3z" fill="#6b7280" />
      <path
        d="M12.500 7.500a4 4 0 0 1 0 5M14.800 5a7 7 0 0 1 0 10"
        stroke="#1d9bd1"
        strokeWidth="1.600"
        strokeLinecap="round"
      />
    </>
  ),
  handshake: (
    <path
      d="M1.500 7 6 5.500l3 1.500 3.500-1.500 6 2v5l-3 .500-4.500 3.500-6-4H1.500z"
      fill="#f0b775"
      stroke="#a0673a"
    />
  ),
  question: (
    <path
      d="M6.500 7a3.500 3.500 0 1 1 5 3c-1.200.700-1.500 1.300-1.500 2.500M10 16v.300"
      stroke="#d92d3a"
      strokeWidth="2.400"
      strokeLinecap="round"
    />
  ),
  clipboard: (
    <>
      <rect x="3.500" y="3" width="13" height="15" rx="2" fill="#a0673a" />
      <rect x="5.500" y="5.500" width="9" height="10.500" fill="#eef3f7" />
      <rect x="7" y="1.500" width="6" height="3.500" rx="1" fill="#9aa0a6" />
      <path d="M7.500 9h5M7.500 12h5" stroke="#6b7280" strokeWidth="1.400" />
    </>
  ),
  test_tube: (
    <>
      <path
        d="M12.500 2.500 5 10a3.500 3.500 0 0 0 5 5l7.500-7.500z"
        fill="#eef3f7"
        stroke="#6b7280"
      />
      <path d="M6.500 10.500 5 12a2.500 2.500 0 0 0 4 3l5-4.500z" fill="#2eb67d" />
    </>
  ),
  paperclip: (
    <path
      d="m6.500 10 5-5a2.500 2.500 0 0 1 3.500 3.500l-6.500 6.500a4 4 0 0 1-5.500-5.500l5.500-5.500"
      stroke="#6b7280"
      strokeWidth="1.800"
      strokeLinecap="round"
    />
  ),
  lightning: (
    <>
      <path
        d="M5.500 11.500a3.500 3.500 0 0 1 .3-7 5 5 0 0 1 9 1.500 3 3 0 0 1-.3 5.500z"
        fill="#9aa7b5"
      />
      <path d="m10.500 9-3 4.500h2.500L8.500 18l4.500-5.500h-2.500L12 9z" fill="#ecb22e" />
    </>
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

/** Emoji in a plain text, as names (`:red_circle:`, as in button labels) or as characters. */
export function withEmoji(text: string): ReactNode {
  const pieces = text
    .split(/(:[a-z0-9_+-]+:)/)
    .flatMap((part) =>
      /^:[a-z0-9_+-]+:$/.test(part)
        ? [{ name: part.slice(1, -1), words: part }]
        : emojiPieces(part),
    );
  return keyed(pieces, (piece) => JSON.stringify(piece)).map(({ key, item }) => {
    const words = "words" in item ? item.words : `:${item.name}:`;
    const drawn = "name" in item ? drawEmoji(item.name) : undefined;
    return drawn === undefined ? words : <span key={key}>{drawn}</span>;
  });
}
