import type { ClientRequest } from "node:http";
import { encodeMultipart, frameMultipart, type Multipart } from "../../io/multipart.js";
import { getBuiltinModule } from "./builtin-module.js";

/** A body that is sent piece by piece, and the headers that tell of it. */
export interface FramedBody {
  readonly headers: Readonly<Record<string, string>>;
  write(outgoing: ClientRequest): void;
}

/** Makes a form of a file that is to be sent. */
export function frameBody(body: Multipart): FramedBody {
  const frame = frameMultipart(body.part, randomBoundary());
  const headers: Record<string, string> = { "content-type": frame.contentType };
  if (frame.length !== undefined) headers["content-length"] = String(frame.length);
  const write = (outgoing: ClientRequest): void => {
    const { Readable } = getBuiltinModule("node:stream");
    const { pipeline } = getBuiltinModule("node:stream/promises");
    pipeline(Readable.from(encodeMultipart(body, frame)), outgoing).catch((error: unknown) => {
      outgoing.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  };
  return { headers, write };
}

/**
 * Servers of Gradio 3 and 4 look for the end of an upload in Python; they skip what cannot be part of
 * the boundary, and look at every byte else. So it is made of letters that are rare in texts.
 */
function randomBoundary(): string {
  const letters = crypto.getRandomValues(new Uint8Array(48));
  return Array.from(letters, (letter) => "QXZ".charAt(letter % 3)).join("");
}
