/** The apps of the benchmark on `@gradio-kit/testing`: `node stub-server.js small=7860 large=7861`. */
import { chatbot, createGradioServer, endpoint, number, textbox } from "@gradio-kit/testing";
import type { Endpoint } from "@gradio-kit/testing";
import { greeting, largeAppEndpoints, longText, word } from "./expected.js";

const concurrencyLimit = null;

const greet = (apiName: string): Endpoint =>
  endpoint({
    apiName,
    concurrencyLimit,
    inputs: [textbox("name", { name: "name" })],
    outputs: [textbox("greeting")],
    run: greeting,
  });

const small: readonly Endpoint[] = [
  greet("greet"),
  endpoint({
    apiName: "count",
    concurrencyLimit,
    inputs: [number("steps", { name: "steps" })],
    outputs: [number("number")],
    run: function* (steps) {
      for (let step = 0; step < steps; step += 1) yield step;
    },
  }),
  endpoint({
    apiName: "chat",
    concurrencyLimit,
    inputs: [number("steps", { name: "steps" })],
    outputs: [chatbot("story")],
    run: function* (steps) {
      let text = "";
      for (let step = 0; step < steps; step += 1) {
        text += word(step);
        yield [
          { role: "user", content: "Tell me a story." },
          { role: "assistant", content: text },
        ];
      }
    },
  }),
  endpoint({
    apiName: "text",
    concurrencyLimit,
    inputs: [number("megabytes", { name: "megabytes" })],
    outputs: [textbox("text")],
    run: longText,
  }),
];

const large = Array.from({ length: largeAppEndpoints }, (_, index) => greet(`greet_${index}`));
const apps = new Map([
  ["small", small],
  ["large", large],
]);

for (const argument of process.argv.slice(2)) {
  const [name = "", port] = argument.split("=");
  await createGradioServer({ title: name, endpoints: apps.get(name) ?? [], port: Number(port) });
}
process.stdin.on("end", () => process.exit(0)).resume();
