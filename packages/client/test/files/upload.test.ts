import { createReadStream } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { rejection, thrown } from "../../../../tests/harness/rejection.js";
import { temporaryFolder } from "../../../../tests/harness/temporary-folder.js";
import type { FileData } from "../../src/core/file-data.js";
import { handleFile } from "../../src/core/file-handle.js";
import type { FileInput } from "../../src/core/file-walk.js";
import type { TransferProgress } from "../../src/core/transfer.js";
import {
  AuthenticationError,
  ConnectionError,
  HttpError,
  InputError,
  UploadError,
} from "../../src/errors.js";
import { ResultFiles } from "../../src/io/result-files.js";
import { uploadAll } from "../../src/io/upload.js";
import { checkFiles } from "../../src/io/check-files.js";
import type { UploadSettings } from "../../src/io/upload-part.js";
import { nodeDisk } from "../../src/platform/node/disk.js";
import { mimeTypeOf } from "../../src/platform/node/mime.js";
import { startFileServer, type Handler } from "./file-server.js";

const settings: UploadSettings = { disk: nodeDisk, mimeType: mimeTypeOf, maxFileSize: undefined };
const meta = { _type: "gradio.FileData" } as const;

/** Keeps every request waiting; the test answers or drops it. */
const hold = (held: ServerResponse[]): Handler => {
  return (request, response) => {
    request.on("error", () => undefined).resume();
    held.push(response);
  };
};

const refuse =
  (status: number, body: string): Handler =>
  (request, response) => {
    request.resume();
    response.writeHead(status).end(body);
  };

describe("what the app gets", () => {
  it("is the content with its name and type, from every kind of source", async () => {
    await using server = await startFileServer();
    await using folder = await temporaryFolder();
    const path = join(folder.path, 'weird #na%20me "é".txt');
    const content = "hello";
    await writeFile(path, content);
    const expected = { field: "files", bytes: Buffer.from(content) };
    const sources: [source: FileInput, name: string, mimeType: string][] = [
      [handleFile(path), 'weird #na%20me "é".txt', "text/plain"],
      [handleFile(pathToFileURL(path)), 'weird #na%20me "é".txt', "text/plain"],
      [handleFile(path, { name: "b.flac" }), "b.flac", "audio/flac"],
      [handleFile(path, { mimeType: "text/csv" }), 'weird #na%20me "é".txt', "text/csv"],
      [new Blob([content], { type: "image/png" }), "file.png", "image/png"],
      [new File([content], "own.wav", { type: "audio/x-own" }), "own.wav", "audio/x-own"],
      [new File([content], "own.wav"), "own.wav", "audio/wav"],
      [Buffer.from(content), "file", "application/octet-stream"],
      [new TextEncoder().encode(content), "file", "application/octet-stream"],
      [handleFile(createReadStream(path), { name: "s.json" }), "s.json", "application/json"],
      [handleFile(new Blob([content]).stream(), { name: "s.mp4" }), "s.mp4", "video/mp4"],
      [handleFile(`data:image/webp,${content}`), "file.webp", "image/webp"],
    ];
    for (const [source, name, mimeType] of sources) {
      const data = (await uploadAll([source], server.requests, settings)).get(source);
      const part = server.received.pop();
      const sentName = name.replaceAll('"', "%22");
      expect(part).toEqual({ ...expected, name: sentName, mimeType });
      expect(data).toEqual({
        path: `/srv/1/${sentName}`,
        orig_name: name,
        ...(mimeType !== "application/octet-stream" && { mime_type: mimeType }),
        size: 5,
        meta,
      });
    }
  });

  it("goes to the app's route, with the client's headers and those of the call", async () => {
    await using server = await startFileServer(undefined, { "x-client": "a", "x-both": "a" });
    const headers = { "x-both": "b" };
    await uploadAll([Buffer.from("x")], server.requests, settings, { headers });
    expect(server.seen[0]).toMatchObject({
      method: "POST",
      url: "/app/gradio_api/upload",
      headers: { "x-client": "a", "x-both": "b" },
    });
    expect(server.seen[0]?.headers["content-length"]).toBeDefined();
  });

  it("is part of a larger view of bytes, and no more", async () => {
    await using server = await startFileServer();
    const whole = new Uint8Array([1, 2, 3, 4, 5, 6]);
    await uploadAll(
      [whole.subarray(2, 4), new DataView(whole.buffer, 4)],
      server.requests,
      settings,
    );
    expect(server.received.map(({ bytes }) => Array.from(bytes))).toEqual(
      expect.arrayContaining([
        [3, 4],
        [5, 6],
      ]),
    );
  });

  it("is the same file as often as it is used, from one handle", async () => {
    await using server = await startFileServer();
    const handle = handleFile(Buffer.from("again"), { name: "a.txt" });
    await uploadAll([handle], server.requests, settings);
    await uploadAll([handle], server.requests, settings);
    expect(server.received.map(({ bytes }) => bytes.toString())).toEqual(["again", "again"]);
  });
});

