import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { Busboy } from "@fastify/busboy";
import { HttpProblem, PlainProblem, ServerFault } from "../http/http-problem.js";
import { tidyFileName } from "./file-names.js";
import type { FileStore } from "./file-store.js";

const maxParts = 1000;

/** A file that arrived. */
export interface ReceivedFile {
  /** Name as it was sent. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Where it is now. */
  readonly path: string;
}

/** How an upload is received. */
interface UploadOptions {
  readonly maxFileSize: number | null;
  /** Called with each piece of a file. */
  readonly onBytes: (name: string, bytes: number) => void;
}

/**
 * Streams the files of a multipart request to disk; parts not named `files` are read and dropped.
 * Throws the 400, 413 and 500 answers of Gradio.
 */
export async function receiveUpload(
  request: IncomingMessage,
  store: FileStore,
  { maxFileSize, onBytes }: UploadOptions,
): Promise<ReceivedFile[]> {
  const type = request.headers["content-type"] ?? "";
  if (!/^multipart\/form-data\b/i.test(type)) throw new HttpProblem(400, "Invalid content type.");
  if (!/boundary=/i.test(type)) throw new PlainProblem(400, "Missing boundary in multipart.");
  const parser = new Busboy({
    headers: { ...request.headers, "content-type": type },
    preservePath: true,
    limits: {
      files: maxParts,
      fields: maxParts,
      ...(maxFileSize !== null && { fileSize: maxFileSize + 1 }),
    },
  });
  const files: Promise<ReceivedFile | undefined>[] = [];
  let problem: Error | undefined;
  parser.on("field", (name) => {
    if (name === "files") problem ??= new ServerFault("a file without a name");
  });
  parser.on("filesLimit", () => {
    problem ??= tooMany("files");
  });
  parser.on("fieldsLimit", () => {
    problem ??= tooMany("fields");
  });
  parser.on("file", (field, stream, name) => {
    const receiving = receiveFile(stream, field, name, store, maxFileSize, onBytes);
    // Looked at once the whole form was read; until then a failure is not unhandled.
    receiving.catch(() => undefined);
    files.push(receiving);
  });
  try {
    const finished = once(parser, "finish");
    request.pipe(parser);
    await finished;
  } catch (cause) {
    throw new PlainProblem(400, `Could not parse multipart request: ${String(cause)}`);
  }
  const received = await Promise.all(files);
  if (problem) throw problem;
  return received.filter((file) => file !== undefined);
}

async function receiveFile(
  stream: Readable & { truncated?: boolean },
  field: string,
  name: string,
  store: FileStore,
  maxFileSize: number | null,
  onBytes: UploadOptions["onBytes"],
): Promise<ReceivedFile | undefined> {
  if (field !== "files") {
    stream.resume();
    return undefined;
  }
  const refused = tidyFileName(name) === "..";
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    size += chunk.length;
    onBytes(name, chunk.length);
  });
  const path = await store.write(stream, refused ? "file" : name);
  if (maxFileSize !== null && size > maxFileSize) {
    throw new PlainProblem(413, `File size exceeded maximum allowed size of ${maxFileSize} bytes.`);
  }
  if (refused) throw new HttpProblem(400, "Invalid file name: ..");
  return { name, size, path };
}

function tooMany(what: "files" | "fields"): PlainProblem {
  return new PlainProblem(400, `Too many ${what}. Maximum number of ${what} is ${maxParts}.`);
}
