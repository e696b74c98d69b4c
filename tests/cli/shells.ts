import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { doWithout, findProgram } from "../../scripts/debian.mjs";

/** A shell that completes with Tab, as somebody has set it up. */
export interface Shell {
  readonly name: string;
  /** Where it is; `undefined` when this machine does not have it, which `npm test` says at its end. */
  readonly program: string | undefined;
  /** How it is started, once its files are there. */
  readonly start: string;
  /** Writes its files below a home directory: a prompt of `$`, and the script where it belongs. */
  prepare(home: string, script: string): Promise<void>;
}

async function find(name: string): Promise<string | undefined> {
  const program = await findProgram(name);
  if (program === undefined) doWithout(name);
  return program;
}

const bash: Shell = {
  name: "bash",
  program: await find("bash"),
  start: 'bash --noprofile --rcfile "$HOME/.bashrc" -i',
  prepare: (home, script) => writeFile(join(home, ".bashrc"), `PS1='$ '\n${script}\nclear\n`),
};

const zsh: Shell = {
  name: "zsh",
  program: await find("zsh"),
  // Without the files of the machine.
  start: "zsh -d -i",
  prepare: (home, script) => {
    // It trusts whoever owns the directories, and keeps no list of what it found in them.
    const completion = "autoload -Uz compinit && compinit -u -D";
    return writeFile(join(home, ".zshrc"), `PS1='$ '\n${completion}\n${script}\nclear\n`);
  },
};

const fish: Shell = {
  name: "fish",
  program: await find("fish"),
  start: "fish -i",
  prepare: async (home, script) => {
    const configuration = join(home, ".config", "fish");
    await mkdir(join(configuration, "completions"), { recursive: true });
    await writeFile(join(configuration, "completions", "gradio-kit.fish"), script);
    const prompt = "function fish_prompt; echo -n '$ '; end";
    const settings = `set -g fish_greeting\nset -g fish_autosuggestion_enabled 0\n${prompt}\nclear\n`;
    await writeFile(join(configuration, "config.fish"), settings);
    // Where this is, it does not read the manual pages of the whole machine first.
    await mkdir(join(home, ".local", "share", "fish", "generated_completions"), {
      recursive: true,
    });
  },
};

/** All for which there is a script. */
export const shells: readonly Shell[] = [bash, zsh, fish];
