import { Client, type GradioFile, handleFile, UploadError } from "@gradio-kit/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect } from "../harness/collect.js";
import { rejection } from "../harness/rejection.js";
import { currentVersions, login } from "./support/apps.js";
import { makeAuthority, type Authority } from "./support/certificates.js";
import { findTool } from "./support/network-tools.js";
import { basic, startNginx, type Site } from "./support/nginx.js";

const quiet = { verbose: false, downloadFiles: false } as const;
const nginx = await findTool("nginx");

/** A call, a stream, an upload and a download. */
async function useAll(client: Client): Promise<void> {
  expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  expect((await collect(client.submit("/count", [3]))).values).toEqual([0, 1, 2]);
  const file = handleFile(Buffer.from("through nginx"), { name: "a b.txt" });
  const result = (await client.predict("/echo_file", [file])) as GradioFile;
  expect(await result.text()).toBe("through nginx");
}

const encode = (password: string): string => btoa(`${basic.user}:${password}`);

describe.runIf(nginx !== undefined).each(currentVersions)("nginx, Gradio $version", (apps) => {
  let authority: Authority;
  let site: Site;

  beforeAll(async () => {
    authority = await makeAuthority();
    site = await startNginx(nginx ?? "", apps, await authority.sign("IP:127.0.0.1"));
  });
  afterAll(async () => {
    await site[Symbol.asyncDispose]();
    await authority[Symbol.asyncDispose]();
  });

  test.each(["/sub/path", "/sub/path/", "/rooted", "/rooted/", "/buffered"])(
    "C64 an app below %s",
    async (path) => {
      await using client = await Client.connect(site.url + path, quiet);
      expect(client.src).toBe(`${site.url}${path.replace(/\/$/, "")}/`);
      await useAll(client);
    },
  );

  test("C64 the address that was typed wins over the root that the app believes in", async () => {
    const config = (await (await fetch(`${site.url}/renamed/config`)).json()) as { root: string };
    expect(config.root).toBe(`${site.url}/rooted`);
    await using client = await Client.connect(`${site.url}/renamed`, quiet);
    expect(client.src).toBe(`${site.url}/renamed/`);
    await useAll(client);
    const file = handleFile(Buffer.from("x"), { name: "x.txt" });
    const result = (await client.predict("/echo_file", [file])) as GradioFile;
    expect(result.url.startsWith(`${site.url}/renamed/`)).toBe(true);
  });

  test("C64 a site that insists on https gets headers and login there", async () => {
    const http = { ca: authority.cert };
    const headers = { "x-from": "client" };
    const options = { ...quiet, http, auth: login, headers };
    await using client = await Client.connect(`${site.insistent}/app`, options);
    expect(client.src).toBe(`${site.secure}/app/`);
    await useAll(client);
    const seen = (await client.predict("/headers")) as Record<string, string>;
    expect(seen["x-from"]).toBe("client");
    // Over https both cookies may go.
    expect(seen["cookie"]).toMatch(/access-token-(?!unsecure)/);
  });

  test("two replicas: every request stays with the one that answered first", async () => {
    await using client = await Client.connect(`${site.url}/replicas`, quiet);
    const calls = Array.from({ length: 5 }, () => client.predict("/replica"));
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 5 }, () => "second"));
    await useAll(client);
  });

  test("a file that nginx does not let through", async () => {
    await using client = await Client.connect(`${site.url}/small`, quiet);
    const file = handleFile(Buffer.alloc(100_000), { name: "large.bin" });
    const error = await rejection(client.predict("/echo_file", [file]));
    expect(error).toBeInstanceOf(UploadError);
    expect(error).toMatchObject({ code: "FILE_TOO_LARGE" });
    expect(String(error)).toContain('"large.bin"');
  });

  test("auth_basic: by a header, and what is said without it", async () => {
    const withPassword = (password: string): Promise<Client> =>
      Client.connect(`${site.url}/private`, {
        ...quiet,
        headers: { Authorization: `Basic ${encode(password)}` },
      });
    await using client = await withPassword(basic.password);
    await useAll(client);
    const missing = await rejection(Client.connect(`${site.url}/private`, quiet));
    expect(missing).toMatchObject({ name: "AuthenticationError", code: "LOGIN_REQUIRED" });
    expect(String(missing)).toContain('"authorization" header');
    // The login of an app would tell nginx nothing: it is not sent.
    const other = Client.connect(`${site.url}/private`, { ...quiet, auth: login });
    expect(await rejection(other)).toMatchObject({ code: "LOGIN_REQUIRED" });
    const wrong = await rejection(withPassword("wrong-gate-pass"));
    expect(wrong).toMatchObject({ name: "AuthenticationError", code: "INVALID_CREDENTIALS" });
  });
});
