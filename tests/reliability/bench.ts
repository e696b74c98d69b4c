import { Client } from "@gradio-kit/client";
import type { ClientOptions } from "@gradio-kit/client";
import { createFaultProxy } from "@gradio-kit/testing";
import type { FaultProxy } from "@gradio-kit/testing";
import { expect } from "vitest";
import { facts, openGate, until } from "../harness/facts.js";
import type { AppName, Server } from "../harness/server.js";

/** A server behind a proxy that does damage, and a client of it. */
export interface Bench {
  readonly server: Server;
  readonly proxy: FaultProxy;
  readonly client: Client;
  /** Names the facts and gates of one test. */
  readonly tag: string;
  /** Lets the function go on that waits at this test's gate. */
  open(gate?: string): Promise<void>;
  /** How often a function has noted that it started. */
  starts(): Promise<number>;
  /** How many requests there were whose path contains this. */
  count(part: string): number;
}

/** Short pauses: what is tested is that there are retries, not how long they wait. */
const retry = { attempts: 4, minDelay: 20, maxDelay: 2000 };

/** Runs a test on a bench and looks that nothing is left open when its client is closed. */
export async function withBench(
  server: Server,
  test: (bench: Bench) => Promise<void>,
  options: ClientOptions & { readonly app?: AppName } = {},
): Promise<void> {
  const { app = "main", ...rest } = options;
  await using proxy = await createFaultProxy({ target: server.apps[app] });
  const client = await Client.connect(proxy.url, { verbose: false, retry, ...rest });
  const tag = crypto.randomUUID();
  try {
    await test({
      server,
      proxy,
      client,
      tag,
      open: (gate = tag) => openGate(server, gate),
      starts: async () => (await facts(server, tag)).filter((fact) => fact === "started").length,
      count: (part) => proxy.requests.filter(({ path }) => path.includes(part)).length,
    });
  } finally {
    await openGate(server, tag);
    await client.close();
  }
  await until("no connection is left", () => proxy.connections === 0);
}

/** That the client of a bench is as good as new. */
export async function expectToWork({ client, proxy }: Bench): Promise<void> {
  proxy.heal();
  expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
}
