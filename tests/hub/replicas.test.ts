import { Client } from "@gradio-kit/client";
import { expect, test } from "vitest";
import { makeCertificate } from "../harness/certificate.js";
import { adasToken, hubPlace, startApp } from "./hub.js";

const quiet = { verbose: false, downloadFiles: false } as const;

test("upload, call and State of a client stay at one of two replicas, over https, behind a token", async () => {
  await using certificate = await makeCertificate();
  await using one = await startApp();
  await using two = await startApp();
  await using place = await hubPlace({
    certificate,
    spaces: { "ada/busy": { app: [one.url, two.url], private: true } },
  });
  const options = { ...quiet, token: adasToken, http: { ca: certificate.path } };
  for (const expected of ["first", "second"]) {
    await using client = await Client.connect("ada/busy", options);
    expect(client.src).toMatch(/^https:/);
    const file = await client.upload(new TextEncoder().encode(expected));
    expect(await client.predict("/size", { file })).toBe(String(expected.length));
    expect(await client.predict("/tally", { more: "a" })).toBe("a");
    expect(await client.predict("/tally", { more: "b" })).toBe("ab");
  }
  const joins = [one, two].map(
    ({ requests }) => requests.filter(({ path }) => path.endsWith("/queue/join")).length,
  );
  // Which of the two it is, the first answers decide; then all three calls of a client go there.
  expect(joins.map((count) => count % 3)).toEqual([0, 0]);
  const asked = place.hub.space("ada/busy").requests;
  expect(asked.filter(({ status = 0 }) => status >= 400)).toEqual([]);
  expect(new Set(asked.map(({ headers }) => headers["x-hf-authorization"]))).toEqual(
    new Set([`Bearer ${adasToken}`]),
  );
});
