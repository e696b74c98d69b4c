const terminal = process.stdout.isTTY && process.env["TERM"] !== "dumb";
const barWidth = 30;

/** Whether there is somebody to show bars and colours to. */
export const isTerminal: boolean = terminal;

/** A new part of the tour. */
export function heading(text: string): void {
  const bold = terminal ? `\u001b[1m${text}\u001b[22m` : text;
  process.stdout.write(`\n${bold}\n`);
}

/** Lines of the current part. */
export function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${`  ${line}`.trimEnd()}\n`);
}

/** On a terminal: one line that replaces itself. In a pipe: nothing, the lines around it tell all. */
export function passing(text: string): void {
  if (terminal) process.stdout.write(`\r  ${text.slice(0, process.stdout.columns - 3)}\u001b[K`);
}

/** Takes the passing line away. */
export function passed(): void {
  if (terminal) process.stdout.write("\r\u001b[K");
}

/** A bar for a share from 0 to 1. */
export function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * barWidth);
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${Math.round(share * 100)}%`;
}

/** Milliseconds as a person says them. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
