import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { lastingController, onAbort } from "../../src/core/on-abort.js";

describe("onAbort", () => {
  it("tells everybody who still listens, once", () => {
    const controller = new AbortController();
    const told: string[] = [];
    const forgets = ["a", "b", "c", "d"].map((name) =>
      onAbort(controller.signal, () => told.push(name)),
    );
    forgets[0]?.();
    forgets[0]?.();
    forgets[3]?.();
    controller.abort();
    expect(told.toSorted()).toEqual(["b", "c"]);
    for (const forget of forgets) forget();
  });

  it("does not tell whom one before has sent away", () => {
    const controller = new AbortController();
    const told: string[] = [];
    const forgets: (() => void)[] = [];
    for (const name of ["a", "b"]) {
      forgets.push(
        onAbort(controller.signal, () => {
          told.push(name);
          for (const forget of forgets) forget();
        }),
      );
    }
    controller.abort();
    expect(told).toHaveLength(1);
  });

  it("is one listener of the signal, and none when nobody listens", () => {
    const { signal } = new AbortController();
    const forgets = Array.from({ length: 30 }, () => onAbort(signal, () => undefined));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    for (const forget of forgets) forget();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("tells those who listen to a lasting one after others have gone", () => {
    const controller = lastingController();
    onAbort(controller.signal, () => undefined)();
    let told = 0;
    onAbort(controller.signal, () => (told += 1));
    controller.abort();
    expect(told).toBe(1);
  });
});
