import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "../../harness/temporary-folder.js";

const run = promisify(execFile);
const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

export interface SignedCertificate {
  readonly cert: string;
  readonly key: string;
  readonly certPath: string;
  readonly keyPath: string;
}

/** A certificate authority of our own, which nobody trusts unless told to. */
export interface Authority extends AsyncDisposable {
  /** Its certificate. */
  readonly cert: string;
  readonly path: string;
  /** A certificate for these names, such as `"IP:127.0.0.1"`. */
  sign(names: string): Promise<SignedCertificate>;
}

export async function makeAuthority(): Promise<Authority> {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder.path, name);
  const [caKey, caCert] = [at("ca.key"), at("ca.pem")];
  const subject = ["-days", "2", "-subj", "/CN=gradio-kit tests"];
  await run("openssl", ["req", "-x509", ...key, "-keyout", caKey, "-out", caCert, ...subject]);
  let count = 0;
  return {
    cert: await readFile(caCert, "utf8"),
    path: caCert,
    sign: async (names) => {
      count += 1;
      const [keyPath, request, certPath] = [`${count}.key`, `${count}.csr`, `${count}.pem`].map(at);
      const extensions = at(`${count}.ext`);
      await writeFile(extensions, `subjectAltName=${names}\n`);
      const request_ = ["req", ...key, "-subj", "/CN=test", "-keyout", keyPath, "-out", request];
      await run("openssl", request_ as string[]);
      const signing = ["-CA", caCert, "-CAkey", caKey, "-CAcreateserial", "-days", "2"];
      const files = ["-in", request, "-out", certPath, "-extfile", extensions];
      await run("openssl", ["x509", "-req", ...signing, ...files] as string[]);
      return {
        cert: await readFile(certPath as string, "utf8"),
        key: await readFile(keyPath as string, "utf8"),
        certPath: certPath as string,
        keyPath: keyPath as string,
      };
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
