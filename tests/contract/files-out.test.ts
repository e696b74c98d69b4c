import { mkdir, readFile, readdir, stat, writeFile } from "node:fs/promises";
import { basename, isAbsolute, join, relative } from "node:path";
import { Client, GradioFile, handleFile } from "@gradio-kit/client";
import { expect } from "vitest";
import { collect } from "../harness/collect.js";
import { connect } from "../harness/connect.js";
import { apiAddress, openGate } from "../harness/facts.js";
import { passThrough } from "../harness/pass-through.js";
import { runProgram } from "../harness/run-program.js";
import { scenario } from "../harness/scenario.js";
import { temporaryFolder } from "../harness/temporary-folder.js";

const LARGE_MEGABYTES = 120;
const AWKWARD_NAME = "weird #na%20me é.txt";

function asFile(value: unknown): GradioFile {
  return value instanceof GradioFile ? value : expect.unreachable(`no file: ${String(value)}`);
}

interface Picture {
  readonly image: unknown;
  readonly caption: string;
}

/** The pictures of a gallery: objects, or pairs in Gradio 3. */
function picturesOf(gallery: unknown): Picture[] {
  return (gallery as (Picture | readonly [unknown, string])[]).map((entry) =>
    "image" in entry ? entry : { image: entry[0], caption: entry[1] },
  );
}

scenario("C49 a file goes there and back unchanged", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server, "main", { downloadFiles: folder.path });
  const content = crypto.getRandomValues(new Uint8Array(60_000));
  const upload = handleFile(content, { name: "data é.bin" });
  const result = asFile(await client.predict("/echo_file", [upload]));
  expect(result.name).toBe("data é.bin");
  expect(result.isStream).toBe(false);
  const path = result.path ?? expect.unreachable();
  expect(isAbsolute(path)).toBe(true);
  expect(relative(folder.path, path)).not.toMatch(/^\.\./);
  expect(basename(path)).toBe("data é.bin");
  expect(new Uint8Array(await readFile(path))).toEqual(content);
  expect(new Uint8Array(await result.bytes())).toEqual(content);
});

scenario("C49 two files of the same name do not meet", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server, "main", { downloadFiles: folder.path });
  const uploads = ["one", "two"].map((text) => handleFile(Buffer.from(text), { name: "same.txt" }));
  const results = (await client.predict("/echo_files", [uploads])) as unknown[];
  const texts = await Promise.all(
    results.map((result) => readFile(asFile(result).path ?? "", "utf8")),
  );
  expect(texts).toEqual(["one", "two"]);
});

scenario("where files go can be said for one call", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server, "main", { downloadFiles: false });
  const kept = asFile(await client.predict("/awkward_file"));
  expect(kept.path).toBeUndefined();
  const fetched = asFile(await client.predict("/awkward_file", [], { downloadFiles: folder.path }));
  expect(relative(folder.path, fetched.path ?? "")).not.toMatch(/^\.\./);
});

scenario("without an option files go where Gradio's own client puts them", async (server) => {
  await using folder = await temporaryFolder();
  const before = process.env["GRADIO_TEMP_DIR"];
  process.env["GRADIO_TEMP_DIR"] = folder.path;
  try {
    await using client = await connect(server);
    const result = asFile(await client.predict("/awkward_file"));
    expect(relative(folder.path, result.path ?? "")).not.toMatch(/^\.\./);
    expect(await readFile(result.path ?? "", "utf8")).toBe("awkward");
  } finally {
    if (before === undefined) delete process.env["GRADIO_TEMP_DIR"];
    else process.env["GRADIO_TEMP_DIR"] = before;
  }
});

scenario("C54 a file with an awkward name", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server, "main", { downloadFiles: folder.path });
  const result = asFile(await client.predict("/awkward_file"));
  expect(result.name).toBe(AWKWARD_NAME);
  expect(basename(result.path ?? "")).toBe(AWKWARD_NAME);
  expect(await readFile(result.path ?? "", "utf8")).toBe("awkward");
});

scenario("C55 lists and galleries: every file, captions kept", async (server) => {
  await using client = await connect(server, "main", { downloadFiles: false });
  const list = (await client.predict("/file_list")) as unknown[];
  expect(list.map((entry) => asFile(entry).name)).toEqual(["a.txt", "b.txt"]);
  expect(await Promise.all(list.map((entry) => asFile(entry).text()))).toEqual(["a", "b"]);
  const gallery = picturesOf(await client.predict("/two_pictures"));
  expect(gallery.map(({ caption }) => caption)).toEqual(["a red picture", "a blue picture"]);
  for (const { image } of gallery) {
    const bytes = await asFile(image).bytes();
    expect(Buffer.from(bytes).toString("latin1", 1, 4)).toBe("PNG");
  }
});

scenario("C56 left on the server: nothing is fetched until it is asked for", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false, downloadFiles: false });
  const result = asFile(await client.predict("/awkward_file"));
  expect(relay.to("/file=")).toHaveLength(0);
  expect(result.path).toBeUndefined();
  expect(result.name).toBe(AWKWARD_NAME);
  expect(await result.text()).toBe("awkward");
  expect(await new Response(result.stream()).text()).toBe("awkward");
  expect(await (await result.blob()).text()).toBe("awkward");
  expect(relay.to("/file=").length).toBeGreaterThan(0);
  // The address works by itself, in a browser for example.
  expect(await (await fetch(result.url)).text()).toBe("awkward");
});

