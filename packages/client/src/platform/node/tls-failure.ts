import { ConnectionError } from "../../errors.js";

/** What to do about a connection that is not secure, by the code that Node gives the error. */
const advice: readonly [RegExp, string][] = [
  [
    /SELF_SIGNED|UNABLE_TO_|UNKNOWN_CA|INVALID_CA/,
    "Nobody who is trusted here vouches for its certificate: pass the one who does as http.ca, or in NODE_EXTRA_CA_CERTS.",
  ],
  [/ALTNAME|HOSTNAME_MISMATCH/, "Its certificate is for another host name."],
  [/CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/, "Its certificate is not valid at this time."],
  [
    /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE/,
    "It may ask for a certificate of yours: pass it as http.cert and http.key.",
  ],
  [/EPROTO|WRONG_VERSION/, "Does it speak http instead?"],
];

/**
 * An error of TLS with what to do about it; every other error as it is.
 *
 * @param peer who was to be spoken to, such as `"https://example.com"`.
 */
export function withTlsAdvice(error: NodeJS.ErrnoException, peer: string): Error {
  const { code } = error;
  const found = code === undefined ? undefined : advice.find(([kind]) => kind.test(code));
  if (found === undefined) return error;
  const message = `No secure connection to ${peer} (${code}). ${found[1]}`;
  return new ConnectionError("TLS", message, { cause: error });
}
