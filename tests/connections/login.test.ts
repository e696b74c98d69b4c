import { inspect } from "node:util";
import { AuthenticationError, Client, type GradioFile, handleFile } from "@gradio-kit/client";
import { describe, expect, test } from "vitest";
import { gradioKitIn } from "../cli/command-line.js";
import { collect } from "../harness/collect.js";
import { passThrough } from "../harness/pass-through.js";
import { rejection } from "../harness/rejection.js";
import { currentVersions, login, oldVersions } from "./support/apps.js";

const passwordIn = (value: string) => ({ env: { GRADIO_KIT_PASSWORD: value } });
const quiet = { verbose: false, downloadFiles: false } as const;

const allVersions = [...currentVersions, ...oldVersions];

describe.each(allVersions)("an app with a login, Gradio $version", ({ guarded, plain }) => {
  test("C61 without credentials", async () => {
    const error = await rejection(Client.connect(guarded, quiet));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code: "LOGIN_REQUIRED" });
  });

  test.each([
    ["password", [login[0], "wrong-password"]],
    ["username", ["nobody", login[1]]],
  ] as const)("C61 a wrong %s", async (_, auth) => {
    const error = await rejection(Client.connect(guarded, { ...quiet, auth }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code: "INVALID_CREDENTIALS" });
    expect(inspect(error, { depth: 10 })).not.toContain(auth[1]);
  });

  test("C61 with them calls, streams, uploads and downloads work, after one login", async () => {
    await using relay = await passThrough(guarded);
    await using client = await Client.connect(relay.url, { ...quiet, auth: login });
    expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
    expect((await collect(client.submit("/count", [3]))).values).toEqual([0, 1, 2]);
    const file = handleFile(Buffer.from("secret plans"), { name: "plans.txt" });
    const result = (await client.predict("/echo_file", [file])) as GradioFile;
    expect(await result.text()).toBe("secret plans");
    expect(relay.to("/login")).toHaveLength(1);
    for (const route of ["/upload", "/queue/join", "/file="]) {
      expect(relay.to(route).length, route).toBeGreaterThan(0);
    }
    const atLogin = relay.seen.findIndex(({ path }) => path === "/login");
    for (const { headers, path } of relay.seen.slice(atLogin + 1)) {
      // Over http the `Secure` one stays at home.
      expect(headers.cookie, path).toMatch(/^access-token-unsecure-[^=]+=[^;]+$/);
    }
  });

  test("the command line logs in, with a password that is not among its words", async () => {
    const words = ["predict", guarded, "/greet", '["Ada"]', "--auth", login[0]];
    expect(await gradioKitIn(passwordIn(login[1]), ...words)).toEqual({
      code: 0,
      stdout: "Hello Ada!\n",
      stderr: "",
    });
    const wrong = await gradioKitIn(passwordIn("wrong-password"), ...words);
    expect(wrong).toMatchObject({ code: 4, stdout: "" });
    expect(wrong.stderr).not.toContain("wrong-password");
    const without = await gradioKitIn({}, ...words.slice(0, 4));
    expect(without).toMatchObject({ code: 4, stdout: "" });
    expect(without.stderr).toContain("--auth <user>");
  });

  test("headers of the client go with the login as well", async () => {
    await using relay = await passThrough(guarded);
    const headers = { "x-from": "client" };
    await using client = await Client.connect(relay.url, { ...quiet, auth: login, headers });
    await client.predict("/greet", ["Ada"]);
    for (const { headers: seen } of relay.seen) expect(seen["x-from"]).toBe("client");
    expect(relay.to("/login")).toHaveLength(1);
  });

  test("a session that runs out in the middle of work: one silent login for all", async () => {
    await using relay = await passThrough(guarded);
    await using client = await Client.connect(relay.url, { ...quiet, auth: login });
    await client.predict("/greet", ["Ada"]);
    await fetch(`${guarded}/expire`, { method: "POST" });
    const names = ["Ada", "Bob", "Cid", "Dan"];
    const file = handleFile(Buffer.from("again"), { name: "again.txt" });
    const [greetings, echoed] = await Promise.all([
      Promise.all(names.map((name) => client.predict("/greet", [name]))),
      client.predict("/echo_file", [file]),
    ]);
    expect(greetings).toEqual(names.map((name) => `Hello ${name}!`));
    await fetch(`${guarded}/expire`, { method: "POST" });
    expect(await (echoed as GradioFile).text()).toBe("again");
    expect(relay.to("/login")).toHaveLength(3);
  });

  test("a session that has run out before a stream is uploaded, which can be sent only once", async () => {
    await using relay = await passThrough(guarded);
    await using client = await Client.connect(relay.url, { ...quiet, auth: login });
    await fetch(`${guarded}/expire`, { method: "POST" });
    const stream = new Blob(["once ", "only"]).stream();
    const echoed = (await client.predict("/echo_file", [
      handleFile(stream, { name: "once.txt" }),
    ])) as GradioFile;
    expect(await echoed.text()).toBe("once only");
    // Refused, and taken after the login.
    expect(relay.to("/login_check")).toHaveLength(2);
    expect(relay.to("/upload")).toHaveLength(1);
    // What can be sent again is sent without asking.
    const file = handleFile(Buffer.from("again"), { name: "again.txt" });
    await client.predict("/echo_file", [file]);
    expect(relay.to("/login_check")).toHaveLength(2);
  });

  test("cookies of a login made elsewhere", async () => {
    const form = new URLSearchParams({ username: login[0], password: login[1] });
    const answer = await fetch(`${guarded}/login`, { method: "POST", body: form });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? "");
    const text = cookies.join("; ");
    await using client = await Client.connect(guarded, { ...quiet, http: { cookies: text } });
    expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
    const pairs = Object.fromEntries(cookies.map((cookie) => cookie.split("=", 2)));
    await using other = await Client.connect(guarded, { ...quiet, http: { cookies: pairs } });
    expect(await other.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  });

  test("a login that the app does not need is not sent", async () => {
    await using relay = await passThrough(plain);
    await using client = await Client.connect(relay.url, { ...quiet, auth: login });
    expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
    expect(relay.to("/login")).toHaveLength(0);
  });

  test("with an own fetch", async () => {
    await using client = await Client.connect(guarded, {
      ...quiet,
      auth: login,
      fetch: (...request) => fetch(...request),
    });
    expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  });
});

describe.each(currentVersions)("who may use an app, Gradio $version", ({ guarded, strange }) => {
  test("C61 without credentials: the app's own words, as text", async () => {
    const error = await rejection(Client.connect(guarded, quiet));
    expect(String(error)).toContain("Members only Ask Charles & co.");
    expect(String(error)).not.toMatch(/[<>]|alert/);
  });

  test("an app whose site decides who may use it", async () => {
    const error = await rejection(Client.connect(strange, { ...quiet, auth: login }));
    expect(error).toBeInstanceOf(AuthenticationError);
    expect(error).toMatchObject({ code: "LOGIN_REQUIRED" });
    expect(String(error)).toContain('"headers" or "http.cookies"');
    const headers = { "x-user": "ada" };
    await using client = await Client.connect(strange, { ...quiet, headers });
    expect(await client.predict("/greet", ["Ada"])).toBe("Hello Ada!");
  });
});
