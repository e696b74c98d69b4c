import { fileURLToPath } from "node:url";
import {
  createDemoApp,
  createGradioServer,
  endpoint,
  GradioError,
  textbox,
  type Hub,
} from "@gradio-kit/testing";
import { makeAuthority } from "../connections/support/certificates.js";
import { findTool } from "../connections/support/network-tools.js";
import { basic, startNginx } from "../connections/support/nginx.js";
import { startProgram } from "../connections/support/program.js";
import { startTinyproxy, type ForwardProxy } from "../connections/support/proxies.js";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { gradioVersions, interpreterOf } from "../harness/gradio-versions.js";
import { passThrough } from "../harness/pass-through.js";
import { startSpaces, token } from "./spaces.js";

/** The password of apps.py. */
const password = "pass word+ä&=1815";
const [nginx, tinyproxy] = [await findTool("nginx"), await findTool("tinyproxy")];
const pythonApps = fileURLToPath(new URL("../connections/apps/apps.py", import.meta.url));

/** Addresses of the documents for which something is missing on this machine. */
export const unavailable: readonly string[] = [
  ...(nginx === undefined ? ["https://staff.example.com", "https://example.com/some/app"] : []),
  ...(tinyproxy === undefined ? ["proxy.example.com"] : []),
];

/** What the addresses and variables of the documents stand for. */
export interface Places extends AsyncDisposable {
  /** By what is written in the documents. */
  readonly addresses: Readonly<Record<string, string>>;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly hub: Hub;
  readonly proxy: ForwardProxy | undefined;
}

/** Starts all of them. */
export async function startPlaces(): Promise<Places> {
  const ends: (() => PromiseLike<unknown>)[] = [];
  const keep = <T extends AsyncDisposable>(place: T): T => {
    ends.push(() => place[Symbol.asyncDispose]());
    return place;
  };
  const end = async (): Promise<void> => {
    for (const close of ends.toReversed()) await close();
  };
  try {
    return { ...(await start(keep, ends)), [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

async function start(
  keep: <T extends AsyncDisposable>(place: T) => T,
  ends: (() => PromiseLike<unknown>)[],
): Promise<Omit<Places, typeof Symbol.asyncDispose>> {
  // One whom the programs trust, and one whom they do not.
  const [known, company] = [keep(await makeAuthority()), keep(await makeAuthority())];
  const certificate = await known.sign("IP:127.0.0.1");
  const secured = async (app: string): Promise<string> =>
    keep(await passThrough(app, certificate)).url;
  const demo = keep(await createDemoApp({ delay: 10 }));
  const painter = keep(await startPainter());
  const hub = keep(await startSpaces(demo.url, painter.url));
  const python = await startPythonApps();
  ends.push(() => python.end());
  const internal = keep(await passThrough(demo.url, await company.sign("IP:127.0.0.1")));
  const [port] = await freePorts(1);
  const addresses: Record<string, string> = {
    "http://127.0.0.1:7860": demo.url,
    "https://members.example.com": await secured(python.guarded),
    "https://site.example.com": await secured(python.site),
    "https://app.example.com": await secured(demo.url),
    "https://app.internal": internal.url,
    "/etc/ssl/company-ca.pem": company.path,
    "7861": String(port),
  };
  let proxy: ForwardProxy | undefined;
  if (tinyproxy !== undefined) {
    proxy = keep(await startTinyproxy(tinyproxy));
    addresses["http://user:password@proxy.example.com:3128"] = proxy.url;
  }
  if (nginx !== undefined) {
    const site = keep(await startNginx(nginx, python, certificate));
    addresses["https://staff.example.com"] = await secured(`${site.url}/private`);
    addresses["https://example.com/some/app"] = await secured(`${site.url}/sub/path`);
  }
  const variables = {
    NODE_EXTRA_CA_CERTS: known.path,
    HF_ENDPOINT: hub.url,
    // Nobody is logged in.
    HF_HUB_DISABLE_IMPLICIT_TOKEN: "1",
    MY_TOKEN: token,
    ADAS_PASSWORD: password,
    SITE_SESSION: "ada",
    GATE_PASSWORD: basic.password,
  };
  return { addresses, variables, hub, proxy };
}

/** An app on ZeroGPU whose visitor has nothing left. */
function startPainter() {
  const said =
    "You have exceeded your free ZeroGPU quota (60s requested vs. 12s left). Try again in 1:02:03. ";
  return createGradioServer({
    endpoints: [
      endpoint({
        apiName: "paint",
        inputs: [textbox("Prompt", { name: "prompt" })],
        outputs: [textbox("Never")],
        run: () => {
          throw new GradioError(said, { title: "ZeroGPU quota exceeded" });
        },
      }),
    ],
  });
}

async function startPythonApps() {
  const names = ["guarded", "strange", "plain"];
  const ports = await freePorts(names.length);
  const at = (name: string): string => `http://127.0.0.1:${ports[names.indexOf(name)]}`;
  const parameters = names.map((name, index) => `${name}=${ports[index]}`);
  const { newest } = gradioVersions;
  const program = await startProgram(interpreterOf(newest), [pythonApps, ...parameters], ports);
  return {
    version: newest,
    guarded: at("guarded"),
    strange: `${at("strange")}/app`,
    site: at("strange"),
    plain: at("plain"),
    second: at("plain"),
    rooted: at("plain"),
    end: () => program.end(),
  };
}
