/**
 * What Node, Bun and Deno do with the options about connections: `connections.mjs <place as JSON>`.
 * Ends by itself, or not at all.
 */
import { argv, env } from "node:process";
import { Client, handleFile } from "@gradio-kit/client";
import { equal, rejection } from "./expect.mjs";
import { runAll } from "./run-all.mjs";

/**
 * @typedef {object} Place
 * @property {string} plain the app over http
 * @property {string} secure the same over https
 * @property {string} strict the same for those who show a certificate
 * @property {string} limited the same, where open connections are counted
 * @property {string} silent a server that takes requests and never answers
 * @property {{ text: string, path: string }} ca who vouches for all of them
 * @property {{ cert: string, key: string }} mine a certificate that it gave out
 * @property {Record<"http" | "https" | "socks", string>} proxies with their passwords
 * @property {string} password what is to be replaced in them to make it a wrong one
 * @property {string} nowhere an address at which nothing listens
 */

const quiet = { verbose: false, downloadFiles: false };

/** Calls, an upload and a download. */
async function useAll(src, options) {
  const client = await Client.connect(src, { ...quiet, ...options });
  const greetings = ["Ada", "Bob"].map((name) => client.predict("/greet", [name]));
  equal(await Promise.all(greetings), ["Hello Ada!", "Hello Bob!"]);
  const source = handleFile(new Uint8Array(300_000), { name: "zeros.bin" });
  const file = await client.predict("/echo_file", [source]);
  equal((await file.bytes()).length, 300_000);
  await client.close();
}

const failure = async (src, options) => {
  const error = await rejection(Client.connect(src, { ...quiet, ...options }));
  return error.code;
};

/** Sets variables of the environment, for as long as an action takes. */
async function withVariables(variables, action) {
  const before = Object.keys(variables).map((name) => [name, env[name]]);
  Object.assign(env, variables);
  try {
    await action();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete env[name];
      else env[name] = value;
    }
  }
}

/** @type {Record<string, (place: Place) => Promise<void>>} */
const scenarios = {
  "http.ca: as text, and as a file": async ({ secure, ca }) => {
    await useAll(secure, { http: { ca: ca.text } });
    await useAll(secure, { http: { ca: ca.path } });
    equal(await failure(secure, {}), "TLS");
  },

  "sslVerify: false, for one client only": async ({ secure }) => {
    await useAll(secure, { sslVerify: false });
    equal(await failure(secure, {}), "TLS");
  },

  "http.cert and http.key": async ({ strict, ca, mine }) => {
    await useAll(strict, { http: { ca: ca.text, ...mine } });
    equal(await failure(strict, { http: { ca: ca.text } }), "TLS");
  },

  "http.proxy, to http and https": async ({ plain, secure, ca, proxies, password }) => {
    for (const proxy of Object.values(proxies)) {
      const wrong = proxy.replace(password, "wrong");
      for (const src of [plain, secure]) {
        await useAll(src, { http: { proxy, ca: ca.text } });
        const isAskedItself = src === plain && !proxy.startsWith("socks");
        equal(
          await failure(src, { http: { proxy: wrong, ca: ca.text } }),
          // A refusal to hand a request on looks like that of a site.
          isAskedItself ? "LOGIN_REQUIRED" : "UNREACHABLE",
        );
      }
    }
  },

  "a proxy whose certificate nobody vouches for": async ({ plain, secure, proxies }) => {
    const http = { proxy: proxies.https };
    for (const src of [plain, secure]) equal(await failure(src, { http }), "TLS");
    await useAll(secure, { http, sslVerify: false });
  },

  "the proxy of the environment, NO_PROXY, and the option over them": async (place) => {
    const { secure, ca, nowhere, proxies } = place;
    const http = { ca: ca.text };
    await withVariables({ HTTPS_PROXY: proxies.http }, () => useAll(secure, { http }));
    await withVariables({ HTTPS_PROXY: nowhere }, async () => {
      equal(await failure(secure, { http }), "UNREACHABLE");
      await useAll(secure, { http: { ...http, proxy: false } });
      await withVariables({ NO_PROXY: "127.0.0.1" }, () => useAll(secure, { http }));
    });
  },

  "http.cookies": async ({ plain }) => {
    const client = await Client.connect(plain, { ...quiet, http: { cookies: { a: "b" } } });
    equal((await client.predict("/request")).headers["cookie"], "a=b");
    await client.close();
  },

  "http.timeout": async ({ silent }) => {
    equal(await failure(silent, { http: { timeout: 200 } }), "TIMEOUT");
  },

  "http.maxConnections": async ({ limited, ca }) => {
    await useAll(limited, { http: { ca: ca.text, maxConnections: 1 } });
  },
};

await runAll(scenarios, JSON.parse(argv[2]), (line) => console.log(line));
