import { inspect } from "node:util";
import {
  AuthenticationError,
  Client,
  ConnectionError,
  type GradioFile,
  handleFile,
} from "@gradio-kit/client";
import type { ClientOptions } from "@gradio-kit/client";
import { createHub } from "@gradio-kit/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { passThrough, type PassThrough } from "../harness/pass-through.js";
import { rejection } from "../harness/rejection.js";
import { newest, oldVersions } from "./support/apps.js";
import { makeAuthority, type Authority } from "./support/certificates.js";
import { environment } from "../harness/environment.js";
import { findTool } from "./support/network-tools.js";
import {
  startMicrosocks,
  startStunnel,
  startTinyproxy,
  type ForwardProxy,
} from "./support/proxies.js";

const quiet = { verbose: false, downloadFiles: false } as const;
const [tinyproxy, microsocks] = [await findTool("tinyproxy"), await findTool("microsocks")];
const stunnel = await findTool("stunnel4");

let authority: Authority;
/** The app over https: its certificate is for this address only. */
let secure: PassThrough;

beforeAll(async () => {
  authority = await makeAuthority();
  const { cert, key } = await authority.sign("IP:127.0.0.1");
  secure = await passThrough(newest.plain, { cert, key });
});

afterAll(async () => {
  await secure[Symbol.asyncDispose]();
  await authority[Symbol.asyncDispose]();
});

/** Everything that a client does, through whatever is in between. */
async function useAll(src: string, options: ClientOptions): Promise<void> {
  await using client = await Client.connect(src, { ...quiet, ...options });
  const calls = ["Ada", "Bob", "Cid"].map((name) => client.predict("/greet", [name]));
  expect(await Promise.all(calls)).toEqual(["Hello Ada!", "Hello Bob!", "Hello Cid!"]);
  // Whoever prints a client shows no password of a proxy.
  expect(inspect(client, { depth: 12, showHidden: true })).not.toContain("proxy-pass");
  const file = handleFile(Buffer.from("x".repeat(300_000)), { name: "x.txt" });
  const result = (await client.predict("/echo_file", [file])) as GradioFile;
  expect((await result.bytes()).length).toBe(300_000);
}

