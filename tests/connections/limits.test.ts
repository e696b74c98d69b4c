import { EventEmitter, once } from "node:events";
import { Client, handleFile, InputError, type GradioFile } from "@gradio-kit/client";
import { createGradioServer, endpoint, file, number, textbox } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { passThrough } from "../harness/pass-through.js";
import { rejection, thrown } from "../harness/rejection.js";
import { openSite } from "../harness/site.js";
import { watchOpen } from "../harness/watch-open.js";
import { newest } from "./support/apps.js";

const quiet = { verbose: false, downloadFiles: false } as const;

test("http.timeout: a server that takes a request and says nothing", async () => {
  await using silent = await openSite();
  const error = await rejection(Client.connect(silent.url, { ...quiet, http: { timeout: 150 } }));
  expect(error).toMatchObject({ name: "TimeoutError", code: "TIMEOUT" });
  expect(String(error)).toContain("http.timeout");
});

test("C41 http.timeout leaves a function that is silent for longer alone", async () => {
  const gate = new EventEmitter();
  const opened = once(gate, "open");
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "/slow",
        inputs: [number("n")],
        outputs: [textbox("out")],
        run: async () => {
          await opened;
          return "done";
        },
      }),
      endpoint({
        apiName: "/go",
        inputs: [],
        outputs: [textbox("out")],
        run: () => String(gate.emit("open")),
      }),
    ],
  });
  const client = await Client.connect(app.url, { ...quiet, http: { timeout: 2_000 } });
  const job = client.submit("/slow", [1]);
  const error = await rejection(job.result({ timeout: 4_500 }));
  expect(error).toMatchObject({ code: "TIMEOUT" });
  expect(job.done()).toBe(false);
  await client.predict("/go");
  expect(await job.result()).toBe("done");
  await client.close();
});

test("http.maxConnections: one is enough for calls, uploads and downloads at the same time", async () => {
  await using relay = await passThrough(newest.plain);
  using watch = watchOpen(relay);
  const options = { ...quiet, http: { maxConnections: 1 } };
  await using client = await Client.connect(relay.url, options);
  const source = handleFile(Buffer.alloc(200_000), { name: "x.bin" });
  const calls = Array.from({ length: 6 }, () => client.predict("/echo_file", [source]));
  const files = (await Promise.all(calls)) as GradioFile[];
  const contents = await Promise.all(files.map((each) => each.bytes()));
  expect(contents.map(({ length }) => length)).toEqual(calls.map(() => 200_000));
  expect(watch.most).toBeLessThanOrEqual(1);
});

test("headers and cookies reach the app, and no other origin that a file lies at", async () => {
  const foreign: string[] = [];
  await using other = await openSite((incoming, outgoing) => {
    foreign.push(JSON.stringify(incoming.headers));
    outgoing.writeHead(200, { "set-cookie": "spy=1" }).end("theirs");
  });
  await using app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "/theirs",
        inputs: [],
        outputs: [file("file")],
        run: () => ({ path: `${other.url}/x.txt`, meta: { _type: "gradio.FileData" } }),
      }),
    ],
  });
  await using relay = await passThrough(app.url);
  const headers = { "x-secret": "only for the app", authorization: "Bearer only-for-the-app" };
  const http = { cookies: { only: "for-the-app" } };
  await using client = await Client.connect(relay.url, { ...quiet, headers, http });
  const theirs = (await client.predict("/theirs")) as GradioFile;
  expect(await theirs.text()).toBe("theirs");
  expect(foreign).toHaveLength(1);
  expect(foreign.join()).not.toMatch(/x-secret|authorization|cookie|for.the.app/);
  for (const request of relay.seen) {
    expect(request.headers).toMatchObject({ ...headers, cookie: "only=for-the-app" });
  }
});

