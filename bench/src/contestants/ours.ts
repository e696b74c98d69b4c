import { join } from "node:path";
import { Client, GradioFile, handleFile } from "@gradio-kit/client";
import { nameOf } from "../expected.js";
import { settle, type Program, type Programs, type Task } from "../programs.js";

/** `@gradio-kit/client`, as its documentation says. */
export const programs: Programs = {
  connect: async ({ url }) => ({
    round: async (count) => {
      const values: number[] = [];
      for (let index = 0; index < count; index += 1) {
        const client = await Client.connect(url, { verbose: false });
        values.push(client.config.dependencies.length);
        await client.close();
      }
      return values;
    },
    end: () => undefined,
  }),

  calls: (task) =>
    withClient(task, async (client, count) => {
      const values: unknown[] = [];
      for (let index = 0; index < count; index += 1) {
        values.push(await client.predict("/greet", [nameOf(index)]));
      }
      return values;
    }),

  "at-once": (task) =>
    withClient(task, (client, count) => {
      const indices = Array.from({ length: count }, (_, index) => index);
      return settle(indices.map((index) => client.predict("/greet", [nameOf(index)])));
    }),

  numbers: (task) => withClient(task, (client, count) => everyValue(client, "/count", count)),

  chat: (task) => withClient(task, (client, count) => everyValue(client, "/chat", count)),

  text: (task) =>
    withClient(task, async (client, megabytes) => [await client.predict("/text", [megabytes])]),

  upload: (task) =>
    withClient(task, async (client) => [
      await client.predict("/measure", [handleFile(task.file?.path ?? "")]),
    ]),

  download: (task) =>
    withClient(task, async (client) => {
      const file = await client.predict("/file", [task.file?.name]);
      return [file instanceof GradioFile ? file.path : file];
    }),

  save: (task) =>
    withClient({ ...task, folder: undefined }, async (client) => {
      const file = await client.predict("/file", [task.file?.name]);
      return [file instanceof GradioFile ? await file.save(join(task.folder, "saved")) : file];
    }),
};

async function withClient(
  { url, folder }: Pick<Task, "url"> & { readonly folder: string | undefined },
  round: (client: Client, count: number) => Promise<readonly unknown[]>,
): Promise<Program> {
  const client = await Client.connect(url, { verbose: false, downloadFiles: folder ?? false });
  return { round: (count) => round(client, count), end: () => client.close() };
}

async function everyValue(client: Client, endpoint: string, count: number): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of client.submit(endpoint, [count])) values.push(value);
  return values;
}
