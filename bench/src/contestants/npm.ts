import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { Client, handle_file } from "@gradio/client";
import { nameOf } from "../expected.js";
import { settle, type Program, type Programs, type Task } from "../programs.js";

/** `@gradio/client`, as its documentation says. */
export const programs: Programs = {
  connect: async ({ url }) => ({
    round: async (count) => {
      const values: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const client = await Client.connect(url);
        const { named_endpoints: named } = await client.view_api();
        values.push(Object.keys(named).length);
        client.close();
      }
      return values;
    },
    end: () => undefined,
  }),

  calls: (task) =>
    withClient(task, async (client, count) => {
      const values: unknown[] = [];
      for (let index = 0; index < count; index += 1) {
        values.push(await first(client, "/greet", nameOf(index)));
      }
      return values;
    }),

  "at-once": (task) =>
    withClient(task, (client, count) => {
      const indices = Array.from({ length: count }, (_, index) => index);
      return settle(indices.map((index) => first(client, "/greet", nameOf(index))));
    }),

  numbers: (task) => withClient(task, (client, count) => everyValue(client, "/count", count)),

  chat: (task) => withClient(task, (client, count) => everyValue(client, "/chat", count)),

  text: (task) =>
    withClient(task, async (client, megabytes) => [await first(client, "/text", megabytes)]),

  upload: (task) =>
    withClient(task, async (client) => [
      await first(client, "/measure", handle_file(task.file?.path ?? "")),
    ]),

  download,
  save: download,
};

/** It hands over an address; getting what is there is left to its users. */
function download(task: Task): Promise<Program> {
  return withClient(task, async (client) => {
    const file = (await first(client, "/file", task.file?.name)) as { readonly url: string };
    const { body } = await fetch(file.url);
    const path = join(task.folder, "downloaded");
    await pipeline(Readable.fromWeb(body as ReadableStream), createWriteStream(path));
    return [path];
  });
}

async function withClient(
  { url }: Task,
  round: (client: Client, count: number) => Promise<readonly unknown[]>,
): Promise<Program> {
  const client = await Client.connect(url, { events: ["data", "status"] });
  return { round: (count) => round(client, count), end: () => client.close() };
}

async function first(client: Client, endpoint: string, input: unknown): Promise<unknown> {
  const { data } = await client.predict(endpoint, [input]);
  return (data as readonly unknown[])[0];
}

async function everyValue(client: Client, endpoint: string, count: number): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const event of client.submit(endpoint, [count])) {
    if (event.type === "data") values.push((event.data as readonly unknown[])[0]);
    else if (event.type === "status" && event.stage === "complete") break;
  }
  // The last value comes a second time when the call is complete.
  return values.slice(0, -1);
}