scenario("C56 as JSON a file is Gradio's own file data", async (server) => {
  await using client = await connect(server, "main", { downloadFiles: false });
  const upload = handleFile(Buffer.from("hello"), { name: "hello.txt" });
  const result = asFile(await client.predict("/echo_file", [upload]));
  const data = JSON.parse(JSON.stringify(result)) as { path: string };
  expect(data).toMatchObject({
    path: expect.stringContaining("hello.txt"),
    orig_name: "hello.txt",
    meta: { _type: "gradio.FileData" },
  });
  // Somebody without this library can pass it on.
  const answer = await fetch(`${await apiAddress(server)}/run/describe_file`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ data: [data] }),
  });
  expect(answer.ok).toBe(true);
  expect(await answer.text()).toContain("hello.txt");
});

scenario("a result passed straight back is not uploaded again", async (server) => {
  await using folder = await temporaryFolder();
  await using relay = await passThrough(server.apps.main);
  for (const downloadFiles of [folder.path, false] as const) {
    await using client = await Client.connect(relay.url, { verbose: false, downloadFiles });
    const upload = handleFile(Buffer.from("hello"), { name: "hello.txt" });
    const result = asFile(await client.predict("/echo_file", [upload]));
    const uploads = relay.to("/upload").length;
    expect(await client.predict("/describe_file", [result])).toMatchObject({
      name: "hello.txt",
      size: 5,
    });
    expect(relay.to("/upload")).toHaveLength(uploads);
  }
});

scenario("a picture is really changed by the app", async (server) => {
  await using client = await connect(server, "main", { downloadFiles: false });
  const gallery = picturesOf(await client.predict("/two_pictures"));
  const red = gallery[0]?.image ?? expect.unreachable();
  const cyan = asFile(await client.predict("/invert", [red]));
  const again = asFile(await client.predict("/invert", [cyan]));
  expect(await cyan.bytes()).not.toEqual(await again.bytes());
  expect(cyan.mimeType ?? "image/png").toBe("image/png");
});

scenario("saving: to a name, into a folder, with progress", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server, "main", { downloadFiles: false });
  const content = crypto.getRandomValues(new Uint8Array(65_536));
  const result = asFile(
    await client.predict("/echo_file", [handleFile(content, { name: "data.bin" })]),
  );
  const seen: { loaded: number; total: number | undefined }[] = [];
  const named = join(folder.path, "copy.bin");
  await result.save(named, { onProgress: (progress) => seen.push({ ...progress }) });
  expect(new Uint8Array(await readFile(named))).toEqual(content);
  expect(seen.at(-1)?.loaded).toBe(content.length);
  const directory = join(folder.path, "into");
  await mkdir(directory);
  await result.save(directory);
  expect(await readdir(directory)).toEqual(["data.bin"]);
  expect((await stat(join(directory, "data.bin"))).size).toBe(content.length);
});

scenario("C60 a large file passes through without filling the memory", async (server) => {
  await using folder = await temporaryFolder();
  const [source, target] = [join(folder.path, "large.bin"), join(folder.path, "again.bin")];
  // Bytes of all kinds: for old servers some texts are ten times as much work.
  const content = crypto.getRandomValues(new Uint8Array(60_000));
  await writeFile(source, Buffer.alloc(LARGE_MEGABYTES * 1024 * 1024, content));
  const { exitCode, lines, errors } = await runProgram(
    "large-file",
    server.apps.main,
    source,
    target,
  );
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: "" });
  expect(lines[0]).toBe("complete");
  // Buffers, compiled code and garbage, but neither the file on its way up nor on its way down.
  expect(Number(lines[1])).toBeLessThan(LARGE_MEGABYTES / 2);
});

scenario("C30 a generator of files gives each one", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server, "main", { downloadFiles: folder.path });
  const job = client.submit("/yield_files");
  const { values } = await collect(job);
  const texts = await Promise.all(
    values.map((value) => readFile(asFile(value).path ?? "", "utf8")),
  );
  expect(texts).toEqual(["hi0", "hi1"]);
  expect(asFile(await job.result()).name).toBe("part1.txt");
});

scenario("C57 JSON that looks like a file is JSON, and nothing is fetched", async (server) => {
  await using relay = await passThrough(server.apps.main);
  await using client = await Client.connect(relay.url, { verbose: false });
  expect(await client.predict("/path_in_json")).toEqual({ path: "/etc/hostname" });
  expect(relay.to("/file=")).toHaveLength(0);
});

scenario("sound that is still being made is handed out as the stream it is", async (server) => {
  await using folder = await temporaryFolder();
  await using client = await connect(server, "main", { downloadFiles: folder.path });
  const tag = crypto.randomUUID();
  const job = client.submit("/stream_sound", [tag]);
  const sound = asFile(await job.first());
  expect(sound.isStream).toBe(true);
  expect(new URL(sound.url).pathname).toMatch(/\.m3u8$/);
  await openGate(server, tag);
  expect(asFile(await job.result()).isStream).toBe(true);
});
