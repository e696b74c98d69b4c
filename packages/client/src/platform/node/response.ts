import type { IncomingMessage } from "node:http";
import { StringDecoder } from "node:string_decoder";
import type { TransportResponse } from "../../io/platform.js";
import { firstHeader } from "./first-header.js";

const none: readonly string[] = [];

/** An answer that `node:http` delivers. */
export class NodeResponse implements TransportResponse {
  readonly url: string;
  readonly status: number;
  readonly #incoming: IncomingMessage;

  constructor(incoming: IncomingMessage, url: string) {
    this.#incoming = incoming;
    this.url = url;
    this.status = incoming.statusCode ?? 0;
    // Gradio's server closes the connection after a 500 without saying so: never use it again.
    const { socket } = incoming;
    if (this.status >= 500) incoming.once("end", () => socket.destroy());
  }

  header(name: string): string | null {
    const value = this.#incoming.headers[name];
    return Array.isArray(value) ? value.join(", ") : (value ?? null);
  }

  get setCookies(): readonly string[] {
    if (firstHeader(this.#incoming, "set-cookie") === undefined) return none;
    return this.#incoming.headers["set-cookie"] ?? none;
  }

  read(onText: (text: string, bytes: number) => void): Promise<void> {
    const incoming = this.#incoming;
    const texts = new Texts(onText);
    return new Promise((resolve, reject) => {
      incoming.on("data", (chunk: Buffer) => {
        try {
          texts.take(chunk);
        } catch (error) {
          // Thrown from here it would end the process.
          reject(error);
          incoming.destroy();
        }
      });
      incoming.on("error", reject);
      const finish = (): void => {
        try {
          if (!incoming.complete) throw cutOff();
          texts.finish();
          resolve();
        } catch (error) {
          reject(error);
        }
      };
      incoming.on("close", finish);
      incoming.on("end", () => {
        if (incoming.complete) finish();
      });
    });
  }

  stream(): AsyncIterable<Uint8Array> {
    return this.#incoming;
  }

  discard(): void {
    this.#incoming.on("error", () => {
      // Nobody reads this body: how it ends does not matter.
    });
    this.#incoming.destroy();
  }
}

/** The text that pieces of bytes are, without the mark that may stand at its beginning. */
class Texts {
  readonly #onText: (text: string, bytes: number) => void;
  // A piece that ends with a whole character needs none, and most answers are one piece.
  #decoder: StringDecoder | undefined;
  #hasBegun = false;

  constructor(onText: (text: string, bytes: number) => void) {
    this.#onText = onText;
  }

  /** Not by `TextDecoder`: for pieces that is far slower in Node, and makes texts of twice the size. */
  take(chunk: Buffer): void {
    if (this.#decoder === undefined && (chunk[chunk.length - 1] ?? 0) < 0x80) {
      this.#tell(chunk.toString(), chunk.byteLength);
      return;
    }
    this.#decoder ??= new StringDecoder("utf8");
    this.#tell(this.#decoder.write(chunk), chunk.byteLength);
  }

  /** What is left of a character that never became whole. */
  finish(): void {
    const rest = this.#decoder?.end() ?? "";
    if (rest !== "") this.#tell(rest, 0);
  }

  #tell(text: string, bytes: number): void {
    const hasMark = !this.#hasBegun && text.startsWith("\uFEFF");
    if (text !== "") this.#hasBegun = true;
    this.#onText(hasMark ? text.slice(1) : text, bytes);
  }
}

function cutOff(): Error {
  return Object.assign(new Error("The answer was cut off."), { code: "ECONNRESET" });
}
