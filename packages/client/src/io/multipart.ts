/** One file of a multipart upload. */
export interface UploadPart {
  readonly name: string;
  readonly mimeType: string | undefined;
  /** Bytes in all; `undefined` for a stream of unknown length. */
  readonly size: number | undefined;
  /** A blob where there is one, so that a browser can send it without reading it. */
  readonly blob?: Blob | undefined;
  stream(): AsyncIterable<Uint8Array>;
}

/** A `multipart/form-data` body with one field, `files`, which is the one Gradio reads. */
export interface Multipart {
  readonly part: UploadPart;
  /** Told how many bytes of the file have been handed to the connection so far. */
  readonly onProgress?: ((loaded: number) => void) | undefined;
}

/** The bytes around the file, and the length of all of it where it is known. */
export interface MultipartFrame {
  readonly contentType: string;
  readonly head: Uint8Array;
  readonly tail: Uint8Array;
  readonly length: number | undefined;
}

const defaultMimeType = "application/octet-stream";

/** Lays the frame around a part; `boundary` must not occur in the file, so it has to be random. */
export function frameMultipart(part: UploadPart, boundary: string): MultipartFrame {
  const encoder = new TextEncoder();
  const head = encoder.encode(
    `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${escapeName(part.name)}"\r\n` +
      `content-type: ${headerValue(part.mimeType)}\r\n\r\n`,
  );
  const tail = encoder.encode(`\r\n--${boundary}--\r\n`);
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    head,
    tail,
    length: part.size === undefined ? undefined : head.length + part.size + tail.length,
  };
}

/** The body of a multipart request, piece by piece, so that no file is ever held in memory. */
export async function* encodeMultipart(
  { part, onProgress }: Multipart,
  frame: MultipartFrame,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield frame.head;
  let loaded = 0;
  for await (const chunk of part.stream()) {
    yield chunk;
    loaded += chunk.byteLength;
    onProgress?.(loaded);
  }
  yield frame.tail;
}

/** As the WHATWG form encoding escapes names: quotes and line ends only, the rest is UTF-8. */
function escapeName(name: string): string {
  return name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}

/** A type that would break the header line is replaced: it can come from a caller's own text. */
function headerValue(mimeType: string | undefined): string {
  return mimeType !== undefined && /^[\w!#$&^.+-]+\/[\w!#$&^.+;= "-]+$/.test(mimeType)
    ? mimeType
    : defaultMimeType;
}
