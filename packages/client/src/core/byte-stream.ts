import { InputError } from "../errors.js";
import { onAbort } from "./on-abort.js";
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

/**
 * Reads a stream to its end; whoever stops earlier cancels it.
 *
 * @param signal cancels it at once, even while it keeps its reader waiting.
 */
export async function* readChunks(
  stream: ByteStream,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  // Streams of the web are read by a reader: not every browser can iterate them.
  const reader = "getReader" in stream ? stream.getReader() : undefined;
  const source = reader === undefined ? (stream as AsyncIterable<unknown>) : readAll(reader);
  const stop = (): void => {
    if (reader !== undefined) reader.cancel(signal?.reason).catch(ignore);
    else if ("destroy" in stream && typeof stream.destroy === "function") stream.destroy();
  };
  const forget = onAbort(signal, stop);
  try {
    for await (const chunk of source) yield chunkOf(chunk);
  } finally {
    forget();
  }
}

async function* readAll(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    reader.cancel().catch(ignore);
  }
}

function ignore(): void {
  // Nobody reads this stream any more: how it takes its end does not matter.
}

/**
 * A web stream whose source is asked for only when the stream is read.
 *
 * @param open gives the source; the signal ends it when the stream is cancelled while it waits.
 */
export function toReadableStream(
  open: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
): ReadableStream<Uint8Array> {
  const controller = new AbortController();
  const iterator = open(controller.signal)[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(sink) {
        const { done, value } = await iterator.next();
        if (done === true) sink.close();
        else sink.enqueue(value);
      },
      async cancel(reason) {
        controller.abort(reason);
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
