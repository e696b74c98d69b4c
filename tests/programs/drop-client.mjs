// Calls an app with State, and forgets to close: the heartbeat must not keep the process alive.
import { Client } from "@gradio-kit/client";

const [, , src = ""] = process.argv;
const client = await Client.connect(src, { verbose: false });
console.log(await client.predict("/increment"));
