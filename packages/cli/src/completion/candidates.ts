import type { AppDescription, EndpointDescription } from "./app-description.js";

/** One way to go on. */
interface Candidate {
  readonly value: string;
  readonly about?: string;
}

/** What may stand where the cursor is: one of these, or a path of a file. */
export type Completion = readonly Candidate[] | "files";

/** The words of a command, as far as completion needs to know them. */
export interface CommandWords {
  readonly name: string;
  readonly about: string;
  /** How many words it takes before its inputs: `<app>`, `<endpoint>`. */
  readonly takes: readonly ("app" | "endpoint" | "input" | "shell")[];
  readonly options: readonly {
    readonly flag: string;
    readonly about: string;
    readonly takesValue: boolean;
  }[];
}

/** Where apps are looked up. */
export interface Apps {
  known(): Promise<readonly string[]>;
  describe(app: string): Promise<AppDescription | undefined>;
}

/**
 * How a command line can go on.
 *
 * @param words those after the program's name; the last one is being typed, and may be empty.
 */
export async function candidates(
  words: readonly string[],
  commands: readonly CommandWords[],
  apps: Apps,
): Promise<Completion> {
  const [name = "", ...rest] = words;
  if (rest.length === 0)
    return matching(
      commands.map(({ name, about }) => ({ value: name, about })),
      name,
    );
  const command = commands.find((known) => known.name === name);
  if (command === undefined) return [];
  const current = rest.at(-1) ?? "";
  const { before, pending } = operands(rest.slice(0, -1), command);
  if (pending) return "files";
  if (current.startsWith("-")) {
    const flags = command.options.map(({ flag, about }) => ({ value: flag, about }));
    return matching(flags, current);
  }
  const place = command.takes[Math.min(before.length, command.takes.length - 1)];
  if (before.length >= command.takes.length && place !== "input") return [];
  if (place === "shell")
    return matching(
      ["bash", "zsh", "fish"].map((value) => ({ value })),
      current,
    );
  const [app] = before;
  if (place === "app" || app === undefined) {
    return matching(
      (await apps.known()).map((value) => ({ value })),
      current,
    );
  }
  const description = await apps.describe(app);
  return inApp(description?.endpoints ?? [], before.slice(1), current, command);
}

function inApp(
  endpoints: readonly EndpointDescription[],
  given: readonly string[],
  current: string,
  { takes }: CommandWords,
): Completion {
  const names = endpoints.map(({ name, about }) => ({ value: name, about }));
  if (given.length === 0 && !takes.includes("input")) return matching(names, current);
  const [only, ...others] = endpoints;
  const first = given[0];
  const named = endpoints.find(({ name }) => name === first || name === `/${first}`);
  const endpoint = named ?? (others.length === 0 ? only : undefined);
  if (endpoint === undefined) return matching(names, current);
  const completion = inputsOf(endpoint, given, current);
  if (completion === "files" || given.length > 0) return completion;
  return [...matching(names, current), ...completion];
}

/** `key=` for what was not given yet, and behind it the values there are. */
function inputsOf(
  { parameters }: EndpointDescription,
  given: readonly string[],
  current: string,
): Completion {
  const [, key, operator] = /^([^=]+?)(:=|=@|=)/.exec(current) ?? [];
  const parameter = parameters.find(({ name }) => name === key);
  if (operator === "=@") return "files";
  if (parameter !== undefined && operator === "=") {
    if (parameter.file) return matching([{ value: `${key}=@` }], current);
    return matching(
      parameter.values.map((value) => ({ value: `${key}=${value}` })),
      current,
    );
  }
  const open = parameters.filter(({ name }) => !given.some((word) => word.startsWith(`${name}=`)));
  return matching(
    open.map(({ name, about, file }) => ({ value: `${name}=${file ? "@" : ""}`, about })),
    current,
  );
}

/** The words that are no options, and whether the word that is typed is the value of one. */
function operands(
  words: readonly string[],
  { options }: CommandWords,
): { readonly before: readonly string[]; readonly pending: boolean } {
  const before: string[] = [];
  let pending = false;
  for (const word of words) {
    if (pending) pending = false;
    else if (word.startsWith("-")) {
      pending = options.some(({ flag, takesValue }) => flag === word && takesValue);
    } else before.push(word);
  }
  return { before, pending };
}

const matching = (all: readonly Candidate[], current: string): Candidate[] =>
  all.filter(({ value }) => value.startsWith(current));
