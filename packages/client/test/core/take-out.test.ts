import * as fc from "fast-check";
import { expect, it } from "vitest";
import { takeOut } from "../../src/core/take-out.js";

const orders = fc.integer({ min: 1, max: 20 }).chain((count) => {
  const places = Array.from({ length: count }, (_, place) => place);
  return fc.shuffledSubarray(places, { minLength: count });
});

it("whoever is taken out is gone, and everybody else knows where they are", () => {
  fc.assert(
    fc.property(orders, (order) => {
      const list = order.map((_, place) => ({ place }));
      const things = [...list];
      const left = new Set(things);
      for (const index of order) {
        const thing = things[index] as (typeof things)[number];
        const { place } = thing;
        const moved = takeOut(list, place);
        if (moved !== undefined) moved.place = place;
        left.delete(thing);
        expect(new Set(list)).toEqual(left);
        expect(list.map((other) => other.place)).toEqual([...list.keys()]);
      }
    }),
  );
});
