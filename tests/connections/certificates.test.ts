import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Client, ConnectionError, type GradioFile, handleFile } from "@gradio-kit/client";
import type { ClientOptions } from "@gradio-kit/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { passThrough, type PassThrough } from "../harness/pass-through.js";
import { rejection } from "../harness/rejection.js";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { newest, oldVersions } from "./support/apps.js";
import { makeAuthority, type Authority, type SignedCertificate } from "./support/certificates.js";

const quiet = { verbose: false, downloadFiles: false } as const;

let authority: Authority;
let server: SignedCertificate;
let secure: PassThrough;

beforeAll(async () => {
  authority = await makeAuthority();
  server = await authority.sign("IP:127.0.0.1");
  secure = await passThrough(newest.plain, server);
});

afterAll(async () => {
  await secure[Symbol.asyncDispose]();
  await authority[Symbol.asyncDispose]();
});

async function greet(url: string, options: ClientOptions): Promise<unknown> {
  await using client = await Client.connect(url, { ...quiet, ...options });
  const file = handleFile(Buffer.from("abc"), { name: "abc.txt" });
  const result = (await client.predict("/echo_file", [file])) as GradioFile;
  return `${String(await client.predict("/greet", ["Ada"]))} ${await result.text()}`;
}

test("an authority of one's own: as text, as bytes, as a file, in a list", async () => {
  const { cert, path } = authority;
  for (const ca of [cert, Buffer.from(cert), path, [path], [cert, cert]]) {
    expect(await greet(secure.url, { http: { ca } })).toBe("Hello Ada! abc");
  }
});

test("without it the server is not trusted, and the error says what to do", async () => {
  const error = await rejection(Client.connect(secure.url, quiet));
  expect(error).toBeInstanceOf(ConnectionError);
  expect(error).toMatchObject({ code: "TLS", mayHaveRun: false });
  expect(String(error)).toContain("http.ca");
});

test("sslVerify: false accepts any certificate, for this client only", async () => {
  expect(await greet(secure.url, { sslVerify: false })).toBe("Hello Ada! abc");
  expect(await rejection(Client.connect(secure.url, quiet))).toMatchObject({ code: "TLS" });
});

test("a certificate for another host name", async () => {
  await using wrong = await passThrough(newest.plain, await authority.sign("DNS:example.org"));
  const http = { ca: authority.cert };
  const error = await rejection(Client.connect(wrong.url, { ...quiet, http }));
  expect(error).toMatchObject({ code: "TLS" });
  expect(String(error)).toContain("another host name");
  expect(await greet(wrong.url, { http, sslVerify: false })).toBe("Hello Ada! abc");
});

test("a server that asks for a certificate of the client's", async () => {
  const tls = { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  await using strict = await passThrough(newest.plain, tls);
  const mine = await authority.sign("DNS:client");
  const ca = authority.cert;
  for (const pair of [mine, { cert: mine.certPath, key: mine.keyPath }]) {
    const http = { ca, cert: pair.cert, key: pair.key };
    expect(await greet(strict.url, { http })).toBe("Hello Ada! abc");
  }
  const error = await rejection(Client.connect(strict.url, { ...quiet, http: { ca } }));
  expect(error).toMatchObject({ code: "TLS" });
  expect(String(error)).toContain("http.cert");
});

test.each(oldVersions)("certificates of both sides, Gradio $version", async ({ plain }) => {
  const tls = { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  await using strict = await passThrough(plain, tls);
  const { cert, key } = await authority.sign("DNS:client");
  for (const trust of [
    { http: { ca: authority.cert, cert, key } },
    { sslVerify: false, http: { cert, key } },
  ]) {
    expect(await greet(strict.url, trust)).toBe("Hello Ada! abc");
  }
});

test("https where there is only http", async () => {
  const error = await rejection(Client.connect(newest.plain.replace("http", "https"), quiet));
  expect(error).toMatchObject({ code: "TLS" });
  expect(String(error)).toContain("Does it speak http instead?");
});

test("what is no certificate is refused before any request", async () => {
  await using folder = await temporaryFolder();
  const empty = join(folder.path, "empty.pem");
  await writeFile(empty, "nothing in here");
  const missing = join(folder.path, "missing.pem");
  const [mine, other] = [await authority.sign("DNS:a"), await authority.sign("DNS:b")];
  await using relay = await passThrough(newest.plain, server);
  for (const [option, http] of [
    ["http.ca", { ca: missing }],
    ["http.ca", { ca: empty }],
    ["http.ca", { ca: [] }],
    ["http.ca", { ca: [authority.cert, missing] }],
    ["http.cert", { cert: mine.cert }],
    ["http.key", { key: mine.key }],
    ["http.key", { cert: mine.cert, key: other.key }],
    ["http.key", { cert: mine.cert, key: missing }],
    ["http.cert", { cert: mine.key, key: mine.key }],
  ] as const) {
    const error = await rejection(Client.connect(relay.url, { ...quiet, http }));
    expect(error, option).toMatchObject({ name: "InputError", code: "INVALID_OPTION" });
    expect(String(error)).toContain(`${option}:`);
    expect(String(error)).not.toContain("PRIVATE KEY");
  }
  expect(relay.seen).toEqual([]);
});
