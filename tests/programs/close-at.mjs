// Closes a client at one moment of its life, twice, and says what is left of it. The process must
// then end by itself.
import { getEventListeners } from "node:events";
import { setImmediate as turn } from "node:timers/promises";
import { Client, handleFile } from "@gradio-kit/client";

const [, , src = "", moment = "", tag = ""] = process.argv;
const { signal } = new AbortController();
const file = handleFile(new Blob(["0123456789".repeat(1000)]), { name: "a.txt" });

/** @type {Record<string, (client: Client) => unknown>} */
const moments = {
  idle: (client) => client.predict("/greet", ["Ada"], { signal }),
  unused: () => undefined,
  own: (client) => client.predict("/greet", ["Ada"], { session: "own", signal }),
  reset: async (client) => {
    await client.predict("/greet", ["Ada"], { signal });
    client.resetSession();
  },
  // The wait is over, the call goes on: it has been sent, and perhaps not taken.
  waiting: (client) =>
    client
      .submit("/hold", [tag], { signal })
      .result({ timeout: 200 })
      .catch(() => undefined),
  joining: (client) => client.submit("/hold", [tag], { signal }),
  running: (client) => untilRunning(client.submit("/hold", [tag], { signal })),
  iterating: (client) => client.submit("/steps", [tag, 100], { signal }).first(),
  uploading: (client) => {
    client.submit("/describe_file", [file], { signal });
    client.upload(file, { signal }).catch(() => undefined);
  },
};

/** @param {import("@gradio-kit/client").Job} job */
async function untilRunning(job) {
  for await (const { type } of job.updates()) if (type === "started") return;
}

const client = await Client.connect(src, { verbose: false });
await moments[moment]?.(client);
await Promise.all([client.close(), client.close()]);
await client.close();
// What has been closed is gone a turn or two later.
for (let count = 0; count < 5; count += 1) await turn();
const output = new Set(["PipeWrap", "TTYWrap", "FSReqCallback"]);
const left = process.getActiveResourcesInfo().filter((name) => !output.has(name));
console.log(JSON.stringify([...left, ...getEventListeners(signal, "abort")]));
