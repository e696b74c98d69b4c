import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Client, InputError, UploadError, file, handleFile } from "@gradio-kit/client";
import { expect } from "vitest";
import { connect } from "../harness/connect.js";
import { passThrough } from "../harness/pass-through.js";
import { rejection, thrown } from "../harness/rejection.js";
import { scenario } from "../harness/scenario.js";
import type { Server } from "../harness/server.js";
import { temporaryFolder } from "../harness/temporary-folder.js";

const describe = (name: string, bytes: Uint8Array) => ({
  name,
  size: bytes.length,
  sha256: createHash("sha256").update(bytes).digest("hex"),
});

const content = randomBytes(100_000);

scenario("C50 a file on disk", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server);
  const path = join(folder.path, "notes.txt");
  await writeFile(path, content);
  const expected = describe("notes.txt", content);
  expect(await client.predict("/describe_file", [handleFile(path)])).toEqual(expected);
  expect(await client.predict("/describe_file", { upload: handleFile(path) })).toEqual(expected);
  expect(await client.predict("/describe_file", [handleFile(pathToFileURL(path))])).toEqual(
    expected,
  );
  // The old name of the same function.
  expect(await client.predict("/describe_file", [file(path)])).toEqual(expected);
});

scenario("C50 a Blob, a File, bytes, and streams of both kinds", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server);
  const path = join(folder.path, "streamed.bin");
  await writeFile(path, content);
  const named = { name: "named.bin" };
  const sources = [
    [handleFile(new File([content], "own name.bin")), "own name.bin"],
    [handleFile(new Blob([content]), named), "named.bin"],
    [handleFile(content, named), "named.bin"],
    [handleFile(new Uint8Array(content), named), "named.bin"],
    [handleFile(createReadStream(path), named), "named.bin"],
    [handleFile(new Blob([content]).stream(), named), "named.bin"],
  ] as const;
  for (const [source, name] of sources) {
    expect(await client.predict("/describe_file", [source])).toEqual(describe(name, content));
  }
});

scenario("C50 a Blob or a File needs no wrapping", async (server) => {
  await using client = await connect(server);
  const picture = new File([content], "picture.png", { type: "image/png" });
  expect(await client.predict("/describe_file", [picture])).toEqual(
    describe("picture.png", content),
  );
  expect(await client.predict("/describe_file", [new Blob([content])])).toMatchObject({
    size: content.length,
  });
});

scenario("C50 many files at once, and the same one again", async (server) => {
  await using client = await connect(server);
  const uploads = Array.from({ length: 12 }, (_, index) =>
    handleFile(Buffer.from(`content ${index}`), { name: `file ${index}.txt` }),
  );
  const expected = uploads.map((_, index) =>
    describe(`file ${index}.txt`, Buffer.from(`content ${index}`)),
  );
  expect(await client.predict("/describe_files", [uploads])).toEqual(expected);
  const inputs = { uploads: [uploads[0], uploads[0]] };
  expect(await client.predict("/describe_files", inputs)).toEqual([expected[0], expected[0]]);
  expect(inputs.uploads).toEqual([uploads[0], uploads[0]]);
});

/** The client's own requests are counted: what the app gets has to be right in any case. */
async function relayed(server: Server): Promise<AsyncDisposable & Relayed> {
  const relay = await passThrough(server.apps.main);
  const client = await Client.connect(relay.url, { verbose: false, downloadFiles: false });
  return {
    client,
    uploads: () => relay.to("/upload").length,
    lastPath: () => {
      const asked = relay.to("/file=").findLast(({ method }) => method === "HEAD");
      return decodeURIComponent(asked?.path.split("/file=")[1] ?? "");
    },
    async [Symbol.asyncDispose]() {
      await client.close();
      await relay[Symbol.asyncDispose]();
    },
  };
}

interface Relayed {
  readonly client: Client;
  uploads(): number;
  /** Where the app has the file that it was last asked for. */
  lastPath(): string;
}

scenario("C50 a file that its session has sent is not sent again", async (server) => {
  await using site = await relayed(server);
  const { client, uploads } = site;
  const blob = new File([content], "once.bin");
  // Older than the clock of any file system is coarse.
  const path = fileURLToPath(import.meta.url);
  const onDisk = describe(basename(path), await readFile(path));
  for (let round = 0; round < 2; round += 1) {
    expect(await client.predict("/describe_file", [blob])).toEqual(describe("once.bin", content));
    expect(await client.predict("/describe_file", [handleFile(path)])).toEqual(onDisk);
  }
  expect(uploads()).toBe(2);
  // Under another name it is another file for the app.
  const renamed = handleFile(blob, { name: "other.bin" });
  expect(await client.predict("/describe_file", [renamed])).toEqual(describe("other.bin", content));
  expect(uploads()).toBe(3);
  client.resetSession();
  expect(await client.predict("/describe_file", [blob])).toEqual(describe("once.bin", content));
  expect(uploads()).toBe(4);
});

