import { Client, type GradioFile } from "@gradio-kit/client";
import { expect, test } from "vitest";
// What browsers and workers load.
import { Client as WebClient } from "../../packages/client/dist/index.js";
import { adasToken, hubPlace, startApp, type HubPlace } from "./hub.js";

const options = { verbose: false, token: adasToken } as const;

/** In a browser the Hub has one address: this brings it here. */
function hubAt({ hub }: HubPlace): typeof fetch {
  return async (input, init) =>
    await fetch(String(input).replace("https://huggingface.co", hub.url), init);
}

const signaturesAsked = ({ hub }: HubPlace) =>
  hub.requests.filter(({ path }) => path.endsWith("/jwt")).length;

test("in a browser a file of a private Space has an address that opens by itself", async () => {
  await using app = await startApp();
  await using place = await hubPlace({ spaces: { "ada/secret": { app: app.url, private: true } } });
  const web = { ...options, fetch: hubAt(place) };
  await using client = await WebClient.connect("ada/secret", web);
  const notes = [await client.predict("/note"), await client.predict("/note")] as GradioFile[];
  for (const note of notes) {
    expect(note.url).toContain("?__sign=");
    const answer = await fetch(note.url);
    expect([answer.status, await answer.text()]).toEqual([200, "a note"]);
    expect((await fetch(note.url.replace(/\?.*/, ""))).status).toBe(401);
    expect(await note.text()).toBe("a note");
    // What is stored or sent on has no key in it.
    expect(JSON.stringify(note)).not.toContain("__sign");
  }
  expect(await client.predict("/size", { file: notes[0] })).toBe("6");
  expect(signaturesAsked(place)).toBe(1);
});

test("a signature is renewed before it ends", async () => {
  await using app = await startApp();
  await using place = await hubPlace({
    signatureLifetime: 0,
    spaces: { "ada/secret": { app: app.url, private: true } },
  });
  const web = { ...options, fetch: hubAt(place) };
  await using client = await WebClient.connect("ada/secret", web);
  await client.predict("/greet", { name: "you" });
  await client.predict("/greet", { name: "you" });
  expect(signaturesAsked(place)).toBe(2);
});

test("public Spaces, and programs that send headers, need none", async () => {
  await using app = await startApp();
  await using place = await hubPlace({
    spaces: { "ada/secret": { app: app.url, private: true }, "ada/open": { app: app.url } },
  });
  await using web = await WebClient.connect("ada/open", { ...options, fetch: hubAt(place) });
  await using node = await Client.connect("ada/secret", { ...options, downloadFiles: false });
  for (const client of [web, node]) {
    const note = (await client.predict("/note")) as GradioFile;
    expect(note.url).not.toContain("__sign");
    expect(await note.text()).toBe("a note");
  }
  expect(signaturesAsked(place)).toBe(0);
});
