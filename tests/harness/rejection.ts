import { expect } from "vitest";

/** What a promise rejects with; resolving fails the test. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  let value: unknown;
  try {
    value = await promise;
  } catch (error) {
    return error;
  }
  return expect.unreachable(`resolved with ${JSON.stringify(value)}`);
}

/** What a function throws; returning fails the test. */
export function thrown(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return expect.unreachable("returned");
}