describe("what the app can reach by itself", () => {
  it("is not sent: addresses, and files from its own results", async () => {
    await using server = await startFileServer();
    const data: FileData = { path: "/srv/a.png", url: null, orig_name: "a.png", size: 4, meta };
    const result = new ResultFiles(server.requests, nodeDisk, mimeTypeOf).make(data);
    const address = handleFile("https://example.com/a%20b.pdf", { mimeType: "application/pdf" });
    const elsewhere = new ResultFiles(
      server.requests.at("http://other.test/"),
      nodeDisk,
      mimeTypeOf,
    ).make({
      path: "https://example.com/c.png",
      url: "https://example.com/c.png",
      meta,
    });
    const seen: TransferProgress[] = [];
    const found = await uploadAll([result, address, elsewhere], server.requests, settings, {
      onProgress: (step) => seen.push(step),
    });
    expect(server.seen).toHaveLength(0);
    expect(found.get(result)).toEqual(data);
    expect(found.get(address)).toEqual({
      path: "https://example.com/a%20b.pdf",
      url: "https://example.com/a%20b.pdf",
      orig_name: "a b.pdf",
      mime_type: "application/pdf",
      meta,
    });
    expect(found.get(elsewhere)).toMatchObject({ path: "https://example.com/c.png" });
    expect(seen).toEqual([{ loaded: 0, total: 0 }]);
  });

  it("does not hold for a result of another app: it is streamed from there, or sent from disk", async () => {
    await using other = await startFileServer((_, response) => response.end("from the other app"), {
      authorization: "secret of the other app",
    });
    await using server = await startFileServer();
    await using folder = await temporaryFolder();
    const files = new ResultFiles(other.requests, nodeDisk, mimeTypeOf);
    const file = files.make({ path: "/srv/ab/x.txt", orig_name: "x é.txt", meta });
    const first = await uploadAll([file], server.requests, settings);
    expect(first.get(file)).toMatchObject({ path: "/srv/1/x é.txt", size: 18 });
    await files.store(file, folder.path);
    const asked = other.seen.length;
    await uploadAll([file], server.requests, settings);
    expect(other.seen).toHaveLength(asked);
    expect(server.received.map(({ name, bytes }) => [name, bytes.toString()])).toEqual([
      ["x é.txt", "from the other app"],
      ["x é.txt", "from the other app"],
    ]);
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });
});

