import { createFaultProxy } from "@gradio-kit/testing";
import { expect, test } from "vitest";
import type { ContestantName } from "../dist/contestant.js";
import { startStub } from "../dist/servers.js";
import { enter } from "./contestants.js";

const names: readonly ContestantName[] = ["floor", "ours"];

test.for(names)("%s: connecting takes two requests", async (name) => {
  await using server = await startStub();
  await using proxy = await createFaultProxy({ target: server.apps.small });
  await using contestant = await enter(name, "connect", proxy.url);
  await contestant.round(1);
  const paths = proxy.requests.map(({ path }) => path.replace(/\?.*/, ""));
  expect(paths.toSorted()).toEqual(["/config", "/gradio_api/info"]);
});

test.for(names)("%s: each call takes a join and a stream, no matter how many", async (name) => {
  await using server = await startStub();
  await using proxy = await createFaultProxy({ target: server.apps.small });
  await using contestant = await enter(name, "calls", proxy.url);
  const before = proxy.requests.length;
  await contestant.round(20);
  const paths = proxy.requests
    .slice(before)
    .map(({ path }) => path.replace(/\?.*/, ""))
    // Asked for after a second without a word, which is how long a round may take to begin.
    .filter((path) => path !== "/gradio_api/app_id");
  expect(paths.filter((path) => path === "/gradio_api/queue/join")).toHaveLength(20);
  expect(paths.filter((path) => path === "/gradio_api/queue/data")).toHaveLength(20);
  expect(paths).toHaveLength(40);
});
