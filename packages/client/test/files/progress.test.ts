import { expect, it } from "vitest";
import type { TransferProgress } from "../../src/core/transfer.js";
import { Progress } from "../../src/io/progress.js";

it("tells at most ten steps a second, never backwards, and the end once", () => {
  let now = 0;
  const seen: (TransferProgress & { readonly at: number })[] = [];
  const progress = new Progress(
    (step) => seen.push({ ...step, at: now }),
    1000,
    () => now,
  );
  for (let step = 0; step < 1000; step += 1) {
    progress.add(1);
    now += 7;
  }
  progress.end();
  expect(seen.at(-1)).toMatchObject({ loaded: 1000, total: 1000 });
  expect(seen.filter(({ loaded }) => loaded === 1000)).toHaveLength(1);
  const pauses = seen.slice(1, -1).map(({ at }, index) => at - (seen[index]?.at ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(100);
  expect(seen.length).toBeGreaterThan(50);
  expect(seen.map(({ loaded }) => loaded)).toEqual(
    seen.map(({ loaded }) => loaded).toSorted((one, other) => one - other),
  );
});

it("tells the end of what went by unseen, of what is empty, and of unknown length", () => {
  expect(end(500, 0)).toEqual([{ loaded: 500, total: 500 }]);
  expect(end(500, 500)).toEqual([{ loaded: 500, total: 500 }]);
  expect(end(0, 0)).toEqual([{ loaded: 0, total: 0 }]);
  expect(end(undefined, 7).at(-1)).toEqual({ loaded: 7, total: undefined });
});

function end(total: number | undefined, sent: number): TransferProgress[] {
  const seen: TransferProgress[] = [];
  const progress = new Progress(
    (step) => seen.push(step),
    total,
    () => 0,
  );
  if (sent > 0) progress.add(sent);
  progress.end();
  return seen;
}
