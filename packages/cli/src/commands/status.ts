import type { Command } from "commander";
import { type ConnectionWords, withConnectionOptions } from "./connection-options.js";

/** What `gradio-kit status` can be told. */
export interface StatusWords extends ConnectionWords {
  readonly json?: boolean;
}

/** `gradio-kit status`: how a Space is doing. */
export function addStatus(program: Command): void {
  const command = program
    .command("status")
    .description("tell how a Space is doing, without waking it")
    .argument("<space>", "Space id (user/name)")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExit codes: 0 it runs or can be woken, 3 it cannot be used now.")
    .action(async (space: string, options: StatusWords) => {
      const { status } = await import("../run/status.js");
      await status(space, options);
    });
  withConnectionOptions(command, "hub");
}