describe("what is wrong is told before anything is sent", () => {
  it("paths that are missing, directories or hidden behind files", async () => {
    await using folder = await temporaryFolder();
    const directory = join(folder.path, "directory");
    await mkdir(directory);
    await writeFile(join(folder.path, "file"), "x");
    for (const [path, reason] of [
      [join(folder.path, "missing.txt"), "does not exist"],
      [directory, "is a directory"],
      [join(folder.path, "file", "inside.txt"), "cannot be read"],
      ["/dev/null", "no regular file"],
      ["nul\0.txt", "cannot be read"],
    ] as const) {
      const error = thrown(() => checkFiles([handleFile(path)], nodeDisk));
      expect(error).toBeInstanceOf(InputError);
      expect(error).toMatchObject({ code: "FILE_NOT_FOUND" });
      expect(String(error)).toContain(path);
      expect(String(error)).toContain(reason);
    }
    expect(checkFiles([handleFile(join(folder.path, "file"))], nodeDisk)).toBeUndefined();
  });

  it("paths where there is no disk, and streams that are gone", async () => {
    const path = thrown(() => checkFiles([handleFile("a.txt")], undefined));
    expect(path).toMatchObject({ code: "INVALID_SOURCE" });
    expect(String(path)).toContain("Node, Bun or Deno");
    await using server = await startFileServer();
    const stream = handleFile(Readable.from(["once"]));
    expect(checkFiles([stream], nodeDisk)).toBeUndefined();
    await uploadAll([stream], server.requests, settings);
    expect(thrown(() => checkFiles([stream], nodeDisk))).toMatchObject({ code: "INVALID_SOURCE" });
  });

  it("files over the limit of the app, none of which is sent", async () => {
    await using server = await startFileServer();
    const limited = { ...settings, maxFileSize: 1024 };
    const large = handleFile(Buffer.alloc(5000), { name: "large.bin" });
    const files = [Buffer.from("small"), large];
    const error = await rejection(uploadAll(files, server.requests, limited));
    expect(error).toBeInstanceOf(UploadError);
    expect(error).toMatchObject({ code: "FILE_TOO_LARGE" });
    expect((error as Error).message).toMatch(/"large\.bin".*5000 bytes.*1024 bytes/);
    expect(server.seen).toHaveLength(0);
    const exact = Buffer.alloc(1024);
    await uploadAll([exact], server.requests, limited);
  });
});

