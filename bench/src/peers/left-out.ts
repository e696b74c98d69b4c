/** Rows of docs/reliability.md that cannot be put before clients that are not ours, and why. */
export const leftOut: Readonly<Record<string, string>> = {
  "a call that was not taken, with `retry: false`":
    "an option of ours; without it: “a connection that is reset before the app has the call, on a call in a new session”",
  "the event stream is dropped while the function runs, with `idempotent: true`":
    "an option of ours; without it: “the event stream is dropped while the function runs”",
  'the event stream of a call with `session: "own"` is dropped':
    "an option of ours: the other clients have one session for all of their calls",
  "the app is down when calls are made, and comes back with other endpoints":
    "a call that waits for the app, and a restart; the others do not wait: “nothing listens when the call is made”",
};
