import type { Command } from "commander";
import { type ConnectionWords, withConnectionOptions } from "./connection-options.js";

/** What `gradio-kit codegen` can be told. */
export interface CodegenWords extends ConnectionWords {
  readonly output?: string;
  readonly check?: boolean;
  readonly all?: boolean;
}

const help = `
Examples:
  gradio-kit codegen user/space -o src/app.ts
  gradio-kit codegen user/space -o src/app.ts --check

  import { Client } from "@gradio-kit/client";
  import type { App } from "./app.js";
  const client = await Client.connect<App>("user/space");

Exit codes: 1 when --check finds that the file no longer matches the app.`;

/** `gradio-kit codegen`: writes the types of an app. */
export function addCodegen(program: Command): void {
  const command = program
    .command("codegen")
    .description("write the types of an app, for calls that TypeScript checks")
    .argument("<app>", "address of the app, or Space id (user/name)")
    .option("-o, --output <file>", "the file to write (default: stdout)")
    .option("--check", "write nothing: compare the file with the app, and show what is different")
    .option("--all", "also endpoints that the app does not list")
    .addHelpText("after", help)
    .action(async (app: string, options: CodegenWords) => {
      const { codegen } = await import("../run/codegen.js");
      await codegen(app, options);
    });
  withConnectionOptions(command);
}
