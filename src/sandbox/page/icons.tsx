/** The page's icons, drawn here: 20 units square, in the colour of the text around them. */

import type { ReactNode } from "react";

const DRAWINGS = {
  hash: <path d="M4 7h13M3 13h13M8 3 6.5 17M13.5 3 12 17" />,
  close: <path d="m5 5 10 10M15 5 5 15" />,
  send: <path d="M3 3.5 17.5 10 3 16.5l1.8-6.5zM5 10h6" />,
  reply: (
    <path d="M3.5 5A1.5 1.5 0 0 1 5 3.500h10A1.500 1.500 0 0 1 16.500 5v7a1.500 1.500 0 0 1-1.500 1.500H9.500L6 16.800v-3.300H5A1.500 1.500 0 0 1 3.500 12zM7 7.200h6M7 10h4" />
  ),
  more: (
    <>
      <circle cx="10" cy="4.500" r=".8" fill="currentColor" />
      <circle cx="10" cy="10" r=".8" fill="currentColor" />
      <circle cx="10" cy="15.500" r=".8" fill="currentColor" />
    </>
  ),
  dots: (
    <>
      <circle cx="4.500" cy="10" r=".8" fill="currentColor" />
      <circle cx="10" cy="10" r=".8" fill="currentColor" />
      <circle cx="15.500" cy="10" r=".8" fill="currentColor" />
    </>
  ),
  eye: (
    <>
      <path d="M2 10s3-5.500 8-5.500S18 10 18 10s-3 5.500-8 5.500S2 10 2 10z" />
      <circle cx="10" cy="10" r="2.300" />
    </>
  ),
  sun: (
    <>
      <circle cx="10" cy="10" r="3.300" />
      <path d="M10 2v1.800M10 16.200V18M2 10h1.800M16.200 10H18M4.300 4.300l1.300 1.300M14.400 14.400l1.300 1.300M4.300 15.700l1.300-1.300M14.400 5.600l1.300-1.300" />
    </>
  ),
  moon: <path d="M16.500 11.800A7 7 0 0 1 8.200 3.500a7 7 0 1 0 8.300 8.300z" />,
  sliders: (
    <path d="M4 3.500v4m0 4v5M10 3.500v7m0 4v2M16 3.500v2m0 4v7M2 9.500h4M8 12.500h4M14 7.500h4" />
  ),
  chevron: <path d="m5.500 8 4.500 4.500L14.500 8" />,
  menu: <path d="M3 5.500h14M3 10h14M3 14.500h14" />,
  home: <path d="M3.500 9 10 3.500 16.500 9v7.500h-4.300v-4.300H7.800v4.300H3.500z" />,
  bolt: <path d="M11 2.500 4.500 11.500H10l-1 6 6.500-9H10z" />,
  copy: (
    <path d="M7 7V4.500A1.500 1.500 0 0 1 8.500 3H15a1.500 1.500 0 0 1 1.500 1.500V11a1.500 1.500 0 0 1-1.500 1.500h-2.500M5 7h6.500A1.500 1.500 0 0 1 13 8.500V15a1.500 1.500 0 0 1-1.500 1.500H5A1.500 1.500 0 0 1 3.500 15V8.500A1.500 1.500 0 0 1 5 7z" />
  ),
  warning: <path d="M10 3.200 18 16.500H2zM10 8v4M10 14.300v.1" />,
  check: <path d="m4 10.500 4 4 8-9" />,
  picture: (
    <>
      <rect x="3" y="4" width="14" height="12" rx="1.500" />
      <path d="m3.500 14 4-4 3 3 2.500-2.500 3.500 3.500M13 7.500v.1" />
    </>
  ),
} satisfies Record<string, ReactNode>;

interface IconProps {
  readonly name: keyof typeof DRAWINGS;
  readonly size?: number;
}

/** One icon of `size` pixels, hidden from screen readers: the control around it has a name. */
export function Icon({ name, size = 18 }: IconProps) {
  return (
    <svg
      aria-hidden="true"
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {DRAWINGS[name]}
    </svg>
  );
}
