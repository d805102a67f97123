/**
 * Texts whose colour stands too little apart from what is behind them: WCAG 2.2, 1.4.3 (AA), 4.5 to
 * 1, or 3 to 1 for large text. Runs inside the browser, so it may use nothing from outside itself.
 */
export function findFaintTexts(): string[] {
  type Rgb = readonly [number, number, number, number];

  function parse(color: string): Rgb {
    const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    return [r, g, b, a];
  }
  function over(top: Rgb, below: Rgb): Rgb {
    const mix = (index: 0 | 1 | 2) => top[index] * top[3] + below[index] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  }
  function groundOf(element: Element | null): Rgb {
    if (element === null) return [255, 255, 255, 1];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, groundOf(element.parentElement));
  }
  function luminance([r, g, b]: Rgb): number {
    const linear = (value: number) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  }
  function contrast(one: Rgb, other: Rgb): number {
    const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }
  function isFaint(element: Element): string | undefined {
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const isDrawn = element instanceof SVGElement;
    const ratio = contrast(over(parse(isDrawn ? style.fill : style.color), ground), ground);
    const size = Number.parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio >= (isLarge ? 3 : 4.5)) return undefined;
    const words = element.textContent?.trim().slice(0, 40);
    return `${ratio.toFixed(2)} "${words}" ${element.className} ${style.color} on ${ground.join()}`;
  }

  const texts: Element[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (parentElement === null || textContent === null || textContent.trim() === "") continue;
    const isShown = parentElement.checkVisibility({
      opacityProperty: true,
      visibilityProperty: true,
    });
    // Exempt: what a control cannot do now, what is only read aloud, and initials on drawn grounds.
    const exempt = ":disabled, [aria-disabled=true], .avatar, .visually-hidden";
    const isExempt = parentElement.closest(exempt) !== null;
    if (isShown && !isExempt && !parentElement.matches("noscript")) texts.push(parentElement);
  }
  return texts.map(isFaint).filter((complaint) => complaint !== undefined);
}
