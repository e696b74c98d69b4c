import { bashReply } from "../completion/bash.js";
import { candidates, type CommandWords } from "../completion/candidates.js";
import { knownApps } from "../completion/description-cache.js";
import { findDescription } from "../completion/find-description.js";
import { splitLine } from "../completion/split-line.js";

/** Prints how a command line can go on: what the script of a shell asks for. */
export async function complete(
  shell: string,
  typed: readonly string[],
  commands: readonly CommandWords[],
): Promise<void> {
  const [line = "", word = ""] = typed;
  // Bash hands over its line as it is: its own words are cut at every colon and equals sign.
  const words = shell === "bash" ? splitLine(line).slice(1) : typed;
  const completion = await candidates(words, commands, {
    known: knownApps,
    describe: findDescription,
  });
  const lines =
    shell === "bash"
      ? bashReply(completion, line, words.at(-1) ?? "", word)
      : completion === "files"
        ? [":files"]
        : completion.map(({ value, about }) => (about ? `${value}\t${about}` : value));
  process.stdout.write(lines.map((text) => `${text}\n`).join(""));
}