describe("an upload that fails", () => {
  it.each([
    [
      413,
      "File size exceeded maximum allowed size of 1024 bytes.",
      "FILE_TOO_LARGE",
      "of 1024 bytes",
    ],
    [413, "<html><h1>413 Request Entity Too Large</h1></html>", "FILE_TOO_LARGE", "413"],
    [400, "Invalid file name: ..", "UPLOAD_FAILED", "Invalid file name: .."],
    [500, "Internal Server Error", "UPLOAD_FAILED", "Internal Server Error"],
    [400, '{"detail":"Invalid content type."}', "UPLOAD_FAILED", "Invalid content type."],
  ])("with %i %s is an UploadError %s", async (status, body, code, text) => {
    await using server = await startFileServer(refuse(status, body));
    const file = handleFile(Buffer.from("x"), { name: "x.txt" });
    const error = await rejection(uploadAll([file], server.requests, settings));
    expect(error).toBeInstanceOf(UploadError);
    expect(error).toMatchObject({ code, message: expect.stringContaining('"x.txt"') });
    expect((error as UploadError).message).toContain(text);
    expect((error as UploadError).cause).toBeInstanceOf(HttpError);
  });

  it("for want of a login stays that error", async () => {
    await using server = await startFileServer(refuse(401, '{"detail":"Not authenticated"}'));
    const error = await rejection(uploadAll([Buffer.from("x")], server.requests, settings));
    expect(error).toBeInstanceOf(AuthenticationError);
  });

  it.each(["[]", '["/a","/b"]', "[1]", '{"path":"/a"}', '[""]'])(
    "with the answer %s names no file",
    async (answer) => {
      await using server = await startFileServer(refuse(200, answer));
      const error = await rejection(uploadAll([Buffer.from("x")], server.requests, settings));
      expect(error).toMatchObject({ name: "UploadError", code: "UPLOAD_FAILED" });
    },
  );

  it("in the middle was cut off; before it began, nothing was there", async () => {
    await using server = await startFileServer((request) => {
      request.once("data", () => request.socket.destroy());
    });
    const cutOff = await rejection(uploadAll([Buffer.alloc(500_000)], server.requests, settings));
    expect(cutOff).toMatchObject({ name: "UploadError", code: "UPLOAD_FAILED" });
    expect((cutOff as Error).cause).toBeInstanceOf(ConnectionError);
    const { requests } = await startFileServer().then(async (closed) => {
      await closed[Symbol.asyncDispose]();
      return closed;
    });
    const fresh = await startFileServer();
    const gone = fresh.requests.at(requests.base);
    await using _ = fresh;
    const error = await rejection(uploadAll([Buffer.from("x")], gone, settings));
    expect(error).toMatchObject({ name: "ConnectionError", code: "UNREACHABLE" });
  });

  it("because its source breaks says so, and ends the request", async () => {
    await using server = await startFileServer();
    const broken = new Error("the disk is on fire");
    const source = async function* (): AsyncGenerator<Uint8Array> {
      yield new Uint8Array(10);
      await nextTurn();
      throw broken;
    };
    const file = handleFile(source(), { name: "fire.bin" });
    const error = await rejection(uploadAll([file], server.requests, settings));
    expect(error).toMatchObject({ name: "UploadError", code: "UPLOAD_FAILED", cause: broken });
    expect(String(error)).toContain("fire.bin");
    const odd = handleFile(Readable.from([{ not: "bytes" }]));
    expect(await rejection(uploadAll([odd], server.requests, settings))).toMatchObject({
      code: "INVALID_SOURCE",
    });
    expect(server.received).toHaveLength(0);
  });

  it("because the file on disk changes meanwhile", async () => {
    await using server = await startFileServer();
    await using folder = await temporaryFolder();
    const path = join(folder.path, "log.txt");
    await writeFile(path, "x".repeat(100));
    for (const change of [10, 1000]) {
      const growing = {
        ...nodeDisk,
        inspect: (at: string) => ({ ...nodeDisk.inspect(at), size: change }),
      };
      const error = await rejection(
        uploadAll([handleFile(path)], server.requests, { ...settings, disk: growing }),
      );
      expect(error).toMatchObject({ name: "UploadError", code: "UPLOAD_FAILED" });
      expect(String(error)).toContain("changed while it was sent");
    }
    await rm(path);
    const gone = uploadAll([handleFile(path)], server.requests, settings);
    expect(await rejection(gone)).toMatchObject({ code: "FILE_NOT_FOUND" });
  });

  it("because a stream goes over the limit is stopped there", async () => {
    await using server = await startFileServer();
    let cancelled = false;
    const endless = new ReadableStream<Uint8Array>({
      pull: (sink) => sink.enqueue(new Uint8Array(1000)),
      cancel: () => {
        cancelled = true;
      },
    });
    const limited = { ...settings, maxFileSize: 10_000 };
    const file = handleFile(endless, { name: "endless.bin" });
    const error = await rejection(uploadAll([file], server.requests, limited));
    expect(error).toMatchObject({ name: "UploadError", code: "FILE_TOO_LARGE" });
    expect(cancelled).toBe(true);
  });
});

it("ends the source of an upload that is refused before its end", async () => {
  await using server = await startFileServer((_, response) => {
    response.writeHead(413).end("too large");
  });
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (sink) => sink.enqueue(new Uint8Array(10_000)),
    cancel: () => {
      cancelled = true;
    },
  });
  const error = await rejection(uploadAll([handleFile(endless)], server.requests, settings));
  expect(error).toMatchObject({ code: "FILE_TOO_LARGE" });
  await until(() => cancelled);
});

it("cancels a silent source at once when its owner gives up", async () => {
  await using server = await startFileServer(hold([]));
  const controller = new AbortController();
  const reason = new Error("enough");
  let cancelled: unknown;
  const silent = new ReadableStream<Uint8Array>({
    pull: () => new Promise(() => {}),
    cancel: (why) => {
      cancelled = why;
    },
  });
  const { signal } = controller;
  const node = new Readable({ read: () => {} });
  const uploading = rejection(
    uploadAll([handleFile(silent), handleFile(node)], server.requests, settings, { signal }),
  );
  while (server.seen.length < 2) await nextTurn();
  controller.abort(reason);
  expect(await uploading).toBe(reason);
  expect(cancelled).toBe(reason);
  expect(node.destroyed).toBe(true);
});

