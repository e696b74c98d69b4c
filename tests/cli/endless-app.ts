import { createGradioServer, endpoint, number } from "@gradio-kit/testing";

/** An app with one generator that counts until its call is cancelled. */
export async function createEndlessApp(): Promise<
  AsyncDisposable & {
    readonly url: string;
    /** Resolves when the call has been cancelled in the app. */
    untilStopped(): Promise<void>;
  }
> {
  let stopped = false;
  const app = await createGradioServer({
    endpoints: [
      endpoint({
        apiName: "endless",
        inputs: [],
        outputs: [number()],
        run: async function* (context) {
          context.signal.addEventListener("abort", () => (stopped = true));
          for (let value = 1; ; value += 1) {
            yield value;
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
        },
      }),
    ],
  });
  return {
    url: app.url,
    untilStopped: async () => await app.until(() => stopped),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  };
}
