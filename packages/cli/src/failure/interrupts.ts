/** The reason of a signal that was aborted by Ctrl-C. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("Stopped.");
  }
}

/** Whoever read the output went away (`gradio-kit ... | head -1`): nothing is left to do. */
export class ReaderGone extends Error {
  override readonly name = "ReaderGone";
}

/** What ends a command early. */
export interface Interrupts {
  /** Aborted by the first Ctrl-C: whatever runs cancels itself, on the server too. */
  readonly signal: AbortSignal;
}

const quitCode = 130;

/**
 * Listens for Ctrl-C: the first one aborts the signal, the second one quits at once. It lives as long
 * as the process: what ends after a command can be interrupted as well.
 *
 * @param tell called with what to say after the first one.
 */
export function watchInterrupts(tell: (message: string) => void): Interrupts {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(quitCode);
    tell("Stopping ... (Ctrl-C again quits at once)");
    controller.abort(new Interrupted());
  };
  const brokenPipe = (error: NodeJS.ErrnoException): void => {
    controller.abort(error.code === "EPIPE" ? new ReaderGone() : error);
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  process.stdout.on("error", brokenPipe);
  return { signal: controller.signal };
}
