import { expectTypeOf, it } from "vitest";
import type { BaseClient } from "../../src/client.js";
import type { Job } from "../../src/job.js";

type App = {
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
  // @ts-expect-error an endpoint that the app does not have
  void client.predict("/gret", { name: "Ada" });
  // @ts-expect-error an input of another type
  void client.predict("/greet", { name: 5 });
  // @ts-expect-error an input that is missing
  void client.submit("/greet", { times: 2 });
  // @ts-expect-error an input that is unknown
  void client.submit("/greet", { name: "Ada", nam: "Ada" });
}

function callOpen(client: BaseClient): void {
  expectTypeOf(client.predict("/anything", { x: 1 })).resolves.toBeUnknown();
  expectTypeOf(client.predict<string>(3, [1])).resolves.toBeString();
  expectTypeOf(client.predict<number>({ x: 1 })).resolves.toBeNumber();
}

it("checks the calls of a typed app, and gives the type of their results", () => {
  expectTypeOf(callTyped).toBeFunction();
});

it("leaves an open app open", () => {
  expectTypeOf(callOpen).toBeFunction();
});
