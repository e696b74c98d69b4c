import { readFileSync } from "node:fs";
import { Command } from "commander";
import { addCodegen } from "./commands/codegen.js";
import { addCompletion } from "./commands/completion.js";
import { addDuplicate } from "./commands/duplicate.js";
import { addInfo } from "./commands/info.js";
import { addPredict } from "./commands/predict.js";
import { addStatus } from "./commands/status.js";

/** In the order of the help. */
const commands = [addInfo, addPredict, addCodegen, addStatus, addDuplicate, addCompletion];

/**
 * The commands and their options. What a command does is loaded when it runs: `--help` waits for
 * nothing but these few files and commander.
 */
export function createProgram(): Command {
  const program = new Command("gradio-kit")
    .description("Use any Gradio app from the command line.")
    .version(readVersion(), "--version")
    .exitOverride()
    .configureOutput({
      // As all errors are told.
      outputError: (text, write) => write(text.replace(/^error: /, "gradio-kit: ")),
    })
    .showHelpAfterError("  hint:  gradio-kit --help shows how to use it.");
  for (const add of commands) add(program);
  for (const command of program.commands) {
    command.showHelpAfterError(`  hint:  gradio-kit ${command.name()} --help shows how to use it.`);
  }
  return program;
}

function readVersion(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