test("a redirect to another origin takes nothing along, not with an own fetch either", async () => {
  await using relay = await passThrough(newest.plain);
  await using moved = await openSite((incoming, outgoing) => {
    outgoing.writeHead(307, { location: `${relay.url}${incoming.url}` }).end();
  });
  for (const own of [{}, { fetch: (...request: Parameters<typeof fetch>) => fetch(...request) }]) {
    const lines: string[] = [];
    await using client = await Client.connect(moved.url, {
      downloadFiles: false,
      log: (line) => lines.push(line),
      headers: { "x-secret": "only for the app" },
      http: { cookies: "only=for-the-app" },
      auth: ["ada", "only-for-the-app"],
      ...own,
    });
    expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
    expect(lines.join()).toContain(`The app is now at ${relay.url}/`);
  }
  expect(JSON.stringify(relay.seen)).not.toMatch(/x-secret|cookie|for.the.app/);
});

test.each(["Content-Type", "content-length", "Host", "TRANSFER-ENCODING", "connection"])(
  "the header %s belongs to the client: of a client and of a call",
  async (name) => {
    await using relay = await passThrough(newest.plain);
    const headers = { [name]: "1" };
    const refused = await rejection(Client.connect(relay.url, { ...quiet, headers }));
    expect(refused).toMatchObject({ name: "InputError", code: "INVALID_OPTION" });
    expect(String(refused)).toContain(`"${name.toLowerCase()}"`);
    expect(relay.seen).toEqual([]);
    await using client = await Client.connect(relay.url, quiet);
    expect(thrown(() => client.submit("/greet", ["Ada"], { headers }))).toMatchObject({
      code: "INVALID_OPTION",
    });
    expect(relay.to("/queue/join")).toEqual([]);
  },
);

test("an OAuth token reaches a function that takes one, and no other", async () => {
  await using relay = await passThrough(newest.plain);
  await using client = await Client.connect(relay.url, quiet);
  const oauthToken = "hf_oauthOauthOauthOauth";
  expect(await client.predict("/whose", [], { oauthToken })).toBe(oauthToken);
  expect(await client.predict("/whose")).toBe("nobody's");
  await client.predict("/greet", ["Ada"], { oauthToken });
  const bodies = relay.to("/queue/join").map(({ body }) => body());
  expect(bodies.map((body) => body.includes(oauthToken))).toEqual([true, false, false]);
  expect(JSON.stringify(relay.seen.map(({ headers, path }) => [headers, path]))).not.toContain(
    oauthToken,
  );
});

test.each([
  ["auth", { auth: "ada:pass" }],
  ["auth", { auth: ["ada"] }],
  ["auth", { auth: ["ada", 1] }],
  ["auth", { auth: ["", "x"] }],
  ["http", { http: "proxy" }],
  ["http", { http: [] }],
  ["proxi", { http: { proxi: "http://127.0.0.1:1" } }],
  ["http.proxy", { http: { proxy: "nonsense" } }],
  ["http.proxy", { http: { proxy: true } }],
  ["http.timeout", { http: { timeout: 0 } }],
  ["http.timeout", { http: { timeout: "1s" } }],
  ["http.maxConnections", { http: { maxConnections: 1.5 } }],
  ["http.cookies", { http: { cookies: { a: 1 } } }],
  ["sslVerify", { sslVerify: "no" }],
  ["http.proxy", { fetch, http: { proxy: "http://127.0.0.1:1" } }],
  ["http.maxConnections", { fetch, http: { maxConnections: 1 } }],
  ["sslVerify", { fetch, sslVerify: false }],
  ["sslVerfy", { sslVerfy: false }],
])("%s: a wrong option is refused before any request", async (option, wrong) => {
  await using relay = await passThrough(newest.plain);
  const error = await rejection(Client.connect(relay.url, wrong as never));
  expect(error).toBeInstanceOf(InputError);
  expect(error).toMatchObject({ code: "INVALID_OPTION" });
  expect(String(error)).toContain(`${option}:`);
  expect(relay.seen).toEqual([]);
});
