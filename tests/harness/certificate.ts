import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./temporary-folder.js";

/** A certificate for servers on this machine; it vouches for itself. */
export interface Certificate extends AsyncDisposable {
  readonly key: string;
  readonly cert: string;
  /** Where the certificate is, for programs that are to trust it. */
  readonly path: string;
}

/** Makes a certificate for 127.0.0.1 and localhost. */
export async function makeCertificate(): Promise<Certificate> {
  const folder = await temporaryFolder();
  const [key, cert] = [join(folder.path, "key.pem"), join(folder.path, "cert.pem")];
  const names = "subjectAltName=IP:127.0.0.1,DNS:localhost";
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const rest = ["-days", "2", "-subj", "/CN=localhost", "-addext", names];
  await promisify(execFile)("openssl", ["req", ...kind, "-keyout", key, "-out", cert, ...rest]);
  return {
    key: await readFile(key, "utf8"),
    cert: await readFile(cert, "utf8"),
    path: cert,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
