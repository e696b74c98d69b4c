import { Client } from "@gradio/client";
import { tell } from "./tell.js";

const client = await Client.connect(process.argv[2] ?? "");
const { data } = await client.predict("/greet", ["first"]);
tell((data as readonly unknown[])[0]);
client.close();
