import { redactUrl } from "../core/redact.js";
import { ProtocolError } from "../errors.js";
import type { Transport } from "./platform.js";

/** Names that mean this machine, or something that only a local network knows. */
const localName = /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa|intranet|corp|home)\.?$/i;

/** This machine, link-local (where clouds keep their credentials), private and shared networks. */
const privateIPv4 =
  /^(?:0|10|127)\.|^169\.254\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;
const privateIPv6 = /^(?:::1?$|f[cd]|fe[89ab])/i;

/**
 * Keeps an app elsewhere from using this program to reach what only this machine can reach: by the
 * address of a result file, or by a redirect.
 *
 * @param from the address of the app.
 * @param to where it leads.
 * @throws ProtocolError when that is private, and the app itself is not.
 */
export async function refusePrivate(
  from: string,
  to: string,
  transport: Pick<Transport, "addressesOf">,
): Promise<void> {
  const look = async (url: string): Promise<boolean> => {
    const host = new URL(url).hostname.replaceAll(/^\[|\]$/g, "");
    return isPrivate(host) || ((await transport.addressesOf?.(host)) ?? []).some(isPrivate);
  };
  if (!(await look(to)) || (await look(from))) return;
  throw new ProtocolError(
    "UNEXPECTED_MESSAGE",
    `The app leads to ${redactUrl(to)}, an address that is private to this machine or its network: it is not asked (http.allowPrivateAddresses).`,
  );
}

/** Whether a host, by its name or IP address, is not one of the public internet. */
export function isPrivate(host: string): boolean {
  const mapped = /^::ffff:(?:([\da-f]{1,4}):([\da-f]{1,4})|([\d.]+))$/i.exec(host);
  if (mapped !== null) {
    const [, high = "", low = "", dotted] = mapped;
    const [a, b] = [parseInt(high, 16), parseInt(low, 16)];
    return isPrivate(dotted ?? [a >> 8, a & 255, b >> 8, b & 255].join("."));
  }
  if (host.includes(":")) return privateIPv6.test(host);
  return privateIPv4.test(host) || localName.test(host) || !/[.]/.test(host);
}
