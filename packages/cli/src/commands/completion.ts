import { Argument, type Command } from "commander";
import type { CommandWords } from "../completion/candidates.js";

const help = `
Examples:
  eval "$(gradio-kit completion bash)"                                         in ~/.bashrc
  eval "$(gradio-kit completion zsh)"                                          in ~/.zshrc
  gradio-kit completion fish > ~/.config/fish/completions/gradio-kit.fish

It knows the endpoints of the app that is typed, their inputs and choices. What it learnt of an app
is kept for ten minutes.`;

/** `gradio-kit completion`: the script for a shell, and the hidden command that the script asks. */
export function addCompletion(program: Command): void {
  program
    .command("completion")
    .description("print the completion script for a shell")
    .addArgument(new Argument("<shell>").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", help)
    .action(async (shell: string) => {
      const { completion } = await import("../run/completion.js");
      completion(shell);
    });
  program
    .command("__complete", { hidden: true })
    .argument("<shell>")
    .argument("[words...]")
    .action(async (shell: string, words: string[]) => {
      const { complete } = await import("../run/complete.js");
      await complete(shell, words, commandWords(program));
    });
}

const places: Readonly<Record<string, CommandWords["takes"]>> = {
  predict: ["app", "endpoint", "input"],
  info: ["app", "endpoint"],
  completion: ["shell"],
};

/** The commands as completion sees them: just what the help shows. */
function commandWords(program: Command): CommandWords[] {
  return program.commands
    .filter((command) => !command.name().startsWith("_"))
    .map((command) => ({
      name: command.name(),
      about: command.description(),
      takes: places[command.name()] ?? ["app"],
      options: command.options.map(({ long, short, description, required }) => ({
        flag: long ?? short ?? "",
        about: description,
        takesValue: required,
      })),
    }));
}
