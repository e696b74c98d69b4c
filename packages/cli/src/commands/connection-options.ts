import { type Command, InvalidArgumentError, Option } from "commander";

/** How an app is reached: what every command that connects to one can be told. */
export interface ConnectionWords {
  /** `false`: none, not even the one that this machine keeps. */
  readonly token?: string | false;
  /** Name of the user; the password never stands on the command line. */
  readonly auth?: string;
  readonly header?: readonly string[];
  readonly cookie?: readonly string[];
  readonly proxy?: string;
  readonly insecure?: boolean;
  /** Seconds. */
  readonly timeout?: number;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
}

/**
 * Adds the options that say how an app is reached.
 *
 * @param target `"hub"`: only the Hub is asked, to which nothing of an app goes.
 */
export function withConnectionOptions(command: Command, target: "app" | "hub" = "app"): void {
  const group = "Connection:";
  const add = (flags: string, description: string, parse?: (text: string) => unknown): void => {
    const option = new Option(flags, description).helpGroup(group);
    command.addOption(parse === undefined ? option : option.argParser(parse));
  };
  const addList = (flags: string, description: string): void => {
    command.addOption(new Option(flags, description).helpGroup(group).argParser(collect));
  };
  add("--token <token>", "Hugging Face token (default: HF_TOKEN, or what this machine keeps)");
  add("--no-token", "use no token");
  if (target === "app") {
    add("--auth <user>", "log in to the app; asks for the password, or GRADIO_KIT_PASSWORD has it");
    addList("--header <name: value>", "sent with every request; can be repeated");
    addList("--cookie <name=value>", "sent with every request; can be repeated");
  }
  add("--proxy <address>", "the proxy to go through (default: HTTP_PROXY, HTTPS_PROXY)");
  add("--insecure", "accept any certificate");
  add("--timeout <seconds>", "most time for connecting, and for a call", seconds);
  add("-q, --quiet", "nothing on stderr but errors");
  add("-v, --verbose", "say more on stderr, errors with their stack");
}

/** Gathers the values of an option that can be repeated. */
export const collect = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  text,
];

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("It must be a number of seconds above 0.");
}
