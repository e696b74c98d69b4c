import { readFileSync } from "node:fs";
import { Command } from "commander";
import type { InfoOptions } from "./commands/info.js";
import type { PredictOptions } from "./commands/predict.js";

const infoExamples = `
Examples:
  gradio-kit info http://127.0.0.1:7860
  gradio-kit info user/space /predict
  gradio-kit info http://127.0.0.1:7860 --json`;

const predictExamples = `
Values:
  key=value     typed as the endpoint says: a text, a number, true or false, or JSON
  key:=json     JSON, whatever the endpoint says
  key=@path     the file at this path
  Repeat a key to give a list.

Examples:
  gradio-kit predict http://127.0.0.1:7860 /greet name=Ada times=2
  gradio-kit predict http://127.0.0.1:7860 /invert image=@picture.png --output results
  gradio-kit predict user/space options:='{"seed": 1}' --json

Exit codes: 0 done, 1 the app failed, 2 wrong usage, 3 no usable answer, 4 login or token
missing, 5 queue full or quota used up, 130 stopped with Ctrl-C.`;

/**
 * The commands and their options. What a command does is loaded when it runs: `--help` waits for
 * nothing but this file and commander.
 */
export function createProgram(): Command {
  const program = new Command("gradio-kit")
    .description("Use any Gradio app from the command line.")
    .version(readVersion(), "--version")
    .exitOverride()
    .showHelpAfterError("(gradio-kit --help shows how to use it)");

  program
    .command("info")
    .description("show the endpoints of an app, or one of them")
    .argument("<app>", "address of the app, or Space id (user/name)")
    .argument("[endpoint]", "name or number of one endpoint")
    .option("--json", "print JSON")
    .option("--all", "also endpoints that the app does not list")
    .option("--verbose", "say more on stderr, errors with their stack")
    .addHelpText("after", infoExamples)
    .action(async (app: string, endpoint: string | undefined, options: InfoOptions) => {
      const { info } = await import("./commands/info.js");
      await info(app, endpoint, options);
    });

  program
    .command("predict")
    .description("call an endpoint and print its result")
    .argument("<app>", "address of the app, or Space id (user/name)")
    .argument("[arguments...]", "the endpoint, unless the app has only one, then key=value ...")
    .option("--json", "print JSON")
    .option("-o, --output <dir>", "save result files in this directory")
    .option("--verbose", "say more on stderr, errors with their stack")
    .addHelpText("after", predictExamples)
    .action(async (app: string, words: string[], options: PredictOptions) => {
      const { predict } = await import("./commands/predict.js");
      await predict(app, words, options);
    });

  return program;
}

function readVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
