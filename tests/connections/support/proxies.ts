import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePorts } from "../../../server-process/dist/free-ports.js";
import { temporaryFolder } from "../../harness/temporary-folder.js";
import type { SignedCertificate } from "./certificates.js";
import { startProgram } from "./program.js";

/** A forward proxy that asks for a username and password. */
export interface ForwardProxy extends AsyncDisposable {
  /** Its address, with the password. */
  readonly url: string;
  readonly host: string;
  readonly password: string;
  /** What was asked of it so far: a line for each request. */
  requests(): Promise<string[]>;
}

const user = "clerk";
const password = "proxy-pass-4711";

export async function startTinyproxy(program: string): Promise<ForwardProxy> {
  const folder = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  const [configuration, log] = [join(folder.path, "tinyproxy.conf"), join(folder.path, "log")];
  const lines = [
    `Port ${port}`,
    "Listen 127.0.0.1",
    "Timeout 60",
    `LogFile "${log}"`,
    "LogLevel Connect",
    `BasicAuth ${user} ${password}`,
  ];
  await writeFile(configuration, `${lines.join("\n")}\n`);
  const started = await startProgram(program, ["-d", "-c", configuration], [port]);
  return {
    url: `http://${user}:${password}@127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    password,
    requests: async () =>
      [...(await readFile(log, "utf8")).matchAll(/Request \(file descriptor \d+\): (.+)/g)].map(
        ([, request = ""]) => request,
      ),
    [Symbol.asyncDispose]: async () => {
      await started.end();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** A SOCKS5 proxy; it keeps no record. */
export async function startMicrosocks(
  program: string,
): Promise<AsyncDisposable & Pick<ForwardProxy, "host" | "password" | "url">> {
  const [port = 0] = await freePorts(1);
  const parameters = ["-i", "127.0.0.1", "-p", String(port), "-u", user, "-P", password];
  const started = await startProgram(program, parameters, [port]);
  return {
    url: `socks5h://${user}:${password}@127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    password,
    [Symbol.asyncDispose]: () => started.end(),
  };
}

/** TLS in front of a proxy: what is said to the proxy itself is encrypted as well. */
export async function startStunnel(
  program: string,
  proxy: ForwardProxy,
  { certPath, keyPath }: SignedCertificate,
): Promise<ForwardProxy> {
  const folder = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  const configuration = join(folder.path, "stunnel.conf");
  const lines = [
    "foreground = yes",
    "pid =",
    "[proxy]",
    `accept = 127.0.0.1:${port}`,
    `connect = ${proxy.host}`,
    `cert = ${certPath}`,
    `key = ${keyPath}`,
  ];
  await writeFile(configuration, `${lines.join("\n")}\n`);
  const started = await startProgram(program, [configuration], [port]);
  return {
    url: `https://${user}:${password}@127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    password,
    requests: () => proxy.requests(),
    [Symbol.asyncDispose]: async () => {
      await started.end();
      await folder[Symbol.asyncDispose]();
    },
  };
}
