// Gives up connecting; the process must end by itself.
import { Client } from "@gradio-kit/client";

const [, , src = ""] = process.argv;
const controller = new AbortController();
const connecting = Client.connect(src, { verbose: false, signal: controller.signal });
setTimeout(() => controller.abort(new Error("had enough")), 100);
console.log(await connecting.catch((error) => error.message));
