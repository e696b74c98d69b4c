import type { IncomingMessage } from "node:http";
import { StringDecoder } from "node:string_decoder";
import type { TransportResponse } from "../../io/platform.js";

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
    return this.#incoming.headers["set-cookie"] ?? [];
  }

  /** Not by `TextDecoder`: for pieces that is far slower in Node, and makes texts of twice the size. */
  read(onText: (text: string, bytes: number) => void): Promise<void> {
    const incoming = this.#incoming;
    // A piece that ends with a whole character needs none, and most answers are one piece.
    let decoder: StringDecoder | undefined;
    const textOf = (chunk: Buffer): string => {
      if (decoder === undefined && (chunk.at(-1) ?? 0) < 0x80) return chunk.toString();
      decoder ??= new StringDecoder("utf8");
      return decoder.write(chunk);
    };
    let isFirst = true;
    return new Promise((resolve, reject) => {
      const take = (text: string, bytes: number): void => {
        const mark = isFirst && text.startsWith("\uFEFF");
        if (text !== "") isFirst = false;
        try {
          onText(mark ? text.slice(1) : text, bytes);
        } catch (error) {
          // Thrown from here it would end the process.
          reject(error);
          incoming.destroy();
        }
      };
      const finish = (): void => {
        const rest = decoder?.end();
        if (rest !== undefined && rest !== "") take(rest, 0);
        resolve();
      };
      incoming.on("data", (chunk: Buffer) => take(textOf(chunk), chunk.byteLength));
      incoming.on("error", reject);
      incoming.on("close", () => {
        if (incoming.complete) finish();
        else reject(cutOff());
      });
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

function cutOff(): Error {
  return Object.assign(new Error("The answer was cut off."), { code: "ECONNRESET" });
}
