// Leaves everything as it is at the worst moment: the process must end by itself.
import { Client } from "@gradio-kit/client";

const [, , src = "", tag] = process.argv;
const client = await Client.connect(src, { verbose: false });
const job = client.submit("/steps", [tag, 100]);
const waiting = client.submit("/hold_one_at_a_time", [tag]);
console.log(await job.first());
await client.close();
for (const { result } of [job, waiting].map((job) => ({ result: job.result() }))) {
  console.log(await result.catch((error) => error.code));
}
