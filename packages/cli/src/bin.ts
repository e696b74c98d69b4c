import { CommanderError } from "commander";
import { createProgram } from "./program.js";

const program = createProgram();

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = await exitCodeFor(error);
}

async function exitCodeFor(error: unknown): Promise<number> {
  // Commander has said what is wrong itself, or has shown the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  // Only here: it knows the client's errors, which `--help` must not wait for.
  const { reportFailure } = await import("./failure/failure.js");
  return reportFailure(error, {
    verbose: process.argv.some((word) => word === "--verbose" || word === "-v"),
    // Only the command that ran has any.
    words: program.commands.flatMap(({ args }) => args),
  });
}
