import { expect } from "vitest";
import { connect } from "./connect.js";
import { facts, until } from "./facts.js";
import type { Server } from "./server.js";

/** How many steps another generator takes meanwhile. */
const STEPS = 4;

/** Lets some time of the app pass: as much as its generator `steps` needs for a few values. */
export async function someSteps(server: Server): Promise<void> {
  await using client = await connect(server);
  await client.predict("/steps", [crypto.randomUUID(), STEPS]);
}

/**
 * Resolves when the generator `steps` has provably stopped: it takes no step while another one takes
 * some, and did not reach its end. (Old servers keep what they have stopped, and never leave it.)
 */
export async function expectStopped(server: Server, tag: string): Promise<void> {
  await until("the generator stands still", async () => {
    const { length } = await facts(server, tag);
    await someSteps(server);
    return (await facts(server, tag)).length === length;
  });
  expect(await facts(server, tag)).not.toContain("done");
}
