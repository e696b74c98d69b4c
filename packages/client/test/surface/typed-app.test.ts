import { expectTypeOf, it } from "vitest";
import type { BaseClient } from "../../src/client.js";
import type { AppOutline } from "../../src/core/app-outline.js";
import type { Client } from "../../src/node.js";
import type { Job } from "../../src/job.js";

type App = {
  readonly "/count": {
    readonly inputs: { readonly steps?: number };
    readonly positional: readonly [steps?: number];
    readonly result: [text: string, total: number];
    readonly generator: true;
  };
  readonly "/stop": {
    readonly inputs: Record<string, never>;
    readonly positional: readonly [];
    readonly result: [];
  };
  readonly "/greet": {
    readonly inputs: { readonly name: string; readonly times?: number };
    readonly positional: readonly [name: string, times?: number];
    readonly result: string;
  };
};

// Types only: these are compiled, never called.

function callTyped(client: BaseClient<App>): void {
  expectTypeOf(client.predict("/greet", { name: "Ada" })).resolves.toBeString();
  expectTypeOf(client.submit("/greet", ["Ada", 2])).toEqualTypeOf<Job<string>>();
  expectTypeOf(client.predict("/count")).resolves.toEqualTypeOf<[text: string, total: number]>();
  expectTypeOf(client.submit("/count", {}, { timeout: 5 })).toEqualTypeOf<Job<[string, number]>>();
  expectTypeOf(client.predict("/stop")).resolves.toEqualTypeOf<[]>();
  expectTypeOf(client.predict(3, [1])).resolves.toBeUnknown();
  // @ts-expect-error an input of an endpoint that takes none
  void client.predict("/stop", { now: true });
  // @ts-expect-error inputs that are needed
  void client.predict("/greet");
  // @ts-expect-error which endpoint, of several?
  void client.predict({ name: "Ada" });
  // @ts-expect-error an endpoint that the app does not have
  void client.predict("/gret", { name: "Ada" });
  // @ts-expect-error an input of another type
  void client.predict("/greet", { name: 5 });
  // @ts-expect-error an input that is missing
  void client.submit("/greet", { times: 2 });
  // @ts-expect-error an input that is unknown
  void client.submit("/greet", { name: "Ada", nam: "Ada" });
}

type Unnamed = {
  readonly 0: {
    readonly inputs: { readonly text: string };
    readonly positional: readonly [text: string];
    readonly result: number;
  };
};

function callSole(client: BaseClient<Unnamed>): void {
  expectTypeOf(client.predict(0, { text: "a" })).resolves.toBeNumber();
  expectTypeOf(client.predict({ text: "a" })).resolves.toBeNumber();
  expectTypeOf(client.submit(["a"])).toEqualTypeOf<Job<number>>();
  // @ts-expect-error a number that no endpoint of the app has
  void client.predict(1, { text: "a" });
  // @ts-expect-error an input of another type, of the only endpoint
  void client.predict({ text: 1 });
}

function connectWith(connect: typeof Client.connect, spec: AppOutline<App>): void {
  expectTypeOf(connect("user/name", { spec })).resolves.toEqualTypeOf<Client<App>>();
  expectTypeOf(connect<App>("user/name")).resolves.toEqualTypeOf<Client<App>>();
  expectTypeOf(connect("user/name")).resolves.toEqualTypeOf<Client>();
}

function callOpen(client: BaseClient): void {
  expectTypeOf(client.predict("/anything", { x: 1 })).resolves.toBeUnknown();
  expectTypeOf(client.predict<string>(3, [1])).resolves.toBeString();
  expectTypeOf(client.predict<number>({ x: 1 })).resolves.toBeNumber();
}

it("checks the calls of a typed app, and gives the type of their results", () => {
  expectTypeOf(callTyped).toBeFunction();
  expectTypeOf(callSole).toBeFunction();
  expectTypeOf(connectWith).toBeFunction();
});

it("leaves an open app open", () => {
  expectTypeOf(callOpen).toBeFunction();
});
