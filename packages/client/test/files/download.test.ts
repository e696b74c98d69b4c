import { createHash, randomBytes } from "node:crypto";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { basename, join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { rejection } from "../../../../tests/harness/rejection.js";
import { temporaryFolder } from "../../../../tests/harness/temporary-folder.js";
import type { FileData } from "../../src/core/file-data.js";
import type { GradioFile } from "../../src/core/gradio-file.js";
import type { TransferProgress } from "../../src/core/transfer.js";
import { ConnectionError, HttpError, InputError } from "../../src/errors.js";
import { Requests } from "../../src/io/requests.js";
import { ResultFiles } from "../../src/io/result-files.js";
import { nodeDisk } from "../../src/platform/node/disk.js";
import { mimeTypeOf } from "../../src/platform/node/mime.js";
import { openWebSocket } from "../../src/platform/node/socket.js";
import { FetchTransport } from "../../src/platform/web/transport.js";
import { startFileServer, type FileServer, type Handler } from "./file-server.js";

const meta = { _type: "gradio.FileData" } as const;
const content = randomBytes(700_000);
const sha256 = createHash("sha256").update(content).digest("hex");

/** Comparing large arrays element by element takes seconds. */
const expectContent = (bytes: Uint8Array): void => {
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
};

const give: Handler = (_, response) => {
  response.setHeader("content-length", content.length);
  response.end(content);
};

function fileOn(server: FileServer, data: Partial<FileData> = {}, disk = true): GradioFile {
  const files = new ResultFiles(server.requests, disk ? nodeDisk : undefined, mimeTypeOf);
  return files.make({ path: "/srv/ab/a.bin", ...data, meta });
}

const store = (server: FileServer, file: GradioFile, directory: string): Promise<void> =>
  new ResultFiles(server.requests, nodeDisk, mimeTypeOf).store(file, directory);

/** Everything below a directory. */
const listing = async (directory: string): Promise<string[]> =>
  (await readdir(directory, { recursive: true })).toSorted();

describe("a file of a result", () => {
  it("says what it is", async () => {
    await using server = await startFileServer(give);
    const data = {
      path: "/srv/ab/weird #na%20me é.png",
      url: "https://wrong.host/x",
      size: 700_000,
      orig_name: "weird #na%20me é.png",
      mime_type: "image/x-own",
      is_stream: false,
    };
    const file = fileOn(server, data);
    const known = {
      name: data.orig_name,
      url: `${server.url}gradio_api/file=/srv/ab/weird%20%23na%2520me%20%C3%A9.png`,
      path: undefined,
      size: 700_000,
      mimeType: "image/x-own",
      isStream: false,
    };
    expect({ ...file }).toEqual(known);
    expect(JSON.parse(JSON.stringify(file))).toEqual({ ...data, meta });
    expect(inspect(file)).toBe(inspect(known).replace("{", "GradioFile {"));
    expectContent(await file.bytes());
    expect(server.seen[0]?.url).toBe(new URL(known.url).pathname);
  });

  it("makes do with what old servers leave out", async () => {
    await using server = await startFileServer(give);
    expect(
      fileOn(server, { path: "C:\\tmp\\a b.flac", orig_name: null, size: null }),
    ).toMatchObject({ name: "a b.flac", size: undefined, mimeType: "audio/flac", isStream: false });
    expect(fileOn(server, { orig_name: "../../.." }).name).toBe("file");
  });

  it("gives its content as text, as a blob and as a stream", async () => {
    await using server = await startFileServer((_, response) => response.end("grüße"));
    const file = fileOn(server, { mime_type: "text/plain" });
    expect(await file.text()).toBe("grüße");
    const blob = await file.blob();
    expect(blob.type).toBe("text/plain");
    expect(await blob.text()).toBe("grüße");
    const asked = server.seen.length;
    const stream = file.stream();
    await nextTurn();
    expect(server.seen).toHaveLength(asked);
    expect(await new Response(stream).text()).toBe("grüße");
  });

  it("is fetched with the client's headers from the app, and without them from elsewhere", async () => {
    const headers = { authorization: "Bearer secret", cookie: "session=secret" };
    await using server = await startFileServer(give, headers);
    await using elsewhere = await startFileServer(give);
    await fileOn(server).bytes();
    await fileOn(server, { path: `${elsewhere.url}a.png`, url: `${elsewhere.url}a.png` }).bytes();
    expect(server.seen[0]?.headers).toMatchObject(headers);
    expect(elsewhere.seen[0]?.headers.authorization).toBeUndefined();
    expect(elsewhere.seen[0]?.headers.cookie).toBeUndefined();
  });
});

describe("on its way to disk", () => {
  it("lands under the hash of its content, with its name and the same bytes", async () => {
    await using server = await startFileServer(give);
    await using folder = await temporaryFolder();
    const directory = join(folder.path, "new", "directory");
    const file = fileOn(server, { orig_name: "weird #na%20me é.txt" });
    await store(server, file, directory);
    expect(file.path).toBe(join(directory, sha256, "weird #na%20me é.txt"));
    expect(file.size).toBe(content.length);
    expectContent(await readFile(file.path ?? ""));
    expect(await listing(directory)).toEqual([sha256, join(sha256, basename(file.path ?? ""))]);
    await store(server, file, directory);
    expect(server.seen).toHaveLength(1);
  });

  it("never leaves the directory, whatever its name", async () => {
    await using server = await startFileServer(give);
    await using folder = await temporaryFolder();
    const directory = join(folder.path, "results");
    const names = ["../../evil.txt", "..\\evil.txt", "/etc/evil.txt", "..", "a/../../evil.txt"];
    for (const name of names) {
      const file = fileOn(server, { orig_name: name });
      await store(server, file, directory);
      await file.save(`${directory}/`);
    }
    expect(await readdir(folder.path)).toEqual(["results"]);
    expect((await readdir(directory)).toSorted()).toEqual([sha256, "evil.txt", "file"].toSorted());
    expect((await readdir(join(directory, sha256))).toSorted()).toEqual(["evil.txt", "file"]);
  });

  it("is read from there afterwards, even when the app is gone", async () => {
    await using folder = await temporaryFolder();
    const server = await startFileServer(give);
    const file = fileOn(server);
    await store(server, file, folder.path);
    await server[Symbol.asyncDispose]();
    expectContent(await file.bytes());
    expectContent(await new Response(file.stream()).bytes());
    const copy = await file.save(join(folder.path, "copy.bin"));
    expectContent(await readFile(copy));
    expect(file.path).not.toBe(copy);
    await rm(file.path ?? "");
    expect(await rejection(file.bytes())).toMatchObject({ code: "CLOSED" });
  });

  it("is asked for again when somebody has emptied the directory", async () => {
    await using server = await startFileServer(give);
    await using folder = await temporaryFolder();
    const file = fileOn(server);
    await store(server, file, folder.path);
    await rm(join(folder.path, sha256), { recursive: true });
    expectContent(await file.bytes());
    expect(server.seen).toHaveLength(2);
  });

  it("stays where it is when the app streams it", async () => {
    await using server = await startFileServer(give);
    await using folder = await temporaryFolder();
    const file = fileOn(server, { path: "S/1/2/playlist.m3u8", is_stream: true });
    await store(server, file, folder.path);
    expect(file).toMatchObject({ isStream: true, path: undefined });
    expect(server.seen).toHaveLength(0);
    expect(await listing(folder.path)).toEqual([]);
  });

  it("comes with others four at a time, and the first failure stops them all", async () => {
    const held: ServerResponse[] = [];
    await using server = await startFileServer((_, response) => {
      response.writeHead(200, { "content-length": 10 }).write("x");
      held.push(response);
    });
    await using folder = await temporaryFolder();
    const files = new ResultFiles(server.requests, nodeDisk, mimeTypeOf);
    const results = Array.from({ length: 6 }, (_, index) =>
      files.make({ path: `/srv/${index}`, meta }),
    );
    const storing = rejection(files.storeAll(results, folder.path));
    while (held.length < 4) await nextTurn();
    held[2]?.destroy();
    expect(await storing).toMatchObject({ code: "CONNECTION_LOST" });
    expect(server.seen).toHaveLength(4);
    expect(await listing(folder.path)).toEqual([]);
    while ((await server.connections()) > 0) await nextTurn();
  });
});

describe("saving", () => {
  it("makes a file, or one in a directory, and tells its path", async () => {
    await using server = await startFileServer(give);
    await using folder = await temporaryFolder();
    const file = fileOn(server, { orig_name: "a.bin" });
    const named = join(folder.path, "new", "b.bin");
    expect(await file.save(named)).toBe(named);
    expect(file.path).toBe(named);
    expect(await file.save(folder.path)).toBe(join(folder.path, "a.bin"));
    expect(await file.save(join(folder.path, "other/"))).toBe(join(folder.path, "other", "a.bin"));
    for (const name of ["new/b.bin", "a.bin", "other/a.bin"]) {
      expectContent(await readFile(join(folder.path, name)));
    }
    expect(await listing(folder.path)).toHaveLength(5);
  });

  it("tells how far it is, up to the end", async () => {
    await using server = await startFileServer(give);
    await using folder = await temporaryFolder();
    const seen: TransferProgress[] = [];
    await fileOn(server).save(`${folder.path}/`, { onProgress: (step) => seen.push(step) });
    expect(seen.at(-1)).toEqual({ loaded: content.length, total: content.length });
    expect(seen.filter(({ loaded }) => loaded === content.length)).toHaveLength(1);
    expect(seen.map(({ loaded }) => loaded)).toEqual(
      seen.map(({ loaded }) => loaded).toSorted((one, other) => one - other),
    );
  });

  it("needs a place that can be written", async () => {
    await using server = await startFileServer(give);
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "file"), "mine");
    const file = fileOn(server);
    const inside = await rejection(file.save(join(folder.path, "file", "a.bin")));
    expect(inside).toBeInstanceOf(InputError);
    expect(inside).toMatchObject({ code: "INVALID_OPTION" });
    for (const target of ["", undefined, 5]) {
      expect(await rejection(file.save(target as string))).toMatchObject({
        code: "INVALID_OPTION",
      });
    }
    const nowhere = await rejection(fileOn(server, {}, false).save("a.bin"));
    expect(nowhere).toMatchObject({ code: "INVALID_OPTION" });
    expect(String(nowhere)).toContain("Node, Bun or Deno");
    expect(server.seen).toHaveLength(0);
    expect(await readFile(join(folder.path, "file"), "utf8")).toBe("mine");
  });
});

