import { InputError } from "../errors.js";
import { describe } from "./source.js";

/** Anything that gives bytes piece by piece: a web stream, a stream of Node, a generator. */
export type ByteStream = ReadableStream<Uint8Array> | AsyncIterable<Uint8Array | string>;

/** The bytes behind any view of them, without a copy. */
export function bytesOf(value: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  const view = ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
  return view as Uint8Array<ArrayBuffer>;
}

/** Reads a stream to its end; whoever stops earlier cancels it. */
export async function* readChunks(stream: ByteStream): AsyncGenerator<Uint8Array, void, undefined> {
  // Not every browser can iterate its own streams.
  const source: AsyncIterable<unknown> =
    Symbol.asyncIterator in stream
      ? stream
      : readReader((stream as ReadableStream<Uint8Array>).getReader());
  for await (const chunk of source) yield chunkOf(chunk);
}

async function* readReader(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/** A web stream whose source is asked for only when the stream is read. */
export function toReadableStream(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/** All of a stream in one piece. */
export async function collectBytes(
  source: AsyncIterable<Uint8Array>,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk);
    length += chunk.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function chunkOf(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) return chunk;
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (chunk instanceof ArrayBuffer || ArrayBuffer.isView(chunk)) return bytesOf(chunk);
  throw new InputError(
    "INVALID_SOURCE",
    `A stream that is sent as a file must give bytes or text, not ${describe(chunk)}.`,
  );
}
