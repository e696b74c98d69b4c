import { chromium, type Browser, type Page } from "playwright-core";
import { readOutcome, type Outcome, type Place } from "../outcome.js";
import { buildPage } from "../pages/build-page.js";
import { serveFolder } from "../pages/serve-folder.js";
import type { Runtime } from "../runtimes.js";

const LIMIT_MILLISECONDS = 90_000;

/** Nothing but the page: no updates, no accounts, no network of its own. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser with an empty profile; `await using` ends it. */
export async function startChromium(
  program: string,
  flags: readonly string[] = [],
): Promise<Browser> {
  return await chromium.launch({
    executablePath: program,
    headless: true,
    args: [...FLAGS, ...flags],
  });
}

/** Runs the program in a page, which comes from another origin than the app. */
export async function runInPage(
  runtime: Runtime & { readonly program: string },
  place: Place,
): Promise<Outcome> {
  const { folder, warnings } = await buildPage(runtime.page ?? "esbuild");
  await using site = await serveFolder(folder);
  await using browser = await startChromium(runtime.program);
  const page = await browser.newPage();
  const said: string[] = warnings.map((text) => `bundler: ${text}`);
  page.on("pageerror", (error) => said.push(`uncaught: ${error.message}`));
  const address = new URL(site.url);
  address.searchParams.set("place", JSON.stringify(place));
  await page.goto(address.href);
  const inTime = await ended(page);
  const lines = await page.evaluate<string[]>("globalThis.lines ?? []");
  const end = inTime ? said.join("\n") : `it did not come to its end\n${said.join("\n")}`;
  return readOutcome(lines.join("\n"), inTime && said.length === 0, end);
}

async function ended(page: Page): Promise<boolean> {
  try {
    await page.waitForFunction("globalThis.ended === true", undefined, {
      timeout: LIMIT_MILLISECONDS,
    });
    return true;
  } catch {
    // What it told until then is read all the same.
    return false;
  }
}
