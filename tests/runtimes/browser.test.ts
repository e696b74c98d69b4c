import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { passThrough } from "../harness/pass-through.js";
import { startChromium } from "./drivers/chromium.js";
import { buildPage } from "./pages/build-page.js";
import { serveFolder } from "./pages/serve-folder.js";
import { runtimes } from "./runtimes.js";

/** What is special about a page: origins, cookies, few connections, no streams upwards. */
const chromium = runtimes.find(({ page }) => page === "single-file");

/** Lets a page send so many bytes a second. */
async function slowDown(page: Page, uploadThroughput: number): Promise<void> {
  const network = await page.context().newCDPSession(page);
  const rest = { offline: false, latency: 0, downloadThroughput: -1 };
  await network.send("Network.emulateNetworkConditions", { ...rest, uploadThroughput });
}

describe.runIf(chromium !== undefined)("in Chromium", () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveFolder>>;

  beforeAll(async () => {
    const { folder } = await buildPage("single-file");
    site = await serveFolder(folder);
    // Names of our own, which are no secure contexts as `localhost` is.
    const names = "--host-resolver-rules=MAP *.test 127.0.0.1";
    browser = await startChromium(chromium?.program ?? "", [names]);
  });

  afterAll(async () => {
    await browser.close();
    await site[Symbol.asyncDispose]();
  });

  /** A page with a profile of its own, which goes away with it. */
  async function open(origin: string = site.url): Promise<Page & AsyncDisposable> {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(new URL("empty.html", origin).href);
    return Object.assign(page, { [Symbol.asyncDispose]: () => context.close() });
  }

  for (const server of inject("servers")) {
    describe(server.name, () => {
      test("asks the app beforehand only where it posts JSON", async () => {
        await using relay = await passThrough(server.apps.main);
        await using page = await open();
        await inPage(
          page,
          relay.url,
          `const file = await client.predict("/echo_file", [kit.handleFile(new Blob(["abc"]))]);
           await file.text();
           await client.submit("/count", { n: 3 }).result();`,
        );
        const preflights = relay.seen.filter(({ method }) => method === "OPTIONS");
        expect(new Set(preflights.map(({ path }) => path))).toEqual(
          new Set(["/gradio_api/queue/join"]),
        );
      });

      test("keeps connections free while many sessions are open", async () => {
        await using page = await open();
        const own = `{ session: "own" }`;
        const results = await inPage(
          page,
          server.apps.main,
          `const name = crypto.randomUUID();
           const endless = Array.from({ length: 8 }, (_, index) =>
             client.submit("/steps", [name + index, 1000], ${own}));
           // Which of them have the event streams that there may be is not said.
           await Promise.race(endless.map((job) => job.first()));
           const cancelled = await Promise.all(endless.map((job) => job.cancel()));
           const calls = Array.from({ length: 20 }, () =>
             client.submit("/count", { n: 3 }, ${own}).result());
           return [cancelled, await Promise.all(calls)];`,
        );
        expect(results).toEqual([Array(8).fill(true), Array(20).fill(2)]);
      });

      test("works on a page that came without https", async () => {
        await using page = await open(site.url.replace("127.0.0.1", "page.test"));
        const app = server.apps.main.replace("127.0.0.1", "app.test");
        const seen = await inPage(
          page,
          app,
          `return [isSecureContext, await client.predict("/greet", ["Ada"])];`,
        );
        expect(seen).toEqual([false, "Hello Ada!"]);
      });

      test("tells how far an upload is", async () => {
        await using page = await open();
        const size = 2_000_000;
        await slowDown(page, size);
        const seen = (await inPage(
          page,
          server.apps.main,
          `const seen = [];
           const onProgress = ({ loaded, total }) => seen.push([loaded, total]);
           await client.upload(new Blob([new Uint8Array(${size})]), { onProgress });
           return seen;`,
        )) as [number, number][];
        expect(seen.length).toBeGreaterThan(2);
        expect(seen.at(-1)).toEqual([size, size]);
        expect(seen.map(([loaded]) => loaded)).toEqual(
          seen.map(([loaded]) => loaded).toSorted((a, b) => a - b),
        );
      });

      test("stops an upload whose progress it tells", async () => {
        await using page = await open();
        // Else it may be over before there is any progress to tell of.
        await slowDown(page, 5_000_000);
        const outcome = await inPage(
          page,
          server.apps.main,
          `const stop = new AbortController();
           const source = new Blob([new Uint8Array(20_000_000)]);
           const onProgress = () => stop.abort(new Error("enough"));
           try {
             await client.upload(source, { signal: stop.signal, onProgress });
           } catch (error) {
             return error.message;
           }`,
        );
        expect(outcome).toBe("enough");
      });

      test("sends cookies to an app that asks for a login", async () => {
        await using gate = await cookieGate(server.apps.main);
        await using page = await open();
        const call = `return await client.predict("/greet", ["Ada"]);`;
        await expect(inPage(page, gate.url, call)).rejects.toThrow("AuthenticationError");
        await page.context().addCookies([{ name: "pass", value: "yes", url: gate.url }]);
        expect(await inPage(page, gate.url, call)).toBe("Hello Ada!");
      });
    });
  }

  test("logs in with a username and a password", async () => {
    const app = inject("servers")[0]?.apps.main ?? "";
    await using gate = await cookieGate(app);
    await using page = await open();
    const logIn = (password: string): string =>
      `const own = await kit.Client.connect(${JSON.stringify(gate.url)}, {
         verbose: false, auth: ["ada", "${password}"] });
       try {
         const file = await own.predict("/echo_file", [kit.handleFile(new Blob(["abc"]))]);
         return [await own.predict("/greet", ["Ada"]), await file.text()];
       } finally {
         await own.close();
       }`;
    await expect(inPage(page, app, logIn("wrong"))).rejects.toThrow("AuthenticationError");
    expect(await inPage(page, app, logIn("right"))).toEqual(["Hello Ada!", "abc"]);
  });

  test("tells a login that is asked for where cookies are refused", async () => {
    const server = createServer((_request, answer) => {
      // What Gradio 3 says to browsers.
      answer.writeHead(401, { "access-control-allow-origin": "*" });
      answer.end(`{"detail":"Not authenticated"}`);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    await using page = await open();
    const connecting = inPage(page, `http://127.0.0.1:${port}`, "");
    await expect(connecting).rejects.toThrow("AuthenticationError");
    server.closeAllConnections();
    server.close();
  });
});

/** Runs a function body in the page, with the library as `kit` and a `client` of the app. */
async function inPage(page: Page, app: string, body: string): Promise<unknown> {
  return await page.evaluate(`(async () => {
    const kit = await import("/gradio-kit.js");
    const client = await kit.Client.connect(${JSON.stringify(app)}, { verbose: false });
    try {
      ${body}
    } finally {
      await client.close();
    }
  })()`);
}

/**
 * Lets requests through to an app that come with a cookie; the others are told to log in, which they
 * can with the right password.
 */
async function cookieGate(app: string): Promise<AsyncDisposable & { readonly url: string }> {
  const gate = createServer((incoming, answer) => {
    const { method, url = "/", headers } = incoming;
    const allowed = {
      "access-control-allow-origin": headers.origin ?? "",
      "access-control-allow-credentials": "true",
      "content-type": "application/json",
    };
    if (method === "POST" && url === "/login") {
      let form = "";
      incoming.setEncoding("utf8").on("data", (text: string) => (form += text));
      incoming.once("end", () => {
        if (form === "username=ada&password=right") {
          answer.writeHead(200, { ...allowed, "set-cookie": "pass=yes; Path=/" }).end("{}");
        } else answer.writeHead(400, allowed).end(`{"detail":"Incorrect credentials."}`);
      });
      return;
    }
    if (method !== "OPTIONS" && headers.cookie !== "pass=yes") {
      answer.writeHead(401, allowed).end(`{"detail":"Not authenticated"}`);
      return;
    }
    const onward = request(`${app}${url}`, { method, headers, agent: false }, (passed) => {
      answer.writeHead(passed.statusCode ?? 502, passed.headers);
      passed.pipe(answer);
    });
    onward.once("error", () => answer.destroy());
    answer.once("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => gate.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => gate.close(resolve));
      gate.closeAllConnections();
      await closed;
    },
  };
}
