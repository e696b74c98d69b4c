import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProgramName } from "../dist/programs.js";
import { startStub, type Server } from "../dist/servers.js";
import { enter } from "./contestants.js";

/**
 * What must not become slower unseen: processor time of the client's own process, never the time on
 * the clock. Other tests run at the same time, and neighbours on a core make the same instructions
 * take up to half as long again. They only ever add: so the least of several turns counts, which ours
 * and the floor take alternately, and a limit is half as high again as what two busy cores showed.
 *
 * What is to be caught costs more than that. Another transport doubles the cost of a call; a value
 * that is copied for each word of a chat, or a message that is searched from its beginning with each
 * of its pieces, makes it many times as much.
 */
const turns = 5;

let server: Server;
beforeAll(async () => {
  server = await startStub();
});
afterAll(() => server[Symbol.asyncDispose]());

/** The least processor time that each of them needs for so much, in seconds. */
async function leastOf(
  program: ProgramName,
  count: number,
): Promise<{ floor: number; ours: number }> {
  await using floor = await enter("floor", program, server.apps.small);
  await using ours = await enter("ours", program, server.apps.small);
  const least = { floor: Infinity, ours: Infinity };
  // The first one is for the compiler.
  for (let turn = 0; turn <= turns; turn += 1) {
    const [one, other] = [await floor.round(count), await ours.round(count)];
    if (turn === 0) continue;
    least.floor = Math.min(least.floor, one.cpu);
    least.ours = Math.min(least.ours, other.cpu);
  }
  return least;
}

describe("processor time, as a multiple of what a bare HTTP program needs", () => {
  test.for<[title: string, program: ProgramName, count: number, limit: number]>([
    ["connecting", "connect", 25, 3],
    ["calls, one after another", "calls", 150, 2.6],
    ["calls, 40 at a time", "at-once", 300, 4.2],
    ["a chat of growing texts", "chat", 1000, 3.5],
    ["small outputs", "numbers", 8000, 3.2],
    ["a text of 8 MB", "text", 8, 1.7],
  ])("%s", async ([, program, count, limit]) => {
    const { floor, ours } = await leastOf(program, count);
    expect(ours / floor).toBeLessThan(limit);
  });
});

test("a text of sixteen times the size costs about sixteen times as much", async () => {
  const small = await leastOf("text", 1);
  const large = await leastOf("text", 16);
  // The exponent of the growth. With the square of the size it would be 2.
  expect(Math.log(large.ours / small.ours) / Math.log(16)).toBeLessThan(1.4);
});
