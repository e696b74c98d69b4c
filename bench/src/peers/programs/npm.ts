/** npm's `@gradio/client` at a task: node npm.js <task> */
import { Client } from "@gradio/client";
import type { Call } from "../task.js";
import { play } from "./play.js";

await play(async ({ url, stop }) => {
  const client = await Client.connect(url, { events: ["data", "status"] });
  return {
    call: (call, hear) => {
      const inputs = call.upload === undefined ? [...call.inputs] : [new Blob([call.upload])];
      // `predict` cannot be stopped and knows one value.
      if (stop === undefined && call.wants !== "values") {
        return { result: lastValue(client, call, inputs), cancel: () => undefined };
      }
      const submission = client.submit(call.endpoint, inputs);
      return { result: everyValue(submission, call, hear), cancel: () => submission.cancel() };
    },
    close: () => client.close(),
  };
});

async function lastValue(client: Client, call: Call, inputs: unknown[]): Promise<unknown> {
  const result = await client.predict(call.endpoint, inputs);
  // There may be none, whatever its type says.
  const [value] = ((result as typeof result | undefined)?.data ?? []) as readonly unknown[];
  if (call.wants !== "file") return value;
  // It hands over an address; getting what is there is left to its users.
  const { url } = value as { readonly url: string };
  return await (await fetch(url)).text();
}

async function everyValue(
  submission: ReturnType<Client["submit"]>,
  call: Call,
  hear: (value: unknown) => void,
): Promise<unknown> {
  const values: unknown[] = [];
  for await (const event of submission) {
    if (event.type === "data") {
      const [value] = event.data as readonly unknown[];
      values.push(value);
      hear(value);
    }
    if (event.type !== "status") continue;
    if (event.stage === "error") {
      throw Object.assign(new Error(String(event.message)), { broken: event.broken });
    }
    if (event.stage === "complete") break;
  }
  if (call.wants !== "values") return values.at(-1);
  // The last value of a generator comes a second time when the call is complete.
  return values.length > 1 ? values.slice(0, -1) : values;
}
