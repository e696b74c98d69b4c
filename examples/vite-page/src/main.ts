/** A page that calls an app by itself: `VITE_APP=<address> npx vite`. */
import { Client, type GradioFile, handleFile } from "@gradio-kit/client";

const address = import.meta.env.VITE_APP ?? "http://127.0.0.1:7860";

/** Connected to with the first call, and then kept. */
let connecting: Promise<Client> | undefined;

async function connected(): Promise<Client> {
  connecting ??= Client.connect(address);
  try {
    return await connecting;
  } catch (error) {
    // The next click tries again.
    connecting = undefined;
    throw error;
  }
}

function find<Kind extends Element>(selector: string, kind: new () => Kind): Kind {
  const found = document.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`The page has no ${selector}.`);
}

const failure = find("#error", HTMLParagraphElement);

/** Does what a form asks for; what goes wrong is shown. */
function onSubmit(selector: string, act: (fields: FormData) => Promise<void>): void {
  find(selector, HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    failure.textContent = "";
    act(new FormData(event.currentTarget as HTMLFormElement)).catch((error: unknown) => {
      failure.textContent = error instanceof Error ? error.message : String(error);
    });
  });
}

onSubmit("#greet", async (fields) => {
  const client = await connected();
  const greeting = await client.predict<string>("/greet", { name: fields.get("name") });
  find("#greet output", HTMLOutputElement).value = greeting;
});

onSubmit("#invert", async (fields) => {
  const client = await connected();
  const progress = find("#invert progress", HTMLProgressElement);
  const picture = await client.upload(handleFile(fields.get("image") as File), {
    onProgress: ({ loaded, total = 0 }) => {
      progress.value = total === 0 ? 0 : loaded / total;
    },
  });
  const inverted = await client.predict<GradioFile>("/invert", { image: picture });
  find("#invert img", HTMLImageElement).src = inverted.url;
});
