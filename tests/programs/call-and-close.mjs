// Connects, calls, and closes: the process must then end by itself.
import { Client } from "@gradio-kit/client";

const client = await Client.connect(process.argv[2] ?? "", { verbose: false });
console.log(await client.predict("/increment"));
const job = client.submit("/count", [3]);
for await (const value of job) console.log(value);
await client.close();
await client.close();