describe.runIf(tinyproxy !== undefined)("an http proxy", () => {
  let proxy: ForwardProxy;
  beforeAll(async () => {
    proxy = await startTinyproxy(tinyproxy ?? "");
  });
  afterAll(() => proxy[Symbol.asyncDispose]());

  test("takes requests to an app over http", async () => {
    const before = (await proxy.requests()).length;
    await useAll(newest.plain, { http: { proxy: proxy.url } });
    const requests = (await proxy.requests()).slice(before);
    for (const route of ["/config", "/upload", "/queue/join", "/queue/data", "/file="]) {
      expect(requests.filter((request) => request.includes(route)).length).toBeGreaterThan(0);
    }
  });

  test("takes tunnels to an app over https", async () => {
    const before = (await proxy.requests()).length;
    await useAll(secure.url, { http: { proxy: new URL(proxy.url), ca: authority.cert } });
    const requests = (await proxy.requests()).slice(before);
    expect(requests.length).toBeGreaterThan(0);
    for (const request of requests) {
      expect(request).toContain(`CONNECT ${new URL(secure.url).host}`);
    }
  });

  test.each(oldVersions)("takes everything of an app on Gradio $version", async ({ plain }) => {
    const before = (await proxy.requests()).length;
    await useAll(plain, { http: { proxy: proxy.url } });
    const requests = (await proxy.requests()).slice(before);
    const { host } = new URL(plain);
    const isCall = (request: string): boolean =>
      request.includes("/queue/join") || request.startsWith(`CONNECT ${host}`);
    // One stream or socket for each of the calls.
    expect(requests.filter(isCall).length).toBeGreaterThanOrEqual(4);
    const { cert, key } = await authority.sign("IP:127.0.0.1");
    await using relay = await passThrough(plain, { cert, key });
    await useAll(relay.url, { http: { proxy: proxy.url, ca: authority.cert } });
  });

  test("a certificate for another address is refused behind it too", async () => {
    const { cert, key } = await authority.sign("DNS:localhost");
    await using wrong = await passThrough(newest.plain, { cert, key });
    const http = { proxy: proxy.url, ca: authority.cert };
    const error = await rejection(Client.connect(wrong.url, { ...quiet, http }));
    expect(error).toMatchObject({ code: "TLS" });
  });

  test("nothing goes anywhere but to the app: there is no telemetry", async () => {
    const before = (await proxy.requests()).length;
    using _ = environment({ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, NO_PROXY: undefined });
    await useAll(newest.plain, { analyticsEnabled: true, verbose: true, log: () => {} });
    const requests = (await proxy.requests()).slice(before);
    expect(requests.length).toBeGreaterThan(5);
    for (const request of requests) expect(request).toContain(` ${newest.plain}/`);
  });

  test("a Space: nothing goes anywhere but to the Hub and to the Space", async () => {
    await using hub = await createHub({ spaces: { "ada/open": { app: newest.plain } } });
    const before = (await proxy.requests()).length;
    const none = { NO_PROXY: undefined, HF_HUB_DISABLE_IMPLICIT_TOKEN: "1" };
    using _ = environment({ ...none, HTTP_PROXY: proxy.url, HF_ENDPOINT: hub.url });
    await useAll("ada/open", { analyticsEnabled: true, verbose: true, log: () => {} });
    const requests = (await proxy.requests()).slice(before);
    const [space, others] = [` ${hub.space("ada/open").url}/`, ` ${hub.url}/api/`];
    expect(requests.filter((request) => request.includes(space)).length).toBeGreaterThan(5);
    expect(requests.filter((request) => request.includes(others)).length).toBeGreaterThan(0);
    expect(
      requests.filter((request) => !request.includes(space) && !request.includes(others)),
    ).toEqual([]);
  });

  test.each([
    ["HTTP_PROXY", {}],
    ["http_proxy", {}],
    ["ALL_PROXY", {}],
  ])("%s is taken from the environment; NO_PROXY and the option win over it", async (name) => {
    const count = async (): Promise<number> => (await proxy.requests()).length;
    const before = await count();
    const none = { HTTP_PROXY: undefined, http_proxy: undefined, ALL_PROXY: undefined };
    using _ = environment({ ...none, NO_PROXY: undefined, no_proxy: undefined, [name]: proxy.url });
    await using client = await Client.connect(newest.plain, quiet);
    await client.close();
    const through = await count();
    expect(through).toBeGreaterThan(before);
    await using direct = await Client.connect(newest.plain, { ...quiet, http: { proxy: false } });
    await direct.close();
    using __ = environment({ NO_PROXY: "localhost,127.0.0.1" });
    await using excepted = await Client.connect(newest.plain, quiet);
    await excepted.close();
    expect(await count()).toBe(through);
  });

  test.each([
    ["http", () => newest.plain],
    ["https", () => secure.url],
  ])("a wrong password for it, on the way to %s", async (_, src) => {
    const wrong = proxy.url.replace(proxy.password, "wrong-proxy-pass");
    const http = { proxy: wrong, ca: authority.cert };
    const error = await rejection(Client.connect(src(), { ...quiet, http }));
    // Of a request that it takes itself, tinyproxy's refusal looks like that of a site (401).
    const isTunnel = src() === secure.url;
    expect(error).toBeInstanceOf(isTunnel ? ConnectionError : AuthenticationError);
    expect(String(error)).toMatch(isTunnel ? /proxy.*password.*\(401\)/ : /site or proxy/);
    expect(inspect(error, { depth: 10 })).not.toContain("wrong-proxy-pass");
  });
});

