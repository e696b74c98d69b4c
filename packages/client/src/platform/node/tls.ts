import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { SecureContextOptions } from "node:tls";
import { InputError } from "../../errors.js";
import type { Pem, TransportSettings } from "../../io/platform.js";

/** What TLS connections of one client are told. */
export interface TlsSettings extends SecureContextOptions {
  readonly rejectUnauthorized?: boolean;
}

/**
 * Reads the certificates and the key that the caller named; all of it is tried at once, so that a
 * mistake shows before any request.
 *
 * @throws InputError `INVALID_OPTION` for a file that cannot be read, and for what is no PEM.
 */
export function readTls({ connection = {}, sslVerify }: TransportSettings): TlsSettings {
  const { ca, cert, key } = connection;
  const settings: {
    -readonly [Name in keyof TlsSettings]: TlsSettings[Name];
  } = {};
  if (sslVerify === false) settings.rejectUnauthorized = false;
  if (ca !== undefined) {
    const list = Array.isArray(ca) ? (ca as readonly Pem[]) : [ca as Pem];
    settings.ca = list.map((pem) => checkCertificate(read(pem, "http.ca"), "http.ca"));
  }
  if ((cert === undefined) !== (key === undefined)) {
    const [there, missing] = cert === undefined ? ["key", "cert"] : ["cert", "key"];
    throw wrong(`http.${there}`, `it needs http.${missing} beside it`);
  }
  if (cert !== undefined && key !== undefined) {
    settings.cert = checkCertificate(read(cert, "http.cert"), "http.cert");
    settings.key = read(key, "http.key");
    try {
      createSecureContext(settings);
    } catch (error) {
      // Not as a cause: nothing of a private key belongs into a log.
      const { code = "" } = error as NodeJS.ErrnoException;
      throw wrong("http.key", `it is no private key without a passphrase for http.cert (${code})`);
    }
  }
  return settings;
}

function read(pem: Pem, option: string): string {
  if (typeof pem !== "string") return Buffer.from(pem).toString("utf8");
  if (pem.includes("-----BEGIN ")) return pem;
  try {
    return readFileSync(pem, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw wrong(option, `the file ${pem} cannot be read (${code})`, error);
  }
}

function checkCertificate(text: string, option: string): string {
  try {
    // The first one only: the others of a bundle are checked when a connection needs them.
    void new X509Certificate(text);
  } catch (error) {
    throw wrong(option, "it holds no certificate in PEM", error);
  }
  return text;
}

function wrong(option: string, why: string, cause?: unknown): InputError {
  return new InputError("INVALID_OPTION", `${option}: ${why}.`, cause);
}
