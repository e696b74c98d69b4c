// Sends a large file and saves it again: says by how many megabytes the process grew.
import { stat } from "node:fs/promises";
import { Client, handleFile } from "@gradio-kit/client";

const [, , src = "", source = "", target = ""] = process.argv;
const client = await Client.connect(src, { verbose: false, downloadFiles: false });
const before = process.resourceUsage().maxRSS;
let last = 0;
const uploaded = await client.upload(handleFile(source), {
  onProgress: ({ loaded }) => {
    if (loaded < last) throw new Error("progress went back");
    last = loaded;
  },
});
const result = await client.predict("/echo_file", [uploaded]);
await result.save(target);
const { size } = await stat(target);
console.log(last === size ? "complete" : `progress ended at ${last} of ${size}`);
console.log(Math.round((process.resourceUsage().maxRSS - before) / 1024));
await client.close();
