import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createHub, type Hub } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import { makeCertificate } from "../../../tests/harness/certificate.js";
import { startTourApp } from "./support/tour-app.js";

const script = fileURLToPath(new URL("support/hub_client.py", import.meta.url));
const users = [
  { name: "ada", token: "hf_ada" },
  { name: "bob", token: "hf_bob" },
];

async function signatureOf(hub: Hub, id: string): Promise<string> {
  const answer = await fetch(`${hub.url}/api/spaces/${id}/jwt`, {
    headers: { authorization: "Bearer hf_ada" },
  });
  return ((await answer.json()) as { token: string }).token;
}

test("huggingface_hub and gradio_client take it for the Hub", { timeout: 90_000 }, async () => {
  await using certificate = await makeCertificate();
  await using app = await startTourApp();
  await using other = await startTourApp();
  await using hub = await createHub({
    users,
    certificate,
    spaces: {
      "ada/secret": { app: app.url, private: true },
      "bob/open": { app: app.url },
      "bob/building": { app: app.url, stages: ["BUILDING", "BUILDING", "RUNNING"] },
      "bob/broken": { app: app.url, stages: ["RUNTIME_ERROR"], errorMessage: "boom" },
      "bob/replicas": { app: [app.url, other.url] },
    },
  });
  const { stdout } = await promisify(execFile)(process.env["GRADIO_KIT_PYTHON"] ?? "", [script], {
    timeout: 85_000,
    env: {
      ...process.env,
      HF_ENDPOINT: hub.url,
      HF_HUB_DISABLE_TELEMETRY: "1",
      GRADIO_ANALYTICS_ENABLED: "False",
      SECRET_URL: hub.space("ada/secret").url,
      SSL_CERT_FILE: certificate.path,
    },
  });
  expect(JSON.parse(stdout)).toEqual({
    whoami: "ada",
    info: ["ada/secret", true, "gradio", true],
    runtime: ["RUNNING", "cpu-basic", "cpu-basic"],
    refusals: {
      private: "not found 401",
      "unknown without token": "not found 401",
      unknown: "not found 404",
      "wrong token": 401,
      "not the owner": 403,
    },
    duplicate: "ada/open-copy",
    "duplicate again": 409,
    secrets: ["KEY"],
    variables: { MODEL: "tiny", LEVEL: "2" },
    stages: ["BUILDING", "APP_STARTING", "RUNNING"],
    hardware: ["t4-small", "t4-medium", 900],
    "sleep time": 1200,
    paused: ["PAUSED", "PAUSED"],
    restarted: "BUILDING",
    "private app": "Hello you!",
    "private app without token": "refused",
    "building app": "Hello you!",
    "broken app": true,
    "duplicated app": ["ada/open", "Hello you!"],
    replicas: [1, 3, 6],
  });
  expect(hub.space("ada/open-copy").private).toBe(true);
  expect(hub.space("ada/open-copy").secrets.get("KEY")).toBe("s3cret");
  expect(hub.space("ada/open").private).toBe(true);
});

test("a private Space opens for its owner's token and for a signature, and for nothing else", async () => {
  await using app = await startTourApp();
  await using hub = await createHub({
    users,
    spaces: { "ada/secret": { app: app.url, private: true }, "ada/other": { app: app.url } },
  });
  const status = async (headers: Record<string, string>, query = ""): Promise<number> =>
    (await fetch(`${hub.space("ada/secret").url}/config${query}`, { headers })).status;
  expect(await status({})).toBe(401);
  expect(await status({ authorization: "Bearer hf_ada" })).toBe(200);
  expect(await status({ "x-hf-authorization": "Bearer hf_ada", authorization: "Basic x" })).toBe(
    200,
  );
  expect(await status({ "x-hf-authorization": "Bearer hf_bob" })).toBe(401);
  expect(await status({}, `?__sign=${await signatureOf(hub, "ada/secret")}`)).toBe(200);
  expect(await status({}, `?__sign=${await signatureOf(hub, "ada/other")}`)).toBe(401);
  expect(await status({}, "?__sign=a.b.c")).toBe(401);
  const [config] = app.requests;
  expect(config?.headers["x-hf-authorization"]).toBeUndefined();
  expect(config?.headers["x-ip-token"]).toMatch(/^\w+\.\w+\./);
});

