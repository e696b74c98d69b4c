import { beforeAll, describe, expect, inject, test } from "vitest";
import { makeAuthority } from "../connections/support/certificates.js";
import { findTool } from "../connections/support/network-tools.js";
import { startMicrosocks, startStunnel, startTinyproxy } from "../connections/support/proxies.js";
import { freePorts } from "../../server-process/dist/free-ports.js";
import { passThrough } from "../harness/pass-through.js";
import { openSite } from "../harness/site.js";
import { watchOpen } from "../harness/watch-open.js";
import { within } from "./at-most.js";
import { runProgram } from "./drivers/command-line.js";
import type { Outcome } from "./outcome.js";
import { runtimes } from "./runtimes.js";

const RUN_LIMIT_MILLISECONDS = 100_000;
const tools = await Promise.all((["tinyproxy", "microsocks", "stunnel4"] as const).map(findTool));
const [tinyproxy = "", microsocks = "", stunnel = ""] = tools;
const onCommandLine = runtimes.filter(({ kind }) => ["node", "bun", "deno"].includes(kind));
const scenarios = [
  "http.ca: as text, and as a file",
  "sslVerify: false, for one client only",
  "http.cert and http.key",
  "http.proxy, to http and https",
  "a proxy whose certificate nobody vouches for",
  "the proxy of the environment, NO_PROXY, and the option over them",
  "http.cookies",
  "http.timeout",
];

/** Runs the program among servers of its own; tells how many requests one of them had at once. */
async function runAmongServers(
  runtime: (typeof runtimes)[number],
  app: string,
): Promise<{ readonly outcome: Outcome; readonly most: number }> {
  await using authority = await makeAuthority();
  const server = await authority.sign("IP:127.0.0.1");
  const mine = await authority.sign("DNS:client");
  const demands = { ca: authority.cert, requestCert: true, rejectUnauthorized: true };
  await using secure = await passThrough(app, server);
  await using strict = await passThrough(app, { ...server, ...demands });
  await using limited = await passThrough(app, server);
  using watch = watchOpen(limited);
  await using http = await startTinyproxy(tinyproxy);
  await using https = await startStunnel(stunnel, http, server);
  await using socks = await startMicrosocks(microsocks);
  await using silent = await openSite();
  const [port] = await freePorts(1);
  const place = {
    plain: app,
    secure: secure.url,
    strict: strict.url,
    limited: limited.url,
    silent: silent.url,
    nowhere: `http://127.0.0.1:${port}`,
    ca: { text: authority.cert, path: authority.path },
    mine: { cert: mine.cert, key: mine.key },
    proxies: { http: http.url, https: https.url, socks: socks.url },
    password: http.password,
  };
  const outcome = await within(
    RUN_LIMIT_MILLISECONDS,
    runProgram(runtime, "connections.mjs", place),
  );
  return { outcome, most: watch.most };
}

describe.runIf(!tools.includes(undefined)).each(onCommandLine)("$name", (runtime) => {
  let outcome: Outcome;
  let most: number;

  beforeAll(async () => {
    const app = inject("servers").at(-1)?.apps.main ?? "";
    ({ outcome, most } = await runAmongServers(runtime, app));
  }, RUN_LIMIT_MILLISECONDS + 20_000);

  test.for(scenarios)("%s", (scenario) => {
    if (!outcome.told.has(scenario)) expect.fail(`there is no word of it: ${outcome.end}`);
    expect(outcome.told.get(scenario)).toBeUndefined();
  });

  test("http.maxConnections", () => {
    expect(outcome.told.get("http.maxConnections")).toBeUndefined();
    expect(most).toBe(1);
  });

  test("comes to its end by itself", () => {
    expect(outcome.endedWell, outcome.end).toBe(true);
  });
});
