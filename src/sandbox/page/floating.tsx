/** A box beside its anchor, where there is room for it; closed by a click elsewhere. */

import {
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

interface FloatingProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly className?: string;
  /** Which edge of the anchor it keeps to. */
  readonly align?: "start" | "end";
}

interface Spot {
  readonly left: number;
  readonly top: number;
  readonly minWidth: number;
  readonly maxHeight: number;
}

const GAP = 4;
const MARGIN = 8;

/** Puts its children below or above the anchor, within the window; `onClose` after a press elsewhere. */
export function Floating({ anchor, onClose, children, className, align = "start" }: FloatingProps) {
  const box = useRef<HTMLDivElement>(null);
  const [spot, setSpot] = useState<Spot>();

  useLayoutEffect(() => {
    const place = () => {
      if (anchor.current === null || box.current === null) return;
      const next = findSpot(anchor.current, box.current, align);
      setSpot((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    place();
    addEventListener("resize", place);
    addEventListener("scroll", place, true);
    return () => {
      removeEventListener("resize", place);
      removeEventListener("scroll", place, true);
    };
  });

  useEffect(() => {
    const outside = ({ target }: PointerEvent) => {
      if (!(target instanceof Node)) return;
      if (box.current?.contains(target) === true || anchor.current?.contains(target) === true)
        return;
      onClose();
    };
    document.addEventListener("pointerdown", outside, true);
    return () => document.removeEventListener("pointerdown", outside, true);
  }, [anchor, onClose]);

  // Unseen, not hidden, until it has its place: what is hidden cannot take the focus.
  const style = spot ?? { left: 0, top: 0, opacity: 0 };
  return (
    <div ref={box} className={`floating ${className ?? ""}`} style={style}>
      {children}
    </div>
  );
}

/** Below the anchor if it fits there, else above if there is more room. */
function findSpot(anchor: HTMLElement, box: HTMLElement, align: "start" | "end"): Spot {
  const at = anchor.getBoundingClientRect();
  const height = box.scrollHeight + 2;
  const width = Math.max(box.offsetWidth, at.width);
  const below = innerHeight - at.bottom - GAP - MARGIN;
  const above = at.top - GAP - MARGIN;
  const isBelow = height <= below || below >= above;
  const maxHeight = Math.min(isBelow ? below : above, 360);
  const shown = Math.min(height, maxHeight);
  const left = align === "start" ? at.left : at.right - width;
  return {
    left: Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN)),
    top: isBelow ? at.bottom + GAP : at.top - GAP - shown,
    minWidth: at.width,
    maxHeight,
  };
}