scenario("C50 calls at the same time send a shared file once", async (server) => {
  await using site = await relayed(server);
  const { client, uploads } = site;
  const blob = new File([content], "shared.bin");
  const calls = Array.from({ length: 5 }, () => client.predict("/describe_file", [blob]));
  for (const value of await Promise.all(calls)) {
    expect(value).toEqual(describe("shared.bin", content));
  }
  expect(uploads()).toBe(1);
});

scenario("C50 a file that has changed or is lost is sent again", async (server) => {
  await using folder = await temporaryFolder();
  await using site = await relayed(server);
  const { client, uploads } = site;
  const path = join(folder.path, "changing.txt");
  for (const text of ["one", "two", "six"]) {
    await writeFile(path, text);
    expect(await client.predict("/describe_file", [handleFile(path)])).toEqual(
      describe("changing.txt", Buffer.from(text)),
    );
  }
  expect(uploads()).toBe(3);
  const blob = new File([content], "lost.bin");
  const expected = describe("lost.bin", content);
  for (let round = 0; round < 2; round += 1) {
    expect(await client.predict("/describe_file", [blob])).toEqual(expected);
    expect(uploads()).toBe(4);
  }
  // As an app does that cleans up, or that has been restarted elsewhere.
  await rm(site.lastPath());
  expect(await client.predict("/describe_file", [blob])).toEqual(expected);
  expect(uploads()).toBe(5);
});

scenario("C50 an empty file", async (server) => {
  await using client = await connect(server);
  const empty = handleFile(new Uint8Array(), { name: "empty.txt" });
  expect(await client.predict("/describe_file", [empty])).toEqual(
    describe("empty.txt", new Uint8Array()),
  );
});

const attached = handleFile(Buffer.from("attached"), { name: "attached.txt" });

scenario("C50 files nested in a gallery", async (server) => {
  await using client = await connect(server);
  const picture = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );
  const image = handleFile(picture, { name: "dot.png" });
  const pictures = [
    { image, caption: "a dot" },
    { image, caption: null },
  ];
  // Gradio 3 wants pairs.
  const isPairs = client.config.protocol === "ws";
  const gallery = isPairs ? pictures.map((picture) => Object.values(picture)) : pictures;
  expect(await client.predict("/describe_gallery", [gallery])).toMatchObject([
    { caption: "a dot" },
    { caption: null },
  ]);
});

scenario("C50 files nested in a message", async (server) => {
  await using client = await connect(server);
  expect(await client.predict("/describe_message", [{ text: "see", files: [attached] }])).toEqual({
    text: "see",
    files: [describe("attached.txt", Buffer.from("attached"))],
  });
});

scenario("C50 files nested in any JSON", async (server) => {
  await using client = await connect(server);
  const nested = await client.predict("/echo", [{ a: [attached], p: "x" }]);
  expect(nested).toMatchObject({ p: "x" });
  expect(JSON.parse(JSON.stringify(nested))).toMatchObject({
    a: [{ orig_name: "attached.txt", path: expect.stringContaining("attached.txt") }],
  });
});

scenario("C49 names with any character keep their meaning", async (server) => {
  await using client = await connect(server);
  for (const name of ["weird #na%20me é.txt", "日本語.txt", "a;b=c,d&e'f.txt", "no extension"]) {
    const upload = handleFile(Buffer.from(name), { name });
    expect(await client.predict("/describe_file", [upload])).toEqual(
      describe(name, Buffer.from(name)),
    );
  }
});

