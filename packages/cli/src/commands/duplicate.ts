import { type Command, InvalidArgumentError } from "commander";
import { collect, type ConnectionWords, withConnectionOptions } from "./connection-options.js";

/** What `gradio-kit duplicate` can be told. */
export interface DuplicateWords extends ConnectionWords {
  readonly public?: boolean;
  readonly hardware?: string;
  readonly secret?: readonly string[];
  readonly variable?: readonly string[];
  /** Minutes. */
  readonly sleep?: number;
  readonly json?: boolean;
}

const help = `
It waits until the copy runs, half an hour at most. A copy that is there already is used. The token
needs the right to write. Hardware other than cpu-basic can cost money.

Examples:
  gradio-kit duplicate user/space
  gradio-kit duplicate user/space my-copy --hardware t4-small --sleep 15 --secret API_KEY`;

/** `gradio-kit duplicate`: makes a copy of a Space. */
export function addDuplicate(program: Command): void {
  const command = program
    .command("duplicate")
    .description("make a copy of a Space in your own account")
    .argument("<space>", "Space id (user/name)")
    .argument("[name]", "name or id of the copy (default: the name of the Space)")
    .option("--public", "for everybody (default: private)")
    .option("--hardware <name>", "what the copy runs on (default: what the Space runs on)")
    .option("--secret <name>", "a secret, from the variable of this name; can be repeated", collect)
    .option("--variable <name=value>", "a variable of the copy; can be repeated", collect)
    .option("--sleep <minutes>", "asleep after so long without a request (default: 5)", minutes)
    .option("--json", "print JSON")
    .addHelpText("after", help)
    .action(async (space: string, name: string | undefined, options: DuplicateWords) => {
      const { duplicate } = await import("../run/duplicate.js");
      await duplicate(space, name, options);
    });
  withConnectionOptions(command, "hub");
}

function minutes(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be a number of minutes above 0.");
}
