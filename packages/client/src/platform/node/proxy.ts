import { InputError } from "../../errors.js";

const protocols = new Set([
  "http:",
  "https:",
  "socks:",
  "socks4:",
  "socks4a:",
  "socks5:",
  "socks5h:",
]);
const right =
  'an address such as "http://proxy.example.com:3128" or "socks5://127.0.0.1:1080", or false';

/** Which proxy a request to this address goes through; `undefined`: none. */
export type ProxyChoice = (url: string) => URL | undefined | Promise<URL | undefined>;

/**
 * Reads the option; where it says nothing, the environment is asked for each address.
 *
 * @throws InputError `INVALID_OPTION` for what is not the address of a proxy.
 */
export function chooseProxy(option: string | URL | false | undefined): ProxyChoice {
  if (option === false) return () => undefined;
  if (option === undefined) return fromEnvironment;
  const proxy = parse(String(option), `http.proxy: it must be ${right}.`);
  return () => proxy;
}

async function fromEnvironment(url: string): Promise<URL | undefined> {
  // What reads them is loaded where there are some.
  const kinds = [url.startsWith("https:") ? "https_proxy" : "http_proxy", "all_proxy"];
  if (!kinds.some((name) => process.env[name] || process.env[name.toUpperCase()])) return undefined;
  const { getProxyForUrl } = await import("proxy-from-env");
  const address = getProxyForUrl(url);
  if (address === "") return undefined;
  const { protocol } = new URL(url);
  return parse(
    address,
    `What ${protocol.slice(0, -1).toUpperCase()}_PROXY or ALL_PROXY says is not the address of a proxy. The option http.proxy wins over it: false for none.`,
  );
}

/** The address is not told: it can hold a password. */
function parse(address: string, message: string): URL {
  if (URL.canParse(address)) {
    const url = new URL(address);
    const decodes = !/%(?![\da-f]{2})/i.test(url.username + url.password);
    if (protocols.has(url.protocol) && url.hostname !== "" && decodes) return url;
  }
  throw new InputError("INVALID_OPTION", message);
}
