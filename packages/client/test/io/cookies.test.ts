import { expect, test } from "vitest";
import { CookieStore } from "../../src/io/cookies.js";

const app = "http://app.example/sub/config";

test("a cookie goes back to who set it, with its value whole", () => {
  const store = new CookieStore();
  store.learn(app, [
    "a=b=c; Path=/; HttpOnly; Expires=Wed, 21 Oct 2099 07:28:00 GMT",
    "d=%20; Path=/",
  ]);
  expect(store.headerFor("http://app.example/other")).toBe("a=b=c; d=%20");
  for (const other of [
    "http://evil.example/",
    "http://app.example.evil/",
    "http://app.example:81/",
  ]) {
    expect(store.headerFor(other)).toBeUndefined();
  }
});

test("Secure ones only over https; those of http also to the https of the same host", () => {
  const store = new CookieStore();
  store.learn("https://app.example/login", ["s=1; Secure; Path=/", "u=1; Path=/"]);
  expect(store.headerFor("https://app.example/")).toBe("s=1; u=1");
  expect(store.headerFor("http://app.example/")).toBeUndefined();
  const plain = new CookieStore();
  plain.learn("http://app.example/login", ["s=1; Secure; Path=/", "u=1; Path=/"]);
  expect(plain.headerFor("http://app.example/")).toBe("u=1");
  expect(plain.headerFor("https://app.example:8443/")).toBe("s=1; u=1");
});

test("paths: the longest first, and a default beside the address", () => {
  const store = new CookieStore();
  store.learn(app, ["here=1", "root=1; Path=/", "deep=1; Path=/sub/api"]);
  expect(store.headerFor("http://app.example/sub/api/x")).toBe("deep=1; here=1; root=1");
  expect(store.headerFor("http://app.example/subway")).toBe("root=1");
});

test("a newer one replaces, Max-Age and Expires end it, and it can be taken back", () => {
  let now = 1_000_000;
  const store = new CookieStore(() => now);
  store.add(app, { a: "mine" });
  store.learn(app, ["a=theirs; Path=/; Max-Age=10", "b=1; Path=/", "b=; Path=/; Max-Age=0"]);
  expect(store.headerFor(app)).toBe("a=theirs");
  expect(store.values()).toEqual(["theirs"]);
  now += 10_000;
  expect(store.headerFor(app)).toBeUndefined();
  expect(store.values()).toEqual([]);
});

test("a server that sets ever more cookies takes no more memory, and not the caller's own", () => {
  const store = new CookieStore();
  store.add(app, { mine: "0" });
  for (let index = 0; index < 1000; index += 1) {
    store.learn(app, [`c${index}=1; Path=/`, "login=1; Path=/"]);
  }
  store.learn(app, [`large=${"x".repeat(5000)}; Path=/`]);
  const kept = store.headerFor(app)?.split("; ") ?? [];
  expect(kept).toHaveLength(201);
  expect(kept).toEqual(expect.arrayContaining(["mine=0", "login=1", "c999=1"]));
});
