import type { Command } from "commander";
import { type ConnectionWords, withConnectionOptions } from "./connection-options.js";

/** What `gradio-kit info` can be told. */
export interface InfoWords extends ConnectionWords {
  readonly json?: boolean;
  readonly all?: boolean;
}

const help = `
Examples:
  gradio-kit info http://127.0.0.1:7860
  gradio-kit info user/space /predict
  gradio-kit info http://127.0.0.1:7860 --json`;

/** `gradio-kit info`: shows what can be called. */
export function addInfo(program: Command): void {
  const command = program
    .command("info")
    .description("show the endpoints of an app, or one of them")
    .argument("<app>", "address of the app, or Space id (user/name)")
    .argument("[endpoint]", "name or number of one endpoint")
    .option("--json", "print JSON")
    .option("--all", "also endpoints that the app does not list")
    .addHelpText("after", help)
    .action(async (app: string, endpoint: string | undefined, options: InfoWords) => {
      const { info } = await import("../run/info.js");
      await info(app, endpoint, options);
    });
  withConnectionOptions(command);
}
