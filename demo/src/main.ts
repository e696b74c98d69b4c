import { createDemoApp } from "@gradio-kit/testing";
import { anyApp } from "./any-app.js";
import { startGradioApp } from "./gradio-app.js";
import { heading, say, seconds } from "./screen.js";
import { commandsFor, serve } from "./serve.js";
import { tour } from "./tour.js";

const outputFolder = "demo-output";

/** What `npm run demo` was asked for. */
export type DemoRequest =
  | { readonly kind: "embedded" }
  | { readonly kind: "gradio"; readonly python: string; readonly version: string }
  | { readonly kind: "serve" }
  | { readonly kind: "app"; readonly src: string; readonly words: readonly string[] };

/** Runs it; gives the exit code. */
export async function runDemo(request: DemoRequest, signal: AbortSignal): Promise<number> {
  switch (request.kind) {
    case "embedded":
      await embeddedTour(signal);
      return 0;
    case "gradio":
      await gradioTour(request.python, request.version, signal);
      return 0;
    case "serve":
      await serve(outputFolder, signal);
      return 0;
    case "app":
      return await anyApp({ ...request, outputFolder, signal });
  }
}

async function embeddedTour(signal: AbortSignal): Promise<void> {
  const start = performance.now();
  await using server = await createDemoApp();
  await tour({ url: server.url, app: "the embedded app (no Python)", outputFolder, signal });
  goodbye(start, "npm run demo -- --gradio              the same on a real Gradio (needs Python)");
}

async function gradioTour(python: string, version: string, signal: AbortSignal): Promise<void> {
  const start = performance.now();
  say(`starting Gradio ${version} ...`);
  await using app = await startGradioApp(python, signal);
  await tour({ url: app.url, app: `a real Gradio ${version}`, outputFolder, signal });
  goodbye(start, "npm run demo                          the same without Python");
}

function goodbye(start: number, other: string): void {
  heading(`Done in ${seconds(performance.now() - start)}. What to type next:`);
  say("npm run demo -- <url or Space id>     any other app", other);
  say("npm run demo -- --serve               keep this app running; then, in another terminal:");
  say(...commandsFor("http://127.0.0.1:7860").map((line) => `    ${line}`));
}
