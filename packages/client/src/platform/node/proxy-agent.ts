import type { Agent, AgentOptions } from "node:http";
import { InputError } from "../../errors.js";
import type { TlsSettings } from "./tls.js";

/** An agent as the libraries make it: Node's own, with members that its types do not tell of. */
type ProxyAgent = Agent & { protocol: string; readonly options: AgentOptions };

/** The connections through one proxy, to servers of one kind. */
export async function createProxyAgent(
  proxy: URL,
  protocol: "http:" | "https:",
  options: AgentOptions,
  tls: TlsSettings,
): Promise<Agent> {
  const agent = await load(proxy, protocol === "https:", options, tls);
  agent.protocol = protocol;
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
  options: AgentOptions,
  tls: TlsSettings,
): Promise<ProxyAgent> {
  if (proxy.protocol.startsWith("socks")) {
    const { SocksProxyAgent } = await import("socks-proxy-agent").catch(notInstalled);
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

/** It is large, and few need it: whoever does installs it. */
function notInstalled(cause: unknown): never {
  throw new InputError(
    "INVALID_OPTION",
    "http.proxy: a SOCKS proxy takes the package socks-proxy-agent beside this library: npm install socks-proxy-agent",
    cause,
  );
}
