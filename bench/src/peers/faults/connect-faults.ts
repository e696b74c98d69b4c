import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { answer, gatewayError, stall } from "@gradio-kit/testing";
import type { Address, FaultGroup } from "../peer-fault.js";

const connecting = { calls: () => [] } as const;

/** What happens on the way to an app. */
export const connectFaults: FaultGroup = {
  title: "Reaching the app",
  rows: [
    {
      ...connecting,
      fault: "nobody knows the name of the app's host (DNS)",
      address: () => Promise.resolve(at("http://no-such-host.invalid")),
    },
    {
      ...connecting,
      fault: "nothing listens when the client connects",
      address: async () => {
        const { url, [Symbol.asyncDispose]: end } = await listening(createHttpServer(), "http");
        await end();
        return at(url);
      },
    },
    {
      ...connecting,
      fault: "the certificate of the app is not to be trusted (TLS)",
      address: async () => {
        const certificate = await makeCertificate();
        return await listening(createHttpsServer(certificate, refuse), "https");
      },
    },
    {
      ...connecting,
      fault: "a server that speaks no TLS at an address of `https:`",
      address: () => listening(createHttpServer(refuse), "https"),
    },
    {
      ...connecting,
      fault: "a server that takes the connection and never answers",
      rules: () => [{ fault: stall() }],
      limit: 5_000,
    },
    {
      ...connecting,
      fault: "a gateway answers 502 when the client connects",
      rules: () => [{ fault: gatewayError(502) }],
    },
    {
      ...connecting,
      fault: "what answers at the address is no Gradio app",
      rules: () => [
        {
          fault: answer(200, { headers: { "content-type": "text/html" }, body: "<h1>Hello</h1>" }),
        },
      ],
    },
  ],
};

const at = (url: string): Address => ({ url, [Symbol.asyncDispose]: () => Promise.resolve() });

const refuse = (_request: unknown, response: { end(): unknown }): void => void response.end();

async function listening(server: Server, scheme: string): Promise<Address> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A certificate that vouches for itself. */
async function makeCertificate(): Promise<{ readonly key: string; readonly cert: string }> {
  const folder = await mkdtemp(join(tmpdir(), "gradio-kit-peers-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const rest = ["-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  try {
    await promisify(execFile)("openssl", ["req", ...kind, "-keyout", key, "-out", cert, ...rest]);
    return { key: await readFile(key, "utf8"), cert: await readFile(cert, "utf8") };
  } finally {
    await rm(folder, { recursive: true });
  }
}
