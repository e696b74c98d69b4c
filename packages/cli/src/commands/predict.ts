import type { Command } from "commander";
import { type ConnectionWords, withConnectionOptions } from "./connection-options.js";

/** What `gradio-kit predict` can be told beside the app and its inputs. */
export interface PredictWords extends ConnectionWords {
  readonly input?: string;
  readonly output?: string;
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly session?: string;
}

const help = `
Values:
  key=value     typed as the endpoint says: a text, a number, true or false, or JSON
  key:=json     JSON, whatever the endpoint says
  key=@path     the file at this path; for a text its content; @- is standard input
  '{"key": 1}'  all inputs at once, as JSON; or @path, or @-
  Repeat a key to give a list (images=@a.png images=@b.png). In a terminal it asks for what is
  missing.

Examples:
  gradio-kit predict http://127.0.0.1:7860 /greet name=Ada times=2
  gradio-kit predict http://127.0.0.1:7860 /invert image=@picture.png --output results
  gradio-kit predict http://127.0.0.1:7860 /invert image=@picture.png --raw > inverted.png
  gradio-kit predict user/space options:='{"seed": 1}' --json

Exit codes: 0 done, 1 the app failed, 2 wrong usage, 3 no usable answer, 4 login or token
missing, 5 queue full or quota used up, 130 stopped with Ctrl-C.`;

/** `gradio-kit predict`: calls an endpoint. */
export function addPredict(program: Command): void {
  const command = program
    .command("predict")
    .description("call an endpoint and print its result")
    .argument("<app>", "address of the app, or Space id (user/name)")
    .argument("[arguments...]", "the endpoint, unless the app has only one, then key=value ...")
    .option("-i, --input <file>", "all inputs as JSON; - is standard input")
    .option("-o, --output <dir>", "save result files in this directory")
    .option("--json", "print JSON")
    .option("--raw", "print the last value to the letter: a text, or the content of a file")
    .option("--session <name>", "go on in this session: its State is kept between calls")
    .addHelpText("after", help)
    .action(async (app: string, words: string[], options: PredictWords) => {
      const { predict } = await import("../run/predict.js");
      await predict(app, words, options);
    });
  withConnectionOptions(command);
}
