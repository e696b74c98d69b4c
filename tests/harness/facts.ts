import { setTimeout as pause } from "node:timers/promises";
import type { AppName, Server } from "./server.js";

const DEADLINE_MILLISECONDS = 20_000;
const INTERVAL_MILLISECONDS = 50;

/** The address of a route of the app's API; asked for on every version alike. */
export async function apiAddress(server: Server, app: AppName = "main"): Promise<string> {
  const answer = await fetch(`${server.apps[app]}/config`);
  const { api_prefix = "" } = (await answer.json()) as { api_prefix?: string };
  return `${server.apps[app]}${api_prefix}`;
}

/** Calls a function of the test app without the client: what tests the client must not be it. */
async function call(server: Server, app: AppName, name: string, input: string): Promise<string> {
  const answer = await fetch(`${await apiAddress(server, app)}/run/${name}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ data: [input] }),
  });
  const { data } = (await answer.json()) as { data: [string] };
  return data[0];
}

/** What the server noted under this tag, in order. */
export async function facts(
  server: Server,
  tag: string,
  app: AppName = "main",
): Promise<unknown[]> {
  return JSON.parse(await call(server, app, "facts", tag)) as unknown[];
}

/** Lets a function of the server go on that waits at this gate, now or later. */
export async function openGate(server: Server, gate: string, app: AppName = "main"): Promise<void> {
  await call(server, app, "open_gate", gate);
}

/** Resolves when the server noted `fact`; rejects when it did not within a generous time. */
export async function untilFact(
  server: Server,
  tag: string,
  fact: unknown,
  app: AppName = "main",
): Promise<void> {
  await until(`the server notes ${JSON.stringify(fact)}`, async () =>
    (await facts(server, tag, app)).includes(fact),
  );
}

/** Asks again and again until the answer is yes, with a deadline. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + DEADLINE_MILLISECONDS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}.`);
    await pause(INTERVAL_MILLISECONDS);
  }
}
