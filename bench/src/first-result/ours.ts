import { Client } from "@gradio-kit/client";
import { tell } from "./tell.js";

const client = await Client.connect(process.argv[2] ?? "", { verbose: false });
tell(await client.predict("/greet", ["first"]));
await client.close();
