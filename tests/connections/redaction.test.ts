import { inspect } from "node:util";
import { Client, GradioError, handleFile } from "@gradio-kit/client";
import type { ClientOptions } from "@gradio-kit/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { rejection } from "../harness/rejection.js";
import { openSite, type Site } from "../harness/site.js";
import { login, newest } from "./support/apps.js";

const bearer = "tok-3f9a7c51d2";
const apiKey = "key-81b2e6d04f";
const cookie = "cke-55aa10bf93";
const callKey = "per-call-7d21c0";
const oauthToken = "oauth-5b90ce11";
const secrets = [
  bearer,
  apiKey,
  cookie,
  callKey,
  oauthToken,
  login[1],
  encodeURIComponent(login[1]),
];

const headers = { authorization: `Bearer ${bearer}`, "x-api-key": apiKey };
const logged: string[] = [];
const options: ClientOptions = {
  headers,
  auth: login,
  http: { cookies: { sticky: cookie } },
  downloadFiles: false,
  log: (message) => logged.push(message),
};

/** Everything that a person could read of a value. */
function shown(value: unknown): string {
  const depths = [0, 2, 12].map((depth) => inspect(value, { depth, showHidden: true }));
  const error = value instanceof Error ? [value.message, value.stack, String(value)] : [];
  return [...depths, ...error, JSON.stringify(value) ?? ""].join("\n");
}

function expectNoSecret(value: unknown): void {
  const text = shown(value);
  for (const secret of secrets) expect(text).not.toContain(secret);
}

/** A site that answers with everything that it was sent, in every way of failing. */
let mirror: Site;
/** The answer: a status, a body that is cut off, or no answer at all. */
let answer: number | "cut" | "garbage" | "hang up" = 500;

beforeAll(async () => {
  mirror = await openSite((incoming, outgoing) => {
    const echo = `${incoming.url} ${JSON.stringify(incoming.headers)}`;
    incoming.resume();
    if (answer === "hang up") incoming.socket.destroy();
    else if (answer === "garbage") outgoing.end(`{"version": ${echo}`);
    else if (answer === "cut") {
      outgoing.writeHead(200, { "content-type": "application/json", "content-length": 99999 });
      outgoing.write(echo, () => incoming.socket.destroy());
    } else
      outgoing
        .writeHead(answer, { "content-type": "application/json" })
        .end(JSON.stringify({ detail: answer === 401 ? { auth_message: echo } : echo }));
  });
});
afterAll(() => mirror[Symbol.asyncDispose]());

test.each([400, 401, 403, 404, 407, 413, 422, 429, 500, 503, "cut", "garbage", "hang up"] as const)(
  "a server that says back what it was sent: %s",
  async (how) => {
    answer = how;
    const error = await rejection(Client.connect(`${mirror.url}/?__sign=${bearer}`, options));
    expect(error).toBeInstanceOf(GradioError);
    expectNoSecret(error);
  },
);

const failingFetch = (url: unknown, request: unknown): never => {
  const text = JSON.stringify(request);
  throw Object.assign(new TypeError(`no luck with ${String(url)} ${text}`), { request, text });
};

test("an own fetch whose errors hold the whole request", async () => {
  const error = await rejection(
    Client.connect(newest.plain, { ...options, fetch: failingFetch as never }),
  );
  expect(error).toMatchObject({ code: "UNREACHABLE" });
  expectNoSecret(error);
});

test("an app that fails with what it was sent, and a client at work", async () => {
  await using client = await Client.connect(newest.guarded, options);
  const calling = { headers: { "x-call-token": callKey }, oauthToken };
  const job = client.submit("/echo_secrets", [], calling);
  const error = await rejection(job.result());
  expect(error).toMatchObject({ code: "APP_ERROR" });
  expect(String(error)).toContain("seen: ");
  expectNoSecret(error);
  expectNoSecret(client);
  expectNoSecret(job);
  const file = await client.predict("/echo_file", [
    handleFile(Buffer.from("x"), { name: "x.txt" }),
  ]);
  expectNoSecret(file);
  client.viewApi();
  expect(logged.length).toBeGreaterThan(1);
  for (const line of logged) expectNoSecret(line);
});

test.each([
  ["src", `http://ada:${apiKey}@127.0.0.1:1`, {}],
  ["src", `ftp://ada:${apiKey}@example.org`, {}],
  ["headers", "http://127.0.0.1:1", { headers: { authorization: `Bearer\n${bearer}` } }],
  ["headers", "http://127.0.0.1:1", { headers: { "x-token": `${bearer}\u0000` } }],
  ["auth", "http://127.0.0.1:1", { auth: [login[1]] }],
  ["http.proxy", "http://127.0.0.1:1", { http: { proxy: `ada:${apiKey}@proxy` } }],
  ["http.proxy", "http://127.0.0.1:1", { http: { proxy: `ftp://ada:${apiKey}@proxy:1` } }],
  ["http.cookies", "http://127.0.0.1:1", { http: { cookies: { a: `${cookie};` } } }],
  ["http.cookies", "http://127.0.0.1:1", { http: { cookies: cookie } }],
])("a mistake in %s", async (option, src, wrong) => {
  const error = await rejection(Client.connect(src, wrong as never));
  expect(error).toMatchObject({ name: "InputError" });
  expect(String(error)).toContain(`${option}: `);
  expectNoSecret(error);
});
