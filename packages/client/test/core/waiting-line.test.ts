import { expect, it } from "vitest";
import { WaitingLine } from "../../src/core/waiting-line.js";

it("serves first who came first, without those who left from the front, the middle and the end", () => {
  const line = new WaitingLine<string>();
  const [a, , c, , e] = ["a", "b", "c", "d", "e"].map((name) => line.enter(name));
  for (const spot of [a, c, e]) if (spot !== undefined) line.leave(spot);
  expect(line.next()).toBe("b");
  line.enter("f");
  expect([line.next(), line.next(), line.next()]).toEqual(["d", "f", undefined]);
  line.enter("g");
  expect(line.next()).toBe("g");
});

it("has nothing to leave for who was served, or has left", () => {
  const line = new WaitingLine<string>();
  const first = line.enter("first");
  const second = line.enter("second");
  expect(line.next()).toBe("first");
  line.leave(first);
  line.leave(second);
  line.leave(second);
  line.enter("third");
  expect([line.next(), line.next()]).toEqual(["third", undefined]);
});
