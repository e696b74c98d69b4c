import {
  createGradioServer,
  endpoint,
  file,
  files,
  gallery,
  image,
  type FileData,
} from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { ask, callThrough, firstOutput, listenTo } from "./support/wire.js";

const echo = endpoint({
  apiName: "echo",
  inputs: [file("File")],
  outputs: [file()],
  run: (given) => given,
});

/** A multipart body of parts: field name, file name, content. */
function form(...parts: [field: string, name: string | undefined, content: string][]) {
  const sections = parts.map(([field, name, content]) => {
    const fileName = name === undefined ? "" : `; filename="${name}"`;
    return `--zz\r\nContent-Disposition: form-data; name="${field}"${fileName}\r\n\r\n${content}\r\n`;
  });
  return {
    body: `${sections.join("")}--zz--\r\n`,
    headers: { "content-type": "multipart/form-data; boundary=zz" },
  };
}

function upload(server: { url: string }, ...parts: Parameters<typeof form>) {
  return ask(server, "POST", "/gradio_api/upload", form(...parts));
}

async function uploadOne(server: { url: string }, name: string, content: string) {
  const [path = ""] = (await upload(server, ["files", name, content])).json() as string[];
  return path;
}

const meta = { _type: "gradio.FileData" };

test("a file goes up, through a function, and down again", async () => {
  await using server = await createGradioServer({ endpoints: [echo], rootPath: "/sub/app" });
  const path = await uploadOne(server, "a b#é%.txt", "hello");
  const messages = await callThrough(server, "s", 0, [{ path, orig_name: "x.txt", meta }]);
  const result = firstOutput(messages) as FileData;
  expect(result).toEqual({
    path,
    url: expect.stringMatching(/\/sub\/app\/gradio_api\/file=.*\/a%20b%23%C3%A9%25\.txt$/),
    size: 5,
    orig_name: "x.txt",
    mime_type: null,
    is_stream: false,
    meta,
  });
  const answer = await ask({ url: result.url ?? "" }, "GET", "");
  expect(answer.text).toBe("hello");
  expect(answer.headers).toMatchObject({
    "content-type": "text/plain; charset=utf-8",
    "content-disposition": "inline; filename*=utf-8''a%20b%23%C3%A9%25.txt",
    "content-length": "5",
    "accept-ranges": "bytes",
  });
  const head = await ask({ url: result.url ?? "" }, "HEAD", "");
  expect([head.text, head.headers["content-length"]]).toEqual(["", "5"]);
});

// Names as Gradio 6.31.0 answered them.
test.each([
  ["a. ", "a"],
  ["../x/y.txt", "y.txt"],
  [".txt", ".txt"],
  ["?.txt", "file.txt"],
  ["CON.txt", "_CON.txt"],
  ["a:b|c.txt", "abc.txt"],
  [`${"é".repeat(150)}.gz`, `${"é".repeat(98)}.gz`],
])("the upload %j is kept as %j", async (sent, kept) => {
  await using server = await createGradioServer({ endpoints: [echo] });
  const path = await uploadOne(server, sent, "z");
  expect(path.split("/").at(-1)).toBe(kept);
});

test("uploads are refused the way Gradio refuses them", async () => {
  await using server = await createGradioServer({ endpoints: [echo], maxFileSize: 10 });
  const several = await upload(server, ["files", "a", "1"], ["files", "b", "2"], ["x", "c", "3"]);
  expect((several.json() as string[]).map((path) => path.split("/").at(-1))).toEqual(["a", "b"]);
  expect(server.requests.at(-1)?.body).toEqual({
    files: [
      { name: "a", size: 1 },
      { name: "b", size: 1 },
    ],
  });
  const large = await upload(server, ["files", "a", "12345678901"]);
  expect([large.status, large.text]).toEqual([
    413,
    "File size exceeded maximum allowed size of 10 bytes.",
  ]);
  const parent = await upload(server, ["files", "..", "1"]);
  expect([parent.status, parent.json()]).toEqual([400, { detail: "Invalid file name: .." }]);
  const unnamed = await upload(server, ["files", undefined, "1"]);
  expect([unnamed.status, unnamed.text]).toEqual([500, "Internal Server Error"]);
  const json = await ask(server, "POST", "/gradio_api/upload", { json: {} });
  expect([json.status, json.json()]).toEqual([400, { detail: "Invalid content type." }]);
  const broken = await ask(server, "POST", "/gradio_api/upload", {
    body: "nonsense",
    headers: { "content-type": "multipart/form-data; boundary=zz" },
  });
  expect([broken.status, broken.headers["content-type"]]).toEqual([
    400,
    "text/plain; charset=utf-8",
  ]);
});

test("upload progress tells the bytes of each file, then that it is done", async () => {
  await using server = await createGradioServer({ endpoints: [echo] });
  const progress = listenTo(server, "/gradio_api/upload_progress?upload_id=u");
  await server.until(() => server.requests.length === 1);
  const sent = form(["files", "a.txt", "12345"]);
  await ask(server, "POST", "/gradio_api/upload?upload_id=u", sent);
  const reader = await progress;
  expect(await reader.ended).toBe("clean");
  expect(reader.frames).toContain('data: {"msg": "done"}');
});

test("a missing upload has no progress", { timeout: 10_000 }, async () => {
  await using server = await createGradioServer({ endpoints: [echo] });
  const answer = await ask(server, "GET", "/gradio_api/upload_progress?upload_id=none");
  expect([answer.status, answer.text]).toEqual([404, "Upload not found"]);
});