describe("a download that fails", () => {
  const failures: [name: string, handle: Handler, error: object][] = [
    [
      "is cut off before the announced length",
      (_, response) => {
        response.writeHead(200, { "content-length": 100 });
        response.write("only this", () => response.destroy());
      },
      { name: "ConnectionError", code: "CONNECTION_LOST" },
    ],
    [
      "is cut off between chunks",
      (_, response) => {
        response.writeHead(200).write("only this", () => response.destroy());
      },
      { name: "ConnectionError", code: "CONNECTION_LOST" },
    ],
    [
      "is refused",
      (_, response) => response.writeHead(403).end('{"detail":"File not allowed: /srv/ab/a.bin."}'),
      { name: "HttpError", code: "HTTP_403", message: expect.stringContaining("File not allowed") },
    ],
  ];

  it.each(failures)("because it %s leaves nothing behind", async (_, handle, expected) => {
    await using server = await startFileServer(handle);
    await using folder = await temporaryFolder();
    const target = join(folder.path, "a.bin");
    await writeFile(target, "as it was");
    const file = fileOn(server);
    for (const work of [
      async () => file.save(target),
      async () => store(server, file, folder.path),
      async () => file.bytes(),
      async () => new Response(file.stream()).text(),
    ]) {
      const error = await rejection(work());
      expect(error).toMatchObject(expected);
      expect(error).toSatisfy((it) => it instanceof ConnectionError || it instanceof HttpError);
    }
    expect(await listing(folder.path)).toEqual(["a.bin"]);
    expect(await readFile(target, "utf8")).toBe("as it was");
    expect(file.path).toBeUndefined();
    while ((await server.connections()) > 1) await nextTurn();
  });

  it("because it is too short, even where the runtime does not notice", async () => {
    const headers = { "content-length": "100" };
    const answer = async (): Promise<Response> => new Response("only this", { headers });
    const transport = new FetchTransport(answer, { openWebSocket });
    const requests = new Requests(transport, "http://127.0.0.1/", {});
    const file = new ResultFiles(requests, nodeDisk, mimeTypeOf).make({ path: "/srv/a", meta });
    expect(await rejection(file.bytes())).toMatchObject({
      name: "ConnectionError",
      code: "CONNECTION_LOST",
      message: expect.stringContaining("9 of 100 bytes"),
    });
  });

  it("because its owner gives up, with the reason as it is, while the server keeps silent", async () => {
    await using server = await startFileServer((_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("x");
    });
    await using folder = await temporaryFolder();
    const file = fileOn(server);
    const reason = { enough: true };
    for (const work of [
      async (signal: AbortSignal) => file.save(join(folder.path, "a.bin"), { signal }),
      async (signal: AbortSignal) => file.bytes({ signal }),
      async (signal: AbortSignal) => new Response(file.stream({ signal })).text(),
    ]) {
      const controller = new AbortController();
      const asked = server.seen.length;
      const working = rejection(work(controller.signal));
      while (server.seen.length === asked) await nextTurn();
      for (let turn = 0; turn < 20; turn += 1) await nextTurn();
      controller.abort(reason);
      expect(await working).toBe(reason);
    }
    expect(await listing(folder.path)).toEqual([]);
    while ((await server.connections()) > 0) await nextTurn();
  });

  it("because the reader of its stream goes away frees the connection at once", async () => {
    await using server = await startFileServer((_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("x");
    });
    const reader = fileOn(server).stream().getReader();
    expect((await reader.read()).value).toHaveLength(1);
    const waiting = reader.read();
    await reader.cancel();
    expect(await waiting).toEqual({ done: true, value: undefined });
    while ((await server.connections()) > 0) await nextTurn();
  });

  it("because its listener throws, with that very error", async () => {
    await using server = await startFileServer(give);
    await using folder = await temporaryFolder();
    const mistake = new TypeError("mine");
    const onProgress = (): never => {
      throw mistake;
    };
    expect(await rejection(fileOn(server).save(`${folder.path}/`, { onProgress }))).toBe(mistake);
    expect(await listing(folder.path)).toEqual([]);
    while ((await server.connections()) > 0) await nextTurn();
  });
});
