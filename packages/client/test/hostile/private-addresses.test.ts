import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPrivate, refusePrivate } from "../../src/io/private-address.js";
import { Client } from "../../src/node.js";
import type { HttpOptions } from "../../src/options.js";
import { completed, components, dependency } from "../protocols/scripted-app.js";

const config = {
  version: "6.31.0",
  protocol: "sse_v3",
  api_prefix: "/gradio_api",
  components,
  dependencies: [dependency("file", { id: 0, inputs: [] })],
};

/** A client of an app at this address whose result is a file at another one; tells who was asked. */
async function fileAt(
  path: string,
  src = "https://app.example/",
  http?: HttpOptions,
): Promise<{ readonly error: unknown; readonly asked: readonly Request[] }> {
  const asked: Request[] = [];
  const message = { ...completed({ path, meta: { _type: "gradio.FileData" } }), event_id: "e" };
  const answers: Record<string, () => Response> = {
    "/config": () => Response.json(config),
    "/gradio_api/queue/join": () => Response.json({ event_id: "e" }),
    "/gradio_api/queue/data": () =>
      new Response(`data: ${JSON.stringify(message)}\n\n`, {
        headers: { "content-type": "text/event-stream" },
      }),
    "/moved": () => new Response(null, { status: 302, headers: { location: "http://127.0.0.1/" } }),
    "/file": () => new Response("content"),
  };
  await using client = await Client.connect(src, {
    verbose: false,
    downloadFiles: false,
    headers: { authorization: "Bearer of-the-app" },
    fetch: (input, init) => {
      const request = new Request(input, init);
      asked.push(request);
      const answer = answers[new URL(request.url).pathname];
      return Promise.resolve(answer?.() ?? new Response(null, { status: 404 }));
    },
    http,
  });
  const file = await client.predict<{ text(): Promise<string> }>("/file");
  const from = asked.length;
  const error: unknown = await file.text().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, asked: asked.slice(from) };
}

describe("a result file of an app elsewhere", () => {
  it.each([
    "http://127.0.0.1:8080/file",
    "http://localhost/file",
    "http://[::1]/file",
    "http://[::ffff:10.0.0.1]/file",
    "http://169.254.169.254/latest/meta-data/",
    "http://2130706433/file",
    "http://0x7f.1/file",
    "http://192.168.1.1/file",
    "http://printer.local/file",
    "http://intranet/file",
    "https://other.example/moved",
  ])("is not fetched from %s", async (path) => {
    const { error, asked } = await fileAt(path);
    expect(error).toMatchObject({ name: "ProtocolError" });
    expect((error as Error).message).toContain("http.allowPrivateAddresses");
    expect(asked.filter(({ url }) => !url.startsWith("https://other.example"))).toEqual([]);
  });

  it("is fetched from there with the caller's consent, and without what is the app's", async () => {
    const { error, asked } = await fileAt("http://127.0.0.1:8080/file", undefined, {
      allowPrivateAddresses: true,
    });
    expect(error).toBeUndefined();
    expect(asked.map(({ headers }) => headers.get("authorization"))).toEqual([null]);
  });

  it("is fetched from other public places, without what is the app's", async () => {
    const { error, asked } = await fileAt("https://storage.example/file");
    expect(error).toBeUndefined();
    expect(asked.map(({ headers }) => headers.get("authorization"))).toEqual([null]);
  });

  it.each(["file:///etc/passwd", "javascript:alert(1)", "ftp://other.example/file"])(
    "is never anything but a path of the app where it looks like %s",
    async (path) => {
      const { asked } = await fileAt(path);
      expect(asked.map(({ url }) => new URL(url).origin)).toEqual(["https://app.example"]);
    },
  );
});

it("an app at a private address may have its files at one", async () => {
  const { error } = await fileAt("http://192.168.1.1/file", "http://10.0.0.2/");
  expect(error).toBeUndefined();
});

describe("a name", () => {
  const addresses: Record<string, string[]> = {
    "app.example": ["203.0.113.7"],
    "rebound.example": ["203.0.113.8", "127.0.0.1"],
    "office.example": ["10.1.2.3"],
  };
  const transport = { addressesOf: (host: string) => Promise.resolve(addresses[host] ?? []) };

  it("is private when one of its addresses is", async () => {
    const to = "https://rebound.example/x";
    await expect(refusePrivate("https://app.example/", to, transport)).rejects.toMatchObject({
      name: "ProtocolError",
    });
    await refusePrivate("https://office.example/", to, transport);
    await refusePrivate("https://app.example/", "https://unknown.example/", transport);
  });
});

it("every IPv4 address of the private ranges is private, and those beside them are not", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(byte, byte, byte, byte, (a, b, c, d) => {
      const wanted =
        a === 0 ||
        a === 10 ||
        a === 127 ||
        (a === 169 && b === 254) ||
        (a === 192 && b === 168) ||
        (a === 172 && b >= 16 && b < 32) ||
        (a === 100 && b >= 64 && b < 128);
      expect(isPrivate(`${a}.${b}.${c}.${d}`)).toBe(wanted);
      const mapped = new URL(`http://[::ffff:${a}.${b}.${c}.${d}]/`).hostname.slice(1, -1);
      expect(isPrivate(mapped)).toBe(wanted);
    }),
    { numRuns: 2000 },
  );
});
