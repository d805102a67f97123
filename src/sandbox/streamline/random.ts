/** Seeded randomness: the same seed gives the same server, second by second. */

export interface Random {
  /** A number in [0, 1). */
  uniform(): number;
  /** A number around 0 with standard deviation 1. */
  normal(): number;
  /** A whole number whose mean is `mean`: how many independent events happened. */
  count(mean: number): number;
}

/** mulberry32: 32 bits of state, ample for traffic that only has to look alive. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const count = (mean: number) => {
    if (mean <= 0) return 0;
    return mean > 30 ? largeCount(mean, normal()) : smallCount(mean, uniform);
  };
  return { uniform, normal, count };
}

/** Above 30 events a Poisson count is as good as a normal one, and costs one draw. */
function largeCount(mean: number, deviation: number): number {
  return Math.max(0, Math.round(mean + Math.sqrt(mean) * deviation));
}

/** Knuth's method: multiply uniforms until the product falls below e^-mean. */
function smallCount(mean: number, uniform: () => number): number {
  const limit = Math.exp(-mean);
  let product = uniform();
  let events = 0;
  while (product > limit) {
    product *= uniform();
    events += 1;
  }
  return events;
}
