import { join } from "node:path";
import {
  createDemoApp,
  createGradioServer,
  endpoint,
  state,
  textbox,
  type GradioServer,
} from "@gradio-kit/testing";
import type { Browser, Page } from "playwright-core";
import { PNG } from "pngjs";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../harness/temporary-folder.js";
import { startChromium } from "../runtimes/drivers/chromium.js";
import { serveFolder } from "../runtimes/pages/serve-folder.js";
import { runtimes } from "../runtimes/runtimes.js";
import { exampleFolder, serveExample } from "./run-example.js";

const chromium = runtimes.find(({ kind }) => kind === "chromium");

/** An app that answers word by word, and remembers what was said. */
function startChat(): Promise<GradioServer> {
  const said = state("");
  return createGradioServer({
    endpoints: [
      endpoint({
        apiName: "chat",
        inputs: [textbox("Message", { name: "message" }), said],
        outputs: [textbox("Answer"), said],
        run: async function* (message, before) {
          if (message === "fail") throw new Error("The model is away.");
          const all = `${before}${message}. `;
          yield ["You said", all];
          yield [`You said: ${all.trim()}`, all];
        },
      }),
    ],
  });
}

describe("chat-server", () => {
  let app: GradioServer;
  let server: Awaited<ReturnType<typeof serveExample>>;
  beforeAll(async () => {
    app = await startChat();
    server = await serveExample("chat-server", [app.url]);
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await app.close();
  });

  async function say(conversation: string, message: string): Promise<unknown[]> {
    const answer = await fetch(`${server.url}/chat/${conversation}`, {
      method: "POST",
      body: JSON.stringify({ message }),
    });
    const lines = (await answer.text()).trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line) as unknown);
  }

  test("streams answers; each conversation has a session of its own", async () => {
    expect(await say("one", "hello")).toEqual([
      { answer: "You said" },
      { answer: "You said: hello." },
    ]);
    expect((await say("one", "again")).at(-1)).toEqual({ answer: "You said: hello. again." });
    expect((await say("two", "me")).at(-1)).toEqual({ answer: "You said: me." });
    const ended = await fetch(`${server.url}/chat/one`, { method: "DELETE" });
    expect(ended.status).toBe(204);
    expect((await say("one", "anew")).at(-1)).toEqual({ answer: "You said: anew." });
  });

  test("says in words what went wrong", async () => {
    const [line] = (await say("three", "fail")) as [{ readonly error: string }];
    expect(line.error).toMatch(/error/i);
  });
});

describe.runIf(chromium !== undefined)("in Chromium", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium(chromium?.program ?? "");
  });
  afterAll(() => browser.close());

  async function open(url: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(url);
    return page;
  }

  test("chat-server: the page shows the answer", async () => {
    await using app = await startChat();
    await using server = await serveExample("chat-server", [app.url]);
    const page = await open(server.url);
    await page.fill("input[name=message]", "hello");
    await page.click("button");
    await page.getByText("You said: hello.").waitFor();
    await page.close();
  });

  test("vite-page: calls the app, and shows a picture of it", async () => {
    await using app = await createDemoApp();
    await using folder = await temporaryFolder();
    process.env["VITE_APP"] = app.url;
    try {
      await build({
        root: exampleFolder("vite-page"),
        logLevel: "warn",
        build: { outDir: join(folder.path, "site") },
      });
    } finally {
      delete process.env["VITE_APP"];
    }
    await using site = await serveFolder(join(folder.path, "site"));
    const page = await open(`${site.url}/index.html`);
    await page.fill("#greet input", "Ada");
    await page.click("#greet button");
    await page.getByText("Hello Ada! Hello Ada!").waitFor();
    const picture = PNG.sync.write(new PNG({ width: 3, height: 2 }));
    const file = { name: "picture.png", mimeType: "image/png", buffer: picture };
    await page.setInputFiles("#invert input", file);
    await page.click("#invert button");
    await page.waitForFunction(`document.querySelector("#invert img").naturalWidth === 3`);
    expect(await page.locator("progress").evaluate((bar) => bar.getAttribute("value"))).not.toBe(
      "0",
    );
    await page.setInputFiles("#invert input", { ...file, buffer: Buffer.from("none") });
    await page.click("#invert button");
    await page.getByText("Only PNG images can be inverted.").waitFor();
    await page.close();
  });
});
