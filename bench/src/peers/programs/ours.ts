/** `@gradio-kit/client` at a task: node ours.js <task> */
import { Client, GradioFile, handleFile, type Job } from "@gradio-kit/client";
import type { Call, Task } from "../task.js";
import { play } from "./play.js";

await play(async (task) => {
  const { url, folder, limit, download, calls } = task;
  const client = await Client.connect(url, {
    verbose: false,
    downloadFiles: download === "at once" ? folder : false,
    ...(limit !== undefined && calls.length === 0 ? { timeout: limit } : {}),
  });
  return {
    call: (call, hear) => {
      const job = submit(client, call, task);
      return { result: resultOf(job, call, hear), cancel: () => job.cancel() };
    },
    close: () => client.close(),
  };
});

function submit(client: Client, { endpoint, inputs, upload }: Call, { limit }: Task): Job {
  const sent = upload === undefined ? inputs : [handleFile(new Blob([upload]), { name: "a.txt" })];
  return client.submit(endpoint, sent, limit === undefined ? {} : { timeout: limit });
}

async function resultOf(job: Job, call: Call, hear: (value: unknown) => void): Promise<unknown> {
  const values: unknown[] = [];
  for await (const value of job) {
    values.push(value);
    hear(value);
  }
  if (call.wants === "values") return values;
  const value = await job.result();
  return value instanceof GradioFile ? await value.text() : value;
}
