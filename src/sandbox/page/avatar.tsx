/** Faces without pictures: initials for people, a drawn sign for apps. */

import type { Who } from "./who.ts";

interface AvatarProps {
  readonly who: Who;
  readonly size?: number;
}

/** A face of `size` pixels for a person or an app. */
export function Avatar({ who, size = 36 }: AvatarProps) {
  return (
    <svg
      aria-hidden="true"
      className="avatar"
      width={size}
      height={size}
      viewBox="0 0 36 36"
      data-tint={who.tint}
    >
      <rect width="36" height="36" rx="8" className="avatar-ground" />
      {who.kind === "person" ? <Initials name={who.name} /> : <Sign kind={who.kind} />}
    </svg>
  );
}

function Initials({ name }: { readonly name: string }) {
  const letters = name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .join("")
    .slice(0, 2);
  return (
    <text x="18" y="23" textAnchor="middle" className="avatar-letters">
      {letters.toUpperCase()}
    </text>
  );
}

function Sign({ kind }: { readonly kind: Exclude<Who["kind"], "person"> }) {
  switch (kind) {
    case "streamline":
      return (
        <g className="avatar-lines">
          <path d="M7 13q5.500-5 11 0t11 0" />
          <path d="M7 19q5.500-5 11 0t11 0" opacity=".75" />
          <path d="M7 25q5.500-5 11 0t11 0" opacity=".5" />
        </g>
      );
    case "alertmanager":
      return (
        <g className="avatar-lines">
          <path d="M11 24h14l-2-3v-5a5 5 0 0 0-10 0v5zM16.500 27.500h3M18 8.500v2" />
        </g>
      );
    case "slackbot":
      return (
        <g className="avatar-lines">
          <path d="M13 15v3M23 15v3M12 23q6 4 12 0" />
        </g>
      );
  }
}
