/** The few checks of the scenarios: test libraries do not run everywhere. */

const LIMIT_MILLISECONDS = 10_000;
const INTERVAL_MILLISECONDS = 300;

/** Compares as JSON; `undefined` in a list counts as itself. */
export function equal(actual, expected) {
  const [is, should] = [actual, expected].map((value) =>
    JSON.stringify(value, (_key, inner) => (inner === undefined ? "(undefined)" : inner)),
  );
  if (is !== should) throw new Error(`expected ${should}, got ${is}`);
}

/** What a promise is rejected with. */
export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    // It is what the scenario asks for.
    return error;
  }
  throw new Error("expected a rejection");
}

/** What a function throws, at once. */
export function thrown(action) {
  try {
    action();
  } catch (error) {
    // It is what the scenario asks for.
    return error;
  }
  throw new Error("expected an error to be thrown");
}

/** Asks again and again until the answer is yes. */
export async function until(what, condition) {
  const deadline = Date.now() + LIMIT_MILLISECONDS;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MILLISECONDS));
  }
}

/** Everything that an iteration gives; `Array.fromAsync` is not everywhere yet. */
export async function collect(values) {
  const collected = [];
  for await (const value of values) collected.push(value);
  return collected;
}
