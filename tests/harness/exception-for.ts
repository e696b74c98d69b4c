import { exceptions } from "../contract/exceptions.js";
import type { Exception } from "../contract/exceptions.js";
import type { Server } from "./server.js";

/** Why this server cannot do this scenario, if it cannot. */
export function exceptionFor(
  title: string,
  { name, version }: Pick<Server, "name" | "version">,
): Exception | undefined {
  // Our own server can do everything that there is a scenario for.
  if (name === "embedded") return undefined;
  return exceptions.find(
    ({ scenarios, before, from }) =>
      scenarios.includes(title) &&
      isBefore(version, before) &&
      (from === undefined || !isBefore(version, from)),
  );
}

/** Compares the numbers of two versions; `"4.9"` is before `"4.16.0"`. */
function isBefore(version: string, other: string): boolean {
  const [mine, others] = [version, other].map((text) => text.split(".").map(Number));
  for (const [index, number] of others?.entries() ?? []) {
    const difference = (mine?.[index] ?? 0) - number;
    if (difference !== 0) return difference < 0;
  }
  return false;
}
