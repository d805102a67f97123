type Random = () => number;

/** Choices of chance. */
export interface Dice {
  pick(choices: readonly string[]): string;
  /** True in so many of a hundred. */
  chance(percent: number): boolean;
  /** A whole number below. */
  below(limit: number): number;
}

/** Dice over numbers from 0 up to, but not including, 1. */
export function createDice(random: Random): Dice {
  // The low bits of a linear congruential generator are poor, so whole numbers come from the high ones.
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    pick: (choices) => choices[below(choices.length)] ?? "",
    chance: (percent) => below(100) < percent,
  };
}
