import { describe, expect, it } from "vitest";
import { ReplayLog } from "../../src/core/replay-log.js";

async function collect<Item>(source: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = [];
  for await (const item of source) items.push(item);
  return items;
}

describe("ReplayLog", () => {
  it("shows every reader all of it, whenever it begins to read", async () => {
    const log = new ReplayLog<number>();
    const early = collect(log.read((value) => ({ value })));
    log.push(1);
    const middle = collect(log.read((value) => ({ value })));
    log.push(2);
    log.close();
    const late = collect(log.read((value) => ({ value })));
    expect(await Promise.all([early, middle, late])).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
  });

  it("gives every reader what there was before it throws", async () => {
    const log = new ReplayLog<number>();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const item of log.read((value) => ({ value }))) seen.push(item);
    })();
    log.push(1);
    log.fail(new Error("over"));
    await expect(reading).rejects.toThrow("over");
    await expect(collect(log.read((value) => ({ value })))).rejects.toThrow("over");
    expect(seen).toEqual([1]);
  });

  it("ends once: what comes after the end changes nothing", async () => {
    const log = new ReplayLog<number>();
    log.close();
    log.push(1);
    log.fail(new Error("late"));
    expect(await collect(log.read((value) => ({ value })))).toEqual([]);
  });
});