test("a signature ends", async () => {
  await using app = await startTourApp();
  await using hub = await createHub({
    users,
    signatureLifetime: 0,
    spaces: { "ada/secret": { app: app.url, private: true } },
  });
  const token = await signatureOf(hub, "ada/secret");
  const page = await fetch(`${hub.space("ada/secret").url}/config?__sign=${token}`);
  expect(page.status).toBe(401);
});

test("a sleeping Space is woken by a visit, and by nothing else", async () => {
  await using app = await startTourApp();
  await using hub = await createHub({
    spaces: { "ada/tired": { app: app.url, stages: ["SLEEPING"] } },
  });
  const { url } = hub.space("ada/tired");
  const stage = async (): Promise<unknown> => {
    const answer = await fetch(`${hub.url}/api/spaces/ada/tired/runtime`);
    return ((await answer.json()) as { stage: string }).stage;
  };
  expect([await stage(), await stage()]).toEqual(["SLEEPING", "SLEEPING"]);
  expect((await fetch(`${url}/config`)).status).toBe(503);
  expect([await stage(), await stage()]).toEqual(["APP_STARTING", "RUNNING"]);
  expect((await fetch(`${url}/config`)).status).toBe(200);
});

test("a Space is found by its subdomain, and tells whether it has discussions", async () => {
  await using hub = await createHub({ spaces: { "Ada/My.App": { discussions: false } } });
  const found = await fetch(`${hub.url}/api/spaces/by-subdomain/ada-my-app`);
  expect(await found.json()).toMatchObject({ id: "Ada/My.App", runtime: { stage: "RUNNING" } });
  const answer = await fetch(`${hub.url}/api/spaces/Ada/My.App/discussions`, { method: "HEAD" });
  expect([answer.status, answer.headers.get("x-error-message")]).toEqual([
    403,
    expect.stringContaining("disabled"),
  ]);
});

test("a connection that becomes something else is handed on, for those who may see the Space", async () => {
  const seen: IncomingHttpHeaders[] = [];
  const app = createServer();
  app.on("upgrade", ({ headers }, socket) => {
    seen.push(headers);
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nupgrade: echo\r\nconnection: upgrade\r\n\r\n",
    );
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const { port } = app.address() as AddressInfo;
  await using hub = await createHub({
    users,
    spaces: { "ada/secret": { app: `http://127.0.0.1:${port}`, private: true } },
  });
  const space = hub.space("ada/secret");
  const open = (token?: string) =>
    request(`${space.url}/queue/join`, {
      headers: {
        connection: "upgrade",
        upgrade: "echo",
        ...(token !== undefined && { "x-hf-authorization": `Bearer ${token}` }),
      },
    }).end();
  for (const token of [undefined, "hf_bob"]) {
    const [refusal] = (await once(open(token), "response")) as [IncomingMessage];
    expect(refusal.statusCode).toBe(401);
    refusal.resume();
  }
  expect(seen).toEqual([]);
  const [, socket] = (await once(open("hf_ada"), "upgrade")) as [IncomingMessage, Socket];
  socket.write("hello");
  expect(String((await once(socket, "data"))[0])).toBe("hello");
  expect(space.requests.map(({ status }) => status)).toEqual([401, 401, 101]);
  expect(seen[0]?.["x-hf-authorization"]).toBeUndefined();
  expect(seen[0]?.["x-ip-token"]).toBeDefined();
  // The end of the Hub ends it too.
  const ended = once(socket, "close");
  await hub.close();
  await ended;
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});
