import { createDemoApp, type GradioServer } from "@gradio-kit/testing";
import { savePicture } from "./save-picture.js";
import { heading, say } from "./screen.js";

/** Where Gradio's own apps are, and where the README's examples look. */
const usualPort = 7860;

/** Keeps the embedded app running until it is told to stop. */
export async function serve(outputFolder: string, signal: AbortSignal): Promise<void> {
  // One of the commands sends it.
  await savePicture(outputFolder);
  await using server = await start();
  heading(`The app of the tour is at ${server.url}`);
  say("In another terminal, in this folder:", "", ...commandsFor(server.url));
  say("", "Ctrl-C ends it.");
  await new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
}

/** What to try on a running app of the tour. */
export function commandsFor(url: string): string[] {
  return [
    `npx gradio-kit info ${url}`,
    `npx gradio-kit predict ${url} /greet name=Ada times=3`,
    `npx gradio-kit predict ${url} /count steps=20`,
    `npx gradio-kit predict ${url} /invert image=@demo-output/picture.png --output demo-output`,
  ];
}

async function start(): Promise<GradioServer> {
  try {
    return await createDemoApp({ port: usualPort });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    return await createDemoApp();
  }
}