describe("many at once", () => {
  it("go up four at a time, each in a request of its own", async () => {
    const held: ServerResponse[] = [];
    await using server = await startFileServer(hold(held));
    const files = Array.from({ length: 10 }, (_, index) => Buffer.from([index]));
    const uploading = uploadAll(files, server.requests, settings);
    let answered = 0;
    while (answered < 10) {
      while (held.length < Math.min(4, 10 - answered)) await nextTurn();
      expect(held.length).toBeLessThanOrEqual(4);
      held.shift()?.end(JSON.stringify([`/srv/${answered}`]));
      answered += 1;
    }
    expect((await uploading).size).toBe(10);
    expect(server.seen).toHaveLength(10);
  });

  it("are all or nothing: the first failure stops the others", async () => {
    const held: ServerResponse[] = [];
    await using server = await startFileServer(hold(held));
    const count = { opened: 0, closed: 0 };
    const waiting = (): FileInput =>
      handleFile(
        (async function* (): AsyncGenerator<Uint8Array> {
          count.opened += 1;
          try {
            for (;;) {
              yield new Uint8Array(10);
              await nextTurn();
            }
          } finally {
            count.closed += 1;
          }
        })(),
      );
    const files = [Buffer.from("x"), waiting(), waiting(), waiting(), waiting(), waiting()];
    const uploading = rejection(uploadAll(files, server.requests, settings));
    while (held.length < 4) await nextTurn();
    const first = held.find(({ req }) => req.headers["content-length"] !== undefined);
    first?.writeHead(400).end("no");
    expect(await uploading).toMatchObject({ code: "UPLOAD_FAILED" });
    await Promise.all(
      held
        .filter((other) => other !== first)
        .map(({ req }) => new Promise((resolve) => req.once("close", resolve))),
    );
    while (count.closed < count.opened) await nextTurn();
    expect(count.opened).toBe(3);
    expect(server.seen).toHaveLength(4);
  });

  it("stop when their owner gives up, with the reason as it is", async () => {
    const held: ServerResponse[] = [];
    await using server = await startFileServer(hold(held));
    const controller = new AbortController();
    const uploading = rejection(
      uploadAll([Buffer.from("a"), Buffer.from("b")], server.requests, settings, {
        signal: controller.signal,
      }),
    );
    while (held.length < 2) await nextTurn();
    const reason = { enough: true };
    controller.abort(reason);
    expect(await uploading).toBe(reason);
    const before = server.seen.length;
    const late = uploadAll([Buffer.from("a")], server.requests, settings, {
      signal: controller.signal,
    });
    expect(await rejection(late)).toBe(reason);
    expect(server.seen).toHaveLength(before);
  });
});

describe("progress", () => {
  it("counts all files together up to the end", async () => {
    await using server = await startFileServer();
    const seen: TransferProgress[] = [];
    const files = Array.from({ length: 5 }, () => handleFile(Buffer.alloc(300_000)));
    await uploadAll(files, server.requests, settings, { onProgress: (step) => seen.push(step) });
    expect(seen.at(-1)).toEqual({ loaded: 1_500_000, total: 1_500_000 });
    const loaded = seen.map((step) => step.loaded);
    expect(loaded).toEqual(loaded.toSorted((one, other) => one - other));
  });

  it("has no total when a stream is among the files", async () => {
    await using server = await startFileServer();
    const seen: TransferProgress[] = [];
    const files = [handleFile(Readable.from(["abc"])), Buffer.from("defg")];
    await uploadAll(files, server.requests, settings, { onProgress: (step) => seen.push(step) });
    expect(seen.at(-1)).toEqual({ loaded: 7, total: undefined });
  });

  it("fails the upload with the very error that its listener throws", async () => {
    await using server = await startFileServer();
    const mistake = new TypeError("mine");
    const uploading = uploadAll([Buffer.alloc(100), Buffer.alloc(100)], server.requests, settings, {
      onProgress: () => {
        throw mistake;
      },
    });
    expect(await rejection(uploading)).toBe(mistake);
  });
});

/** Gives the runtime its turns until something has happened. */
async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await nextTurn();
}
