import { AppError, Client, QuotaError, runWithRequest } from "@gradio-kit/client";
import { createGradioServer, endpoint, GradioError, textbox } from "@gradio-kit/testing";
import { describe, expect, test } from "vitest";
import { rejection } from "../harness/rejection.js";
import { openSite } from "../harness/site.js";
import { hubPlace, startApp } from "./hub.js";

const quiet = { verbose: false, downloadFiles: false } as const;
const visitor = { headers: { "X-IP-Token": "visitor-1" } };

/** What the app sees of who called it. */
async function seenBy(client: Client, options = {}): Promise<string | undefined> {
  const headers = JSON.parse((await client.predict("/headers", {}, options)) as string);
  return (headers as Record<string, string>)["x-ip-token"];
}

describe("the visitor of one's own server", () => {
  test("is passed on to a Space by calls within runWithRequest, through a server", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "ada/open": { app: app.url } } });
    await using client = await Client.connect("ada/open", quiet);
    await using own = await openSite((request, response) => {
      runWithRequest(request, async () => {
        await Promise.resolve();
        response.end(await seenBy(client));
      }).catch((error: unknown) => response.destroy(error as Error));
    });
    const visits = ["one", "two"].map(async (name) => {
      const answer = await fetch(own.url, { headers: { "x-ip-token": `visitor-${name}` } });
      return await answer.text();
    });
    expect(await Promise.all(visits)).toEqual(["visitor-one", "visitor-two"]);
    expect(place.hub.requests).toHaveLength(1);
    expect(await seenBy(client)).toMatch(/^\w+\.\w+\./);
  });

  test("yields to what the caller says", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "ada/open": { app: app.url } } });
    await using client = await Client.connect("ada/open", quiet);
    const headers = { "X-Ip-Token": "mine" };
    expect(await runWithRequest(visitor, () => seenBy(client, { headers }))).toBe("mine");
    await using fixed = await Client.connect("ada/open", { ...quiet, headers });
    expect(await runWithRequest(visitor, () => seenBy(fixed))).toBe("mine");
    expect(place.hub.requests).toHaveLength(2);
  });

  test("stays unknown to apps that are no Spaces", async () => {
    await using app = await startApp();
    await using client = await Client.connect(app.url, quiet);
    expect(await runWithRequest(visitor, () => seenBy(client))).toBeUndefined();
    expect([...client.addZeroGpuHeaders({ a: "b" }, visitor)]).toEqual([["a", "b"]]);
  });

  test("is added to headers by hand, of every kind of request", async () => {
    await using app = await startApp();
    await using place = await hubPlace({ spaces: { "ada/open": { app: app.url } } });
    await using client = await Client.connect("ada/open", quiet);
    const given = { a: "b" };
    const expected = [
      ["a", "b"],
      ["x-ip-token", "visitor-1"],
    ];
    const web = new Request("http://app.example", visitor);
    const node = { headers: { "x-ip-token": ["visitor-1"] } };
    for (const incoming of [visitor, web, node]) {
      expect([...client.addZeroGpuHeaders(given, incoming)]).toEqual(expected);
    }
    expect([...runWithRequest(visitor, () => client.addZeroGpuHeaders(given))]).toEqual(expected);
    expect([...client.addZeroGpuHeaders(given)]).toEqual([["a", "b"]]);
    expect([...client.addZeroGpuHeaders(given, { headers: {} })]).toEqual([["a", "b"]]);
    expect(given).toEqual({ a: "b" });
    const headers = client.addZeroGpuHeaders({}, visitor);
    expect(await seenBy(client, { headers })).toBe("visitor-1");
    expect(place.hub.requests).toHaveLength(1);
  });
});

const left = { requested: 60, left: 12, retryAfter: 3723 };
const none = { requested: undefined, left: undefined, retryAfter: undefined };
const title = "ZeroGPU quota exceeded";
const numbers = "(60s requested vs. 12s left)";
const link = '<a href="https://huggingface.co/join">Create an account</a>';

describe("a quota that is used up is a QuotaError", () => {
  test.each([
    [title, `You have exceeded your free ZeroGPU quota ${numbers}. Try again in 1:02:03. `, left],
    [
      title,
      `You have exceeded your Pro ZeroGPU quota ${numbers}. Try again in 1 day, 0:00:05. `,
      { ...left, retryAfter: 86_405 },
    ],
    [
      undefined,
      "You have exceeded your GPU quota (12s left vs. 60s requested). Please retry in 1:02:03",
      left,
    ],
    [
      undefined,
      `You have exceeded your GPU quota ${numbers}. ${link} to get more`,
      { ...left, retryAfter: undefined },
    ],
    [title, "You have exceeded your ZeroGPU runs limit. ", none],
    [title, "Space app has reached its GPU limit. ", none],
    ["ZeroGPU pending credits exceeded", "You have too many ZeroGPU credits allocated", none],
  ])("%s: %s", async (title, message, expected) => {
    await using app = await failing(message, title);
    await using client = await Client.connect(app.url, quiet);
    const error = await rejection(client.predict("/fail"));
    expect(error).toBeInstanceOf(QuotaError);
    expect(error).toMatchObject({ code: "QUOTA_EXCEEDED", retryable: true });
    const { requested, left, retryAfter, message: told } = error as QuotaError;
    expect({ requested, left, retryAfter }).toEqual(expected);
    expect(told).not.toMatch(/<|\s$/);
  });

  test.each([
    [title, "No GPU was available after 60s. Retry later"],
    [
      "ZeroGPU illegal duration",
      "The requested GPU duration (600s) is larger than the maximum allowed",
    ],
    ["Error", "You have exceeded the number of wishes"],
  ])("but not what only looks like it: %s: %s", async (title, message) => {
    await using app = await failing(message, title);
    await using client = await Client.connect(app.url, quiet);
    expect(await rejection(client.predict("/fail"))).toBeInstanceOf(AppError);
  });
});

function failing(message: string, title: string | undefined) {
  return createGradioServer({
    endpoints: [
      endpoint({
        apiName: "fail",
        inputs: [],
        outputs: [textbox("Never")],
        run: () => {
          throw new GradioError(message, title === undefined ? {} : { title });
        },
      }),
    ],
  });
}