describe.runIf(tinyproxy !== undefined && stunnel !== undefined)("an https proxy", () => {
  let behind: ForwardProxy;
  let proxy: ForwardProxy;
  beforeAll(async () => {
    behind = await startTinyproxy(tinyproxy ?? "");
    proxy = await startStunnel(stunnel ?? "", behind, await authority.sign("IP:127.0.0.1"));
  });
  afterAll(async () => {
    await proxy[Symbol.asyncDispose]();
    await behind[Symbol.asyncDispose]();
  });

  test("takes everything, over http and https", async () => {
    for (const src of [newest.plain, secure.url]) {
      const before = (await proxy.requests()).length;
      await useAll(src, { http: { proxy: proxy.url, ca: authority.cert } });
      const requests = (await proxy.requests()).slice(before);
      expect(requests.length).toBeGreaterThan(0);
      for (const request of requests) expect(request).toContain(new URL(src).host);
    }
  });

  test("has a certificate that is checked, unless sslVerify is false", async () => {
    const http = { proxy: proxy.url };
    for (const src of [newest.plain, secure.url]) {
      const error = await rejection(Client.connect(src, { ...quiet, http }));
      expect(error).toMatchObject({ code: "TLS" });
      expect(String(error)).toContain(`to the proxy https://${proxy.host} (`);
      expect(inspect(error, { depth: 10 })).not.toContain(proxy.password);
      await useAll(src, { http, sslVerify: false });
    }
  });

  test("a certificate for another name", async () => {
    const wrong = await authority.sign("DNS:elsewhere.example");
    await using other = await startStunnel(stunnel ?? "", behind, wrong);
    const http = { proxy: other.url, ca: authority.cert };
    for (const src of [newest.plain, secure.url]) {
      const error = await rejection(Client.connect(src, { ...quiet, http }));
      expect(error).toMatchObject({ code: "TLS" });
      expect(String(error)).toContain("another host name");
    }
  });

  test("a wrong password for it", async () => {
    const http = {
      proxy: proxy.url.replace(proxy.password, "wrong-proxy-pass"),
      ca: authority.cert,
    };
    const error = await rejection(Client.connect(secure.url, { ...quiet, http }));
    expect(error).toMatchObject({ code: "UNREACHABLE" });
    expect(String(error)).toMatch(/proxy https:.*password.*\(401\)/);
    expect(inspect(error, { depth: 10 })).not.toContain("wrong-proxy-pass");
  });

  test("https_proxy names it as well", async () => {
    const none = { HTTPS_PROXY: undefined, NO_PROXY: undefined, no_proxy: undefined };
    using _ = environment({ ...none, https_proxy: proxy.url });
    const before = (await proxy.requests()).length;
    await useAll(secure.url, { http: { ca: authority.cert } });
    expect((await proxy.requests()).length).toBeGreaterThan(before);
  });
});

describe.runIf(microsocks !== undefined)("a SOCKS5 proxy", () => {
  let proxy: Awaited<ReturnType<typeof startMicrosocks>>;
  beforeAll(async () => {
    proxy = await startMicrosocks(microsocks ?? "");
  });
  afterAll(() => proxy[Symbol.asyncDispose]());

  test("takes everything, over http and https", async () => {
    await useAll(newest.plain, { http: { proxy: proxy.url } });
    await useAll(secure.url, { http: { proxy: proxy.url, ca: authority.cert } });
    for (const { plain } of oldVersions) {
      const { cert, key } = await authority.sign("IP:127.0.0.1");
      await using relay = await passThrough(plain, { cert, key });
      await useAll(plain, { http: { proxy: proxy.url } });
      await useAll(relay.url, { http: { proxy: proxy.url, ca: authority.cert } });
    }
  });

  test("a wrong password for it", async () => {
    const wrong = proxy.url.replace(proxy.password, "wrong-proxy-pass");
    const http = { proxy: wrong };
    const error = await rejection(Client.connect(newest.plain, { ...quiet, http }));
    expect(error).toMatchObject({ code: "UNREACHABLE" });
    expect(String(error)).toContain(`The proxy socks5h://${proxy.host} does not let`);
    expect(inspect(error, { depth: 10 })).not.toContain("wrong-proxy-pass");
  });
});

test("a proxy that is not there", async () => {
  const [port] = await freePorts(1);
  const http = { proxy: `http://u:some-password@127.0.0.1:${port}` };
  for (const src of [newest.plain, secure.url]) {
    const error = await rejection(Client.connect(src, { ...quiet, http }));
    expect(error).toMatchObject({ code: "UNREACHABLE" });
    expect(String(error)).toContain(`The proxy http://127.0.0.1:${port} does not answer`);
    expect(inspect(error, { depth: 10 })).not.toContain("some-password");
  }
});
