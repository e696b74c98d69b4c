import type { WriteStream } from "node:tty";
import { printable } from "./printable.js";

/**
 * What passes on a terminal while a call runs: the value so far, the bars, and above them the
 * messages that stay. Without a terminal only the messages are written, one line each.
 */
export interface Screen extends Disposable {
  /** Whether there is a terminal: whether what passes is shown. */
  readonly live: boolean;
  readonly columns: number;
  /** Replaces the bars. */
  status(lines: readonly string[]): void;
  /** Replaces the value so far. */
  text(text: string): void;
  /** Writes a message that stays. */
  note(message: string): void;
  /** Lets somebody else write a line that stays. */
  above(write: () => void): void;
  /** Takes everything away but the messages. */
  clear(): void;
}

/** Faster than this nobody sees a difference. */
const frameMilliseconds = 40;
const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";
const clearBelow = "\u001b[J";

/**
 * The screen of a stream: a real one on a terminal.
 *
 * @param quiet shows nothing, whatever the stream is.
 */
export async function openScreen(
  stream: WriteStream,
  { quiet = false }: { readonly quiet?: boolean } = {},
): Promise<Screen> {
  if (quiet) return { ...plainScreen(stream), note: nothing };
  if (!stream.isTTY || process.env["TERM"] === "dumb") return plainScreen(stream);
  // Only a terminal needs to know how wide a character is.
  const { default: widthOf } = await import("string-width");
  return new TerminalScreen(stream, widthOf);
}

const nothing = (): void => {};

function plainScreen(stream: WriteStream): Screen {
  return {
    live: false,
    columns: 80,
    status: nothing,
    text: nothing,
    note: (message) => void stream.write(`${printable(message)}\n`),
    above: (write) => write(),
    clear: nothing,
    [Symbol.dispose]: nothing,
  };
}

class TerminalScreen implements Screen {
  readonly live = true;
  readonly #stream: WriteStream;
  readonly #widthOf: (text: string) => number;
  #status: readonly string[] = [];
  #text = "";
  /** Rows that are on the screen now. */
  #rows = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: WriteStream, widthOf: (text: string) => number) {
    this.#stream = stream;
    this.#widthOf = widthOf;
  }

  get columns(): number {
    return this.#stream.columns || 80;
  }

  status(lines: readonly string[]): void {
    this.#status = lines;
    this.#paintSoon();
  }

  text(text: string): void {
    this.#text = text;
    this.#paintSoon();
  }

  note(message: string): void {
    this.above(() => this.#stream.write(`${printable(message)}\n`));
  }

  above(write: () => void): void {
    this.#erase();
    write();
    this.#paintSoon();
  }

  clear(): void {
    this.#status = [];
    this.#text = "";
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#erase();
  }

  [Symbol.dispose](): void {
    this.clear();
  }

  #paintSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#paint();
    }, frameMilliseconds);
  }

  #paint(): void {
    const status = this.#status.flatMap((line) => this.#wrap(line));
    const text = this.#text === "" ? [] : this.#wrap(this.#text);
    // What has left the top of the window cannot be taken back: show the end that fits.
    const room = Math.max(1, (this.#stream.rows || 24) - 1);
    const rows = [...text, ...status].slice(-room);
    this.#erase();
    this.#stream.write(`${hideCursor}${rows.map((row) => `${row}\n`).join("")}`);
    this.#rows = rows.length;
  }

  #erase(): void {
    if (this.#rows === 0) return;
    // To the first column too: the terminal itself has written ^C there.
    this.#stream.write(`\r\u001b[${this.#rows}A${clearBelow}${showCursor}`);
    this.#rows = 0;
  }

  /** The rows that a text takes on this terminal. */
  #wrap(text: string): string[] {
    return printable(text)
      .split("\n")
      .flatMap((line) => this.#wrapLine(line.replaceAll("\t", "    ")));
  }

  #wrapLine(line: string): string[] {
    const most = this.columns;
    if (this.#widthOf(line) <= most) return [line];
    const rows: string[] = [];
    let row = "";
    let width = 0;
    for (const character of line) {
      const wide = this.#widthOf(character);
      if (width + wide > most) {
        rows.push(row);
        row = "";
        width = 0;
      }
      row += character;
      width += wide;
    }
    return [...rows, row];
  }
}
