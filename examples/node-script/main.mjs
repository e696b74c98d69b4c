/** Calls an app, and streams from it: `node main.mjs [address]`. */
import { argv } from "node:process";
import { Client, GradioError } from "@gradio-kit/client";

const [, , src = "http://127.0.0.1:7860"] = argv;

async function main() {
  const client = await Client.connect(src);
  try {
    console.log(await client.predict("/greet", { name: "Ada", times: 2 }));
    for await (const value of client.submit("/count", { steps: 3 })) console.log(value);
  } finally {
    // After it the process can end.
    await client.close();
  }
}

try {
  await main();
} catch (error) {
  // The library's own errors say what to do; for anything else the stack is needed.
  if (!(error instanceof GradioError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
