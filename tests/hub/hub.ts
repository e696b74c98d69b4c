import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createGradioServer,
  createHub,
  endpoint,
  file,
  state,
  textbox,
  type GradioServer,
  type Hub,
  type HubOptions,
} from "@gradio-kit/testing";

/** Whom the Hub of these tests knows. */
const users = [
  { name: "ada", token: "hf_adaAdaAda", organizations: ["engines"] },
  { name: "bob", token: "hf_bobBobBob" },
];
export const adasToken = "hf_adaAdaAda";
export const bobsToken = "hf_bobBobBob";

/** Everything that names a token or a Hub on the machine that runs the tests. */
const variables = [
  "HF_ENDPOINT",
  "HF_TOKEN",
  "HUGGING_FACE_HUB_TOKEN",
  "HF_TOKEN_PATH",
  "HF_HOME",
  "XDG_CACHE_HOME",
  "HF_HUB_DISABLE_IMPLICIT_TOKEN",
] as const;

type Variables = Partial<Record<(typeof variables)[number], string>>;

/** A Hub in an environment where nobody is logged in. */
export interface HubPlace extends AsyncDisposable {
  readonly hub: Hub;
  /** A folder of the test's own. */
  readonly folder: string;
  /** Sets variables until the end of the test. */
  set(values: Variables): void;
}

function set(values: Variables): void {
  Object.assign(process.env, values);
}

/** Starts a Hub, and makes it the one that this process knows. */
export async function hubPlace(options: HubOptions): Promise<HubPlace> {
  const folder = await mkdtemp(join(tmpdir(), "gradio-kit-hub-"));
  const before = new Map(variables.map((name) => [name, process.env[name]]));
  const hub = await createHub({ users, ...options });
  for (const name of variables) delete process.env[name];
  set({ HF_ENDPOINT: hub.url, HF_HOME: folder });
  return {
    hub,
    folder,
    set,
    [Symbol.asyncDispose]: async () => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      await hub.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An app that tells what came to it. */
export function startApp(): Promise<GradioServer> {
  const counted = state("");
  return createGradioServer({
    endpoints: [
      endpoint({
        apiName: "greet",
        inputs: [textbox("Name", { name: "name" })],
        outputs: [textbox("Greeting")],
        run: (name) => `Hello ${name}!`,
      }),
      endpoint({
        apiName: "headers",
        inputs: [],
        outputs: [textbox("Headers")],
        run: ({ request }) => JSON.stringify(request.headers),
      }),
      endpoint({
        apiName: "size",
        inputs: [file("File", { name: "file" })],
        outputs: [textbox("Size")],
        run: async (input, { readFile }) => String((await readFile(input)).length),
      }),
      endpoint({
        apiName: "note",
        inputs: [],
        outputs: [file("Note")],
        run: ({ createFile }) => createFile("a note", "note.txt"),
      }),
      endpoint({
        apiName: "tally",
        inputs: [textbox("More", { name: "more" }), counted],
        outputs: [textbox("All"), counted],
        run: (more, all) => [all + more, all + more],
      }),
    ],
  });
}
