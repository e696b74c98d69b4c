import {
  createGradioServer,
  endpoint,
  file,
  GradioError,
  number,
  state,
  textbox,
  validate,
  type GradioServer,
} from "@gradio-kit/testing";

/** A small app that the official clients are driven against. */
export function startTourApp(): Promise<GradioServer> {
  const total = state(0);
  return createGradioServer({
    title: "tour",
    endpoints: [
      endpoint({
        apiName: "greet",
        inputs: [
          textbox("Name", { name: "name", value: "World" }),
          number("Times", { name: "times", value: 2 }),
        ],
        outputs: [textbox("Greeting")],
        run: (name, times) => Array.from({ length: times }, () => `Hello ${name}!`).join(" "),
      }),
      endpoint({
        apiName: "count",
        inputs: [number("Steps", { name: "steps" })],
        outputs: [textbox("Counted"), number("Step")],
        run: async function* (steps, { progress }) {
          for (let step = 1; step <= steps; step += 1) {
            progress([step, steps]);
            await new Promise((resolve) => setTimeout(resolve, 20));
            yield ["x".repeat(step), step];
          }
        },
      }),
      endpoint({
        apiName: "shout",
        inputs: [file("File", { name: "file" })],
        outputs: [file("Louder")],
        run: async (given, context) => {
          const text = Buffer.from(await context.readFile(given)).toString();
          return context.createFile(text.toUpperCase(), `loud ${given.orig_name} #1.txt`);
        },
      }),
      endpoint({
        apiName: "tally",
        inputs: [number("Step", { name: "step" }), total],
        outputs: [number("Total"), total],
        run: (step, before) => [before + step, before + step],
      }),
      endpoint({
        apiName: "fail",
        inputs: [],
        outputs: [textbox()],
        run: () => {
          throw new GradioError("out of ink", { title: "Printer", duration: 3 });
        },
      }),
      endpoint({
        apiName: "checked",
        inputs: [textbox("Word", { name: "word" })],
        outputs: [textbox()],
        run: (word) => word,
        validator: (word) => validate(word.length > 3, "too short"),
      }),
      endpoint({
        apiName: "forever",
        inputs: [],
        outputs: [number("Number")],
        run: async function* () {
          for (let value = 1; ; value += 1) {
            yield value;
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        },
      }),
    ],
  });
}
