// Calls fail and nobody asks for their results: that must not end the process with an error.
import { Client } from "@gradio-kit/client";

const client = await Client.connect(process.argv[2] ?? "", { verbose: false });
const failing = [client.submit("/value_error"), client.submit("/unqueued_value_error")];
const cancelled = client.submit("/steps", [crypto.randomUUID(), 100]);
void cancelled.cancel();
while (!failing.every((job) => job.done()) || !cancelled.done()) {
  await new Promise((resolve) => setTimeout(resolve, 20));
}
console.log("still here");
await client.close();
