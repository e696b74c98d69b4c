import { expect, test } from "vitest";
import { startStub } from "../dist/servers.js";
import { enter } from "./contestants.js";

/** After garbage was collected: what is counted is what something still holds on to. */
test("calls leave no memory and no handle behind", async () => {
  await using server = await startStub();
  await using ours = await enter("ours", "calls", server.apps.small);
  const atFirst = await ours.round(0, true);
  const early = await ours.round(300, true);
  const late = await ours.round(900, true);
  const heap = (late.after?.heap ?? NaN) - (early.after?.heap ?? NaN);
  // Half a megabyte is compiled code and the like; 1 KB kept for each call would be one more.
  expect(heap).toBeLessThan(1.2);
  // The stream of the last call, and its timers, are there until the server has ended it.
  const handles = async (): Promise<number> => (await ours.round(0, true)).after?.handles ?? NaN;
  await expect
    .poll(handles, { timeout: 30_000 })
    .toBeLessThanOrEqual(atFirst.after?.handles ?? NaN);
});
