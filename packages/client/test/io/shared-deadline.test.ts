import { expect, it } from "vitest";
import { SharedDeadline } from "../../src/io/shared-deadline.js";

const reasonOf = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    signal.addEventListener("abort", () => resolve(signal.reason), { once: true });
  });

it("ends waits that last too long, with the reason", async () => {
  const deadlines = new SharedDeadline(20, "Waiting");
  const waits = [deadlines.begin(0), deadlines.begin(0), deadlines.begin(100)];
  for (const { signal } of waits) {
    expect(await reasonOf(signal)).toMatchObject({
      code: "TIMEOUT",
      message: expect.stringMatching(/^Waiting took/) as string,
    });
  }
});

it("has one signal for waits that begin soon after one another, unless one needs more", () => {
  const deadlines = new SharedDeadline(60_000, "Waiting");
  const [first, second, longer] = [
    deadlines.begin(0),
    deadlines.begin(1000),
    deadlines.begin(60_000),
  ];
  expect(second.signal).toBe(first.signal);
  expect(longer.signal).not.toBe(first.signal);
  for (const { release } of [first, second, longer]) release();
  const later = deadlines.begin(0);
  expect(later.signal).toBe(first.signal);
  later.release();
});

it("begins anew after it has ended", async () => {
  const deadlines = new SharedDeadline(20, "Waiting");
  const first = deadlines.begin(0);
  await reasonOf(first.signal);
  first.release();
  const second = deadlines.begin(0);
  expect(second.signal.aborted).toBe(false);
  second.release();
});
