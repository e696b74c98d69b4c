import { describe, expect, it } from "vitest";
import { acquireSlot, type PromisedSlots } from "../../src/io/acquire-slot.js";
import { WorkerSlots } from "../../src/io/worker-slots.js";

const never = new AbortController().signal;

describe("acquireSlot", () => {
  it("lets no more in than it has slots, and the others in the order in which they came", async () => {
    const slots: PromisedSlots = new WorkerSlots(2);
    const entered: number[] = [];
    const releases = new Map<number, () => void>();
    const enter = async (name: number): Promise<void> => {
      releases.set(name, await acquireSlot(slots, never));
      entered.push(name);
    };
    const waits = [1, 2, 3, 4].map(enter);
    await Promise.all(waits.slice(0, 2));
    expect(entered).toEqual([1, 2]);
    releases.get(2)?.();
    await waits[2];
    releases.get(1)?.();
    await waits[3];
    expect(entered).toEqual([1, 2, 3, 4]);
  });

  it("loses no slot when a wait is given up, not even in the moment of its turn", async () => {
    const slots: PromisedSlots = new WorkerSlots(1);
    const release = await acquireSlot(slots, never);
    const early = new AbortController();
    const late = new AbortController();
    const gaveUp = acquireSlot(slots, early.signal);
    const tooLate = acquireSlot(slots, late.signal);
    early.abort(new Error("early"));
    await expect(gaveUp).rejects.toThrow("early");
    release();
    late.abort(new Error("late"));
    await tooLate.then(
      (free) => free(),
      () => undefined,
    );
    const free = await acquireSlot(slots, never);
    free();
  });

  it("gives a slot back once, however often it is told", async () => {
    const slots: PromisedSlots = new WorkerSlots(1);
    const release = await acquireSlot(slots, never);
    release();
    release();
    await acquireSlot(slots, never);
    const controller = new AbortController();
    const second = acquireSlot(slots, controller.signal);
    controller.abort(new Error("full"));
    await expect(second).rejects.toThrow("full");
  });
});