test.each([
  ["bytes=1-", 206, "bytes 1-4/5", "ello"],
  ["bytes=-2", 206, "bytes 3-4/5", "lo"],
  ["bytes=1-2", 206, "bytes 1-2/5", "el"],
  ["bytes=1-99", 206, "bytes 1-4/5", "ello"],
  ["bytes=9-10", 416, "bytes */5", '{"detail":"Requested Range Not Satisfiable"}'],
  ["bytes=x", 400, undefined, "Range header: range must be requested"],
])("the range %s is answered with %i", async (range, status, contentRange, text) => {
  await using server = await createGradioServer({ endpoints: [echo] });
  const path = await uploadOne(server, "a.txt", "hello");
  const headers = { range };
  const answer = await ask(server, "GET", `/gradio_api/file=${path}`, { headers });
  expect([answer.status, answer.headers["content-range"], answer.text]).toEqual([
    status,
    contentRange,
    text,
  ]);
});

test("only the server's own files are served; unsafe types as attachments", async () => {
  await using server = await createGradioServer({ endpoints: [echo] });
  for (const path of ["/etc/passwd", "/nope"]) {
    const answer = await ask(server, "GET", `/gradio_api/file=${path}`);
    expect([answer.status, answer.json()]).toEqual([403, { detail: `File not allowed: ${path}.` }]);
  }
  const path = await uploadOne(server, "a.html", "<b>");
  const page = await ask(server, "GET", `/gradio_api/file=${path}`);
  expect(page.headers).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": 'attachment; filename="a.html"',
  });
});

test("file inputs must carry meta and be known; web addresses are fetched", async () => {
  const endpoints = [
    echo,
    endpoint({
      apiName: "many",
      inputs: [files(), gallery(), image()],
      outputs: [files()],
      run: (list) => list,
    }),
  ];
  await using server = await createGradioServer({ endpoints, showError: true });
  let session = 0;
  const failure = async (fnIndex: number, data: unknown[]) => {
    session += 1;
    return (await callThrough(server, `s${session}`, fnIndex, data)).at(-2)?.output?.error;
  };
  const path = await uploadOne(server, "a.txt", "hello");
  expect(await failure(0, ["/etc/passwd"])).toContain(
    "The 'meta' field must be explicitly provided",
  );
  expect(await failure(0, [{ path }])).toContain("The 'meta' field must be explicitly provided");
  expect(await failure(0, [{ path: "/etc/passwd", meta }])).toBe(
    "Cannot move /etc/passwd to the gradio cache dir because it was not uploaded by a user.",
  );
  expect(await failure(1, [[{ path, meta }], [{ path, meta }], null])).toContain("Field required");
  expect(await failure(1, [null, null, null])).toBeUndefined();

  const url = `${server.url}/gradio_api/file=${path}`;
  const messages = await callThrough(server, "web", 0, [{ path: url, meta }]);
  const fetched = firstOutput(messages) as FileData;
  expect(fetched).toMatchObject({ size: 5, orig_name: "a.txt" });
});

test("functions read their input files and make new ones; data URLs become files", async () => {
  const shout = endpoint({
    apiName: "shout",
    inputs: [image()],
    outputs: [file()],
    run: async (given, context) => {
      const text = Buffer.from(await context.readFile(given)).toString();
      return context.createFile(text.toUpperCase(), "loud.txt");
    },
  });
  await using server = await createGradioServer({ endpoints: [shout] });
  const url = `data:image/png;base64,${Buffer.from("hello").toString("base64")}`;
  const messages = await callThrough(server, "s", 0, [{ url, meta }]);
  const made = firstOutput(messages) as FileData;
  expect((await ask({ url: made.url ?? "" }, "GET", "")).text).toBe("HELLO");
});

test("streamed media grow a playlist, and are one file at the end", async () => {
  const tone = endpoint({
    apiName: "tone",
    inputs: [],
    outputs: [file()],
    run: function* (context) {
      const stream = context.createStream("audio");
      for (const piece of ["ab", "cd"]) {
        stream.push(Buffer.from(piece), 1.5);
        yield stream.file;
      }
    },
  });
  await using server = await createGradioServer({ endpoints: [tone] });
  const messages = await callThrough(server, "s", 0, []);
  const data = messages.flatMap(({ output }) => (output ? [output.data] : []));
  const [media] = data[0] as [FileData];
  expect(media).toMatchObject({ is_stream: true, orig_name: "audio-stream.mp3" });
  expect(data).toEqual([[media], [[]], [media]]);
  const url = media.url ?? "";
  const playlist = await ask({ url }, "GET", "");
  expect(playlist.text).toMatch(
    /^#EXTM3U\n[^]*#EXTINF:1\.500000,\n[\w-]+\.aac\n[^]*#EXT-X-ENDLIST\n$/,
  );
  const whole = await ask({ url: url.replace("playlist.m3u8", "playlist-file") }, "GET", "");
  expect(whole.text).toBe("abcd");
  const [segment = ""] = /^[\w-]+\.aac$/m.exec(playlist.text) ?? [];
  const part = await ask({ url: url.replace("playlist.m3u8", segment) }, "GET", "");
  expect([part.text, part.headers["content-type"]]).toEqual(["ab", "audio/aac"]);
});
