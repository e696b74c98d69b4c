import type { Agent, AgentOptions } from "node:http";
import { getProxyForUrl } from "proxy-from-env";
import { InputError } from "../../errors.js";
import type { TlsSettings } from "./tls.js";

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

/** An agent as the libraries make it: Node's own, with members that its types do not tell of. */
type ProxyAgent = Agent & { protocol: string; readonly options: AgentOptions };

/** Which proxy a request to this address goes through; `undefined`: none. */
export type ProxyChoice = (url: string) => URL | undefined;

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

function fromEnvironment(url: string): URL | undefined {
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

/** The connections through one proxy, to servers of one kind; what makes them is loaded only now. */
export async function createProxyAgent(
  proxy: URL,
  protocol: "http:" | "https:",
  options: AgentOptions,
  tls: TlsSettings,
): Promise<Agent> {
  const agent = await load(proxy, protocol === "https:", options, tls);
  agent.protocol = protocol;
  // Told afterwards: to the one for SOCKS a time limit given above would end busy connections too.
  Object.assign(agent.options, options);
  return agent;
}

/** A connection through a proxy for what is no request: nobody else uses it afterwards. */
export async function createTunnel(
  proxy: URL,
  protocol: "http:" | "https:",
  tls: TlsSettings,
): Promise<Agent> {
  const agent = await load(proxy, true, {}, tls);
  agent.protocol = protocol;
  return agent;
}

/** @param tunnels whether it is asked for a connection, not for the answer to a request. */
async function load(
  proxy: URL,
  tunnels: boolean,
  { timeout: _idle, ...options }: AgentOptions,
  tls: TlsSettings,
): Promise<ProxyAgent> {
  if (proxy.protocol.startsWith("socks")) {
    const { SocksProxyAgent } = await import("socks-proxy-agent");
    return new SocksProxyAgent(proxy, options);
  }
  if (!tunnels) {
    const { HttpProxyAgent } = await import("http-proxy-agent");
    // Proxies hand on the server's word that a connection is kept, and close it all the same
    // (tinyproxy): what is sent on it again is lost.
    return new HttpProxyAgent(proxy, { ...options, ...tls, keepAlive: false });
  }
  const { HttpsProxyAgent } = await import("https-proxy-agent");
  return new HttpsProxyAgent(proxy, { ...options, ...tls });
}
