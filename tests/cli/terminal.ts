import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import xterm from "@xterm/headless";

const bin = fileURLToPath(new URL("../../packages/cli/bin/gradio-kit.js", import.meta.url));
const program = fileURLToPath(new URL("terminal.py", import.meta.url));
const limitMilliseconds = 40_000;
const rows = 30;

/** Keys that are more than a character. */
export const keys = {
  enter: "\r",
  down: "\u001b[B",
  right: "\u001b[C",
  space: " ",
  backspace: "\u007f",
  interrupt: "\u0003",
} as const;

/** A command in a terminal, as a person has it before them. */
export interface TerminalSession extends AsyncDisposable {
  /** Resolves when this stands on the screen; rejects when the command ends without it. */
  shows(text: string | RegExp): Promise<void>;
  type(...keys: readonly string[]): void;
  /** What stands on the screen, without the empty lines at its end. */
  screen(): string;
  /** Everything that was ever written, with its codes. */
  written(): string;
  /** The exit code. */
  readonly ended: Promise<number>;
}

/** Starts `gradio-kit` in a terminal; it is ended with the test, or when it takes too long. */
export function openTerminal(
  words: readonly string[],
  {
    env = {},
    shell,
    columns = 80,
  }: { env?: Record<string, string>; shell?: string; columns?: number } = {},
): TerminalSession {
  const command = shell === undefined ? [process.execPath, bin, ...words] : ["sh", "-c", shell];
  const child = spawn(
    process.env["GRADIO_KIT_PYTHON"] ?? "python3",
    [program, String(columns), String(rows), ...command],
    {
      env: {
        ...process.env,
        // Whatever the test runner, or a build server, says of its own terminal.
        CI: undefined,
        NODE_DISABLE_COLORS: undefined,
        NO_COLOR: undefined,
        FORCE_COLOR: undefined,
        TERM: "xterm-256color",
        NODE: process.execPath,
        BIN: bin,
        ...env,
      },
      stdio: ["pipe", "pipe", "inherit"],
      timeout: limitMilliseconds,
      killSignal: "SIGKILL",
    },
  );
  const terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  // As every terminal does, it answers those who ask it something: where the cursor is, what it can.
  terminal.onData((answer) => void child.stdin.write(answer));
  // Whoever ends without reading the last key does no harm.
  child.stdin.on("error", () => {});
  let written = "";
  const watchers = new Set<() => void>();
  child.stdout.on("data", (bytes: Buffer) => {
    written += bytes.toString("latin1");
    terminal.write(bytes, () => {
      for (const look of watchers) look();
    });
  });
  const ended = once(child, "close").then(async ([code]) => {
    // What came last is on the screen then, too.
    await new Promise<void>((resolve) => terminal.write("", resolve));
    return Number(code ?? -1);
  });
  const screen = (): string => {
    const { active } = terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, at) =>
      active.getLine(at)?.translateToString(true),
    );
    return lines.join("\n").trimEnd();
  };
  return {
    ended,
    screen,
    written: () => written,
    type: (...typed) => {
      for (const key of typed) child.stdin.write(key);
    },
    shows: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = typeof text === "string" ? screen().includes(text) : text.test(screen());
          if (!found) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        void ended.then(() => reject(new Error(`never shown: ${String(text)}\n${screen()}`)));
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await ended;
      terminal.dispose();
    },
  };
}