scenario("C49 a name cannot break out of the upload", async (server) => {
  await using client = await connect(server);
  for (const name of ['quote".txt', "line\r\nbreak.txt", "../../up.txt", "C:\\folder\\win.txt"]) {
    const upload = handleFile(Buffer.from("content"), { name });
    const seen = await client.predict("/describe_file", [upload]);
    expect(seen).toMatchObject({ size: 7 });
    expect((seen as { name: string }).name).not.toMatch(/["\r\n/\\]/);
  }
});

scenario("C51 a URL is not uploaded, the app is told to fetch it", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const url = "https://example.org/files/report.pdf?version=2";
  const seen = await client.predict("/echo", [{ document: handleFile(url) }]).catch(() => null);
  expect(relay.to("/upload")).toHaveLength(0);
  // The app may refuse to fetch it (it is offline): what it was told is what counts.
  if (seen !== null) {
    expect(JSON.parse(JSON.stringify(seen))).toMatchObject({
      document: { orig_name: "report.pdf" },
    });
  }
});

scenario("C52 a file that is not there fails before anything is sent", async (server) => {
  await using folder = await temporaryFolder();
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const before = relay.seen.length;
  for (const path of [join(folder.path, "missing.txt"), folder.path]) {
    const error = await rejection(
      // Either where it is wrapped or where it is used, as early as it can be known.
      (async () => client.predict("/describe_file", [handleFile(path)]))(),
    );
    expect(error).toBeInstanceOf(InputError);
    expect(error).toMatchObject({ code: "FILE_NOT_FOUND" });
    expect(String(error)).toContain(path);
  }
  expect(relay.seen.slice(before).filter(({ method }) => method === "POST")).toEqual([]);
});

scenario("C52 one missing file among good ones: none is uploaded", async (server) => {
  await using folder = await temporaryFolder();
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const path = join(folder.path, "soon gone.txt");
  await writeFile(path, "x");
  const uploads = [handleFile(Buffer.from("good"), { name: "good.txt" }), handleFile(path)];
  await rm(path);
  const error = await rejection(client.predict("/describe_files", [uploads]));
  expect(error).toMatchObject({ code: "FILE_NOT_FOUND" });
  expect(relay.to("/upload")).toHaveLength(0);
  expect(relay.to("/queue/join")).toHaveLength(0);
});

scenario("what is no file cannot be wrapped as one", async () => {
  for (const source of [undefined, null, 5, {}, ""]) {
    const error = thrown(() => handleFile(source as unknown as string));
    expect(error).toBeInstanceOf(InputError);
  }
});

scenario("C53 a file over the app's limit is refused before it is sent", async (server) => {
  await using relay = await passThrough(server.apps.reserved);
  await using client = await Client.connect(relay.url, { verbose: false });
  const small = handleFile(Buffer.alloc(500), { name: "small.bin" });
  expect(await client.predict("/describe_file", [small])).toMatchObject({ size: 500 });
  const uploads = relay.to("/upload").length;
  const large = handleFile(Buffer.alloc(5_000), { name: "large.bin" });
  const error = await rejection(client.predict("/describe_file", [large]));
  expect(error).toBeInstanceOf(UploadError);
  expect(error).toMatchObject({ code: "FILE_TOO_LARGE" });
  expect(String(error)).toContain("large.bin");
  expect(String(error)).toMatch(/1000|1024|1 ?kb/i);
  expect(relay.to("/upload")).toHaveLength(uploads);
});

scenario("C53 a stream over the app's limit: the app's refusal is told", async (server) => {
  await using client = await connect(server, "reserved");
  const large = new Blob([Buffer.alloc(50_000)]).stream();
  const error = await rejection(
    client.predict("/describe_file", [handleFile(large, { name: "large.bin" })]),
  );
  expect(error).toBeInstanceOf(UploadError);
  expect(error).toMatchObject({ code: "FILE_TOO_LARGE" });
});

scenario("C58 an omitted file: the app's own default is used", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  expect(await client.predict("/describe_default", [])).toEqual(
    describe("default.txt", Buffer.from("the default")),
  );
  expect(relay.to("/upload")).toHaveLength(0);
});

scenario("C59 text that looks like a path is text", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const texts = ["", ".", "/etc/hostname", "https://example.org/x.png"];
  // What the app gave is what it takes: the form of a history differs between versions.
  const history = await client.predict("/tell_history", [texts]);
  const seen = (await client.predict("/describe_history", [history])) as { text: string }[];
  expect(seen.map(({ text }) => text)).toEqual(texts);
  expect(relay.to("/upload")).toHaveLength(0);
});

scenario("uploading ahead of a call, with progress", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  const big = randomBytes(3_000_000);
  const seen: { loaded: number; total: number | undefined }[] = [];
  const uploaded = await client.upload(handleFile(big, { name: "big.bin" }), {
    onProgress: (progress) => seen.push({ ...progress }),
  });
  expect(seen.at(-1)).toEqual({ loaded: big.length, total: big.length });
  const loaded = seen.map((progress) => progress.loaded);
  expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
  const before = relay.to("/upload").length;
  expect(await client.predict("/describe_file", [uploaded])).toEqual(describe("big.bin", big));
  expect(relay.to("/upload")).toHaveLength(before);
});

scenario("an upload can be given up", async (server) => {
  await using client = await connect(server);
  const controller = new AbortController();
  const reason = new Error("enough");
  const endless = new ReadableStream<Uint8Array>({
    pull: (sink) => {
      sink.enqueue(new Uint8Array(10_000));
      controller.abort(reason);
    },
  });
  const uploading = client.upload(handleFile(endless, { name: "endless.bin" }), {
    signal: controller.signal,
  });
  expect(await rejection(uploading)).toBe(reason);
});
