// A connect that fails leaves nothing behind that keeps the process alive.
import { Client } from "@gradio-kit/client";

const [, , src = "", timeout] = process.argv;
try {
  await Client.connect(src, { verbose: false, timeout: Number(timeout) });
} catch (error) {
  console.log(error.code);
}
