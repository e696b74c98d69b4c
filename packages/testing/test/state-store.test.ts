import { expect, test } from "vitest";
import { StateStore } from "../src/session/state-store.js";

test("of ten thousand sessions the state is kept; the one that was not used for longest goes", () => {
  const store = new StateStore(3_600_000);
  for (let index = 0; index < 10_000; index += 1) store.open(`session ${index}`);
  store.close("session 1");
  store.open("session 0");
  store.open("one more");
  expect(store.find("session 0")).toBeDefined();
  expect(store.find("session 1")).toBeUndefined();
  expect(store.find("session 2")).toBeDefined();
  store.open("another one");
  expect(store.find("session 2")).toBeUndefined();
  store.clear();
});
