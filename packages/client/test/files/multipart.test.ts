import { randomUUID } from "node:crypto";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { encodeMultipart, frameMultipart, type UploadPart } from "../../src/io/multipart.js";
import { parseUpload, type Received } from "./file-server.js";

let server: Server;

beforeAll(async () => {
  server = createServer((request, response) => {
    parseUpload(request).then(
      (parts) => response.end(JSON.stringify(parts.map(plain))),
      (error: unknown) => response.writeHead(400).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const plain = ({ field, name, mimeType, bytes }: Received): object => ({
  field,
  name,
  mimeType,
  bytes: bytes.toString("base64"),
});

it("is read by another parser as it was meant, whatever name, bytes and pieces", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }),
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
      fc.boolean(),
      async (name, pieces, sized) => {
        const bytes = Buffer.concat(pieces);
        const part: UploadPart = {
          name,
          mimeType: "image/png",
          size: sized ? bytes.length : undefined,
          stream: () => Readable.from(pieces),
        };
        expect(await sendPart(part)).toEqual([
          {
            field: "files",
            name: escaped(name),
            mimeType: "image/png",
            bytes: bytes.toString("base64"),
          },
        ]);
      },
    ),
    { numRuns: 150 },
  );
});

it("holds boundaries and line ends of the content for content", async () => {
  for (const text of ["\r\n--", "--\r\n\r\n", "\r\n--gradio-kit-\r\n", "\r\n"]) {
    const bytes = Buffer.from(text.repeat(3));
    const part = {
      name: "a.bin",
      mimeType: undefined,
      size: bytes.length,
      stream: () => Readable.from([bytes]),
    };
    expect(await sendPart(part)).toMatchObject([{ bytes: bytes.toString("base64") }]);
  }
});

it("lets nobody break out of a header", async () => {
  const part = {
    name: 'a"; name="other"\r\nx-evil: 1\r\n\r\n.txt',
    mimeType: "text/plain\r\nx-evil: 1",
    size: 1,
    stream: () => Readable.from([Buffer.from("a")]),
  };
  expect(await sendPart(part)).toEqual([
    {
      field: "files",
      name: escaped(part.name),
      mimeType: "application/octet-stream",
      bytes: "YQ==",
    },
  ]);
});

it("tells how much of the file has been taken", async () => {
  const loaded: number[] = [];
  const part: UploadPart = {
    name: "a",
    mimeType: undefined,
    size: 30,
    stream: () => Readable.from([Buffer.alloc(10), Buffer.alloc(20)]),
  };
  const frame = frameMultipart(part, "b");
  let length = 0;
  for await (const chunk of encodeMultipart({ part, onProgress: (n) => loaded.push(n) }, frame)) {
    length += chunk.length;
  }
  expect(loaded).toEqual([10, 30]);
  expect(length).toBe(frame.length);
});

/** Quotes and line ends are escaped as browsers escape them; the rest of a name is sent as it is. */
function escaped(name: string): string {
  return name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}

async function sendPart(part: UploadPart): Promise<unknown> {
  const frame = frameMultipart(part, `gradio-kit-${randomUUID()}`);
  const { port } = server.address() as AddressInfo;
  const outgoing = httpRequest({
    port,
    method: "POST",
    headers: {
      "content-type": frame.contentType,
      ...(frame.length !== undefined && { "content-length": frame.length }),
    },
  });
  const answered = new Promise<string>((resolve, reject) => {
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => resolve(Buffer.concat(chunks).toString()));
    });
  });
  await pipeline(Readable.from(encodeMultipart({ part }, frame)), outgoing);
  return JSON.parse(await answered) as unknown;
}
