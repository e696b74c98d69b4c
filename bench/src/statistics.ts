import type { Spread } from "./cases/case.js";

/** The middle value; `NaN` of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const below = sorted[Math.ceil(middle) - 1] ?? NaN;
  const above = sorted[Math.floor(middle)] ?? NaN;
  return (below + above) / 2;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), lowest: Math.min(...values), highest: Math.max(...values) };
}

/** The slope of the line through the logarithms: 1 where twice the size costs twice as much. */
export function growthExponent(points: readonly (readonly [size: number, cost: number])[]): number {
  const logarithms = points.map(([size, cost]): [number, number] => [
    Math.log(size),
    Math.log(cost),
  ]);
  const meanX = mean(logarithms.map(([x]) => x));
  const meanY = mean(logarithms.map(([, y]) => y));
  const over = logarithms.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const under = logarithms.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return over / under;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
