import { Client } from "@gradio-kit/client";
import { expect, test } from "vitest";
import { rejection } from "../harness/rejection.js";
import { adasToken, hubPlace, startApp, type HubPlace } from "./hub.js";

const src = "https://ada-secret.hf.space";

/** The name that only the real Hub can have, brought to the double. */
function optionsAt({ hub }: HubPlace) {
  const { url } = hub.space("ada/secret");
  const own: typeof fetch = async (input, init) => {
    const answer = await fetch(String(input).replace(src, url), init);
    return Object.defineProperty(answer, "url", { value: String(input) });
  };
  return { verbose: false, downloadFiles: false, fetch: own } as const;
}

test("a Space is known by its own address: its id, its stages, the token of this machine", async () => {
  await using app = await startApp();
  const stages = ["SLEEPING", "RUNNING"];
  await using place = await hubPlace({
    spaces: { "ada/secret": { app: app.url, private: true, stages } },
  });
  place.set({ HF_TOKEN: adasToken });
  const seen: string[] = [];
  await using client = await Client.connect(src, {
    ...optionsAt(place),
    onSpaceStatus: (stage) => void seen.push(stage),
  });
  expect([client.src, client.spaceId]).toEqual([`${src}/`, "ada/secret"]);
  expect(seen).toEqual(stages);
  expect(await client.predict("/greet", { name: "you" })).toBe("Hello you!");
});

test.each([
  ["without a token", undefined, "TOKEN_REQUIRED"],
  ["with the token of somebody else", "hf_bobBobBob", "INVALID_CREDENTIALS"],
])("a private Space says by itself that it is private: %s", async (_, token, code) => {
  await using app = await startApp();
  await using place = await hubPlace({ spaces: { "ada/secret": { app: app.url, private: true } } });
  const error = await rejection(Client.connect(src, { ...optionsAt(place), token }));
  expect(error).toMatchObject({ name: "AuthenticationError", code });
  expect(place.hub.requests.map(({ path }) => path)).toEqual([
    "/api/spaces/by-subdomain/ada-secret",
  ]);
});

test("the Space is used when the Hub is away", async () => {
  await using app = await startApp();
  await using place = await hubPlace({ spaces: { "ada/secret": { app: app.url } } });
  place.set({ HF_ENDPOINT: "http://127.0.0.1:1" });
  await using client = await Client.connect(src, optionsAt(place));
  expect(await client.predict("/greet", { name: "you" })).toBe("Hello you!");
  expect(place.hub.requests).toEqual([]);
});
