import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SilenceWatch } from "../../src/io/silence.js";

let silent: number;
let watch: SilenceWatch;

beforeEach(() => {
  vi.useFakeTimers();
  silent = 0;
  watch = new SilenceWatch(() => (silent += 1));
  watch.start();
});

afterEach(() => {
  watch.stop();
  vi.useRealTimers();
});

function pass(seconds: number): void {
  vi.advanceTimersByTime(seconds * 1000);
}

describe("SilenceWatch", () => {
  it("tells once when nothing has come for three usual heartbeats", () => {
    pass(44);
    expect(silent).toBe(0);
    pass(2);
    expect(silent).toBe(1);
    pass(100);
    expect(silent).toBe(1);
  });

  it("waits anew after every byte", () => {
    for (let count = 0; count < 10; count += 1) {
      pass(40);
      watch.heard();
    }
    expect(silent).toBe(0);
    pass(46);
    expect(silent).toBe(1);
  });

  it.each([
    ["slower", 30, 89, 92],
    ["faster", 4, 11, 13],
  ])("learns that the heart of a server beats %s", (_how, beat, notYet, atLast) => {
    for (let count = 0; count < 3; count += 1) {
      pass(beat);
      watch.heard();
      watch.beat();
    }
    pass(notYet);
    expect(silent).toBe(0);
    pass(atLast - notYet);
    expect(silent).toBe(1);
  });

  it("is still when it is stopped", () => {
    watch.stop();
    pass(1000);
    expect(silent).toBe(0);
  });

  it("knows nothing of the heart of the stream before", () => {
    for (let count = 0; count < 3; count += 1) {
      pass(1);
      watch.heard();
      watch.beat();
    }
    watch.stop();
    pass(1000);
    watch.start();
    pass(44);
    expect(silent).toBe(0);
    pass(2);
    expect(silent).toBe(1);
  });
});
