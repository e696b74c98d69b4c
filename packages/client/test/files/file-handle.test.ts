import { Readable } from "node:stream";
import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { thrown } from "../../../../tests/harness/rejection.js";
import { collectBytes } from "../../src/core/byte-stream.js";
import { contentOf, file, handleFile, type FileSource } from "../../src/core/file-handle.js";
import { InputError } from "../../src/errors.js";

it.each([
  ["speech.wav", "path"],
  ["C:\\speech.wav", "path"],
  ["notes: today.txt", "path"],
  ["file:///tmp/a%20b.txt", "path"],
  [new URL("file:///tmp/a%20b.txt"), "path"],
  ["https://example.com/a.png", "url"],
  ["HTTP://example.com/a.png", "url"],
  [new URL("https://example.com/a.png"), "url"],
  ["data:text/plain,hi", "bytes"],
  [new Blob(["a"]), "blob"],
  [new Uint8Array(1), "bytes"],
  [new ArrayBuffer(1), "bytes"],
  [Buffer.from("a"), "bytes"],
  [new DataView(new ArrayBuffer(1)), "bytes"],
  [new ReadableStream<Uint8Array>(), "stream"],
  [Readable.from(["a"]), "stream"],
] as const)("takes %s as a %s", (source, kind) => {
  expect(handleFile(source).kind).toBe(kind);
});

it("takes bytes and blobs of another realm", () => {
  expect(handleFile(runInNewContext("new Uint8Array(2)") as Uint8Array).kind).toBe("bytes");
  expect(handleFile(runInNewContext("new ArrayBuffer(2)") as ArrayBuffer).kind).toBe("bytes");
});

it.each([
  undefined,
  null,
  5,
  true,
  {},
  ["a.txt"],
  () => "a.txt",
  "",
  "ftp://example.com/a.png",
  "blob:https://example.com/1",
  "http://",
  "data:text/plain",
  "data:;base64,%%%",
  new URL("mailto:somebody@example.com"),
])("refuses %s", (source) => {
  const error = thrown(() => handleFile(source as never));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code: "INVALID_SOURCE" });
  expect((error as Error).message).toMatch(/^source: .*path, an http.* address, a Blob, bytes/);
});

it.each([
  [{ name: "" }, /^name: /],
  [{ name: 5 }, /^name: .*not a number/],
  [{ mimeType: "png" }, /^mimeType: .*"image\/png"/],
])("refuses the options %j", (options, message) => {
  const error = thrown(() => handleFile("a.txt", options as never));
  expect(error).toMatchObject({ code: "INVALID_OPTION", message: expect.stringMatching(message) });
});

it("takes name and type from the source, unless they are given", () => {
  const named = new File(["a"], "own.png", { type: "image/png" });
  expect(handleFile(named)).toMatchObject({ name: "own.png", mimeType: "image/png" });
  expect(handleFile(named, { name: "other.gif", mimeType: "image/gif" })).toMatchObject({
    name: "other.gif",
    mimeType: "image/gif",
  });
  const address = "https://example.com/reports/a%20b%C3%A9.pdf?version=2#page";
  expect(handleFile(address).name).toBe("a bé.pdf");
  expect(handleFile("https://example.com/100%.pdf").name).toBe("100%.pdf");
  expect(handleFile("https://example.com").name).toBe("file");
});

it("decodes data: addresses", () => {
  expect(bytesOf("data:image/png;base64,iVBORw0KGgo=")).toBe("\x89PNG\r\n\x1a\n");
  expect(bytesOf("data:image/png;base64,iVBORw0KGgo%3D")).toBe("\x89PNG\r\n\x1a\n");
  expect(bytesOf("data:text/plain;charset=utf-8,a%20%C3%A9,b")).toBe("a \xc3\xa9,b");
  expect(handleFile("data:image/png;base64,iVBORw0KGgo=").mimeType).toBe("image/png");
  expect(handleFile("data:,x").mimeType).toBeUndefined();
});

it("never changes, and shows nothing of its content", () => {
  const handle = handleFile(Buffer.from("secret"), { name: "a.txt" });
  expect(Object.isFrozen(handle)).toBe(true);
  expect(inspect(handle)).toBe("FileHandle { kind: 'bytes', name: 'a.txt', mimeType: undefined }");
});

it("gives a stream once, and notices one that was read before", async () => {
  const web = new Blob(["web"]).stream();
  expect(Buffer.from(await collectBytes(open(web))).toString()).toBe("web");
  const node = Readable.from(["node ", Buffer.from("stream")]);
  expect(Buffer.from(await collectBytes(open(node))).toString()).toBe("node stream");
  for (const used of [node, lockedStream()]) {
    expect(thrown(() => open(used))).toMatchObject({ code: "INVALID_SOURCE" });
  }
  const content = contentOf(handleFile(Readable.from(["once"])));
  if (content.kind !== "stream") expect.unreachable();
  content.stream.open();
  expect(thrown(() => content.stream.open())).toBeInstanceOf(InputError);
});

it("cancels a web stream that is not read to its end, even where streams cannot be iterated", async () => {
  let cancelled = 0;
  const endless = (): ReadableStream<Uint8Array> =>
    new ReadableStream({
      pull: (sink) => sink.enqueue(new Uint8Array(1)),
      cancel: () => {
        cancelled += 1;
      },
    });
  const bare = endless();
  Object.defineProperty(bare, Symbol.asyncIterator, { value: undefined });
  const reader = { getReader: () => bare.getReader() } as ReadableStream<Uint8Array>;
  for (const source of [endless(), reader]) {
    const content = contentOf(handleFile(source));
    if (content.kind !== "stream") expect.unreachable();
    for await (const chunk of content.stream.open()) {
      expect(chunk).toHaveLength(1);
      break;
    }
  }
  expect(cancelled).toBe(2);
});

it("answers to its old name", () => {
  expect(file("a.txt").kind).toBe("path");
});

function lockedStream(): ReadableStream<Uint8Array> {
  const stream = new Blob(["a"]).stream();
  stream.getReader();
  return stream;
}

function bytesOf(source: string): string {
  const content = contentOf(handleFile(source));
  return content.kind === "bytes" ? Buffer.from(content.bytes).toString("latin1") : "";
}

function open(source: FileSource): AsyncIterable<Uint8Array> {
  const content = contentOf(handleFile(source));
  return content.kind === "stream" ? content.stream.open() : expect.unreachable();
}
