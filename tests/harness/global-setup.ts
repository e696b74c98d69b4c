import type { TestProject } from "vitest/node";
import { matrix } from "./matrix.js";
import type { Server, StartedServer } from "./server.js";

declare module "vitest" {
  interface ProvidedContext {
    servers: readonly Server[];
  }
}

/** Importing Gradio takes a core for several seconds: not all at once. */
const STARTING_AT_A_TIME = 2;

/** Starts every server of the matrix once for all test files; resolves with what ends them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const waiting = [...matrix()];
  const order = waiting.map(({ name }) => name);
  const started: StartedServer[] = [];
  const end = async () => {
    await Promise.all(started.map((server) => server.end()));
  };
  const startInTurn = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      started.push(await next.start());
    }
  };
  const results = await Promise.allSettled(Array.from({ length: STARTING_AT_A_TIME }, startInTurn));
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) {
    await end();
    throw failure.reason;
  }
  const servers = started.map(({ server }) => server);
  project.provide(
    "servers",
    servers.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
  );
  return end;
}
