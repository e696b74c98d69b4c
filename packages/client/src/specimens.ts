import type { CallContext, PreparedCall } from "./call.js";
import { initialState, reduce } from "./core/job-state.js";
import { readMessage, type ServerMessage } from "./core/messages.js";
import { Follower } from "./follower.js";
import { SilenceWatch } from "./io/silence.js";
import { SizeLimit } from "./io/size-limit.js";
import { JobRecord } from "./job-record.js";
import { FollowedJob } from "./protocols/followed-job.js";

const nothing = (): void => undefined;
const encoding = { diffs: true, confusesRuns: false, quotesErrors: false, generator: true };
/** Of a call only what a follower looks at before the first message. */
const call = { endpoint: { outputs: [], dependency: { generator: true } } };

/** Messages of a call as apps write them today. Others may look different: they only cost more. */
const messages: readonly unknown[] = [
  '{"msg":"estimation","event_id":"","rank":0,"queue_size":1,"rank_eta":0.1}',
  '{"msg":"process_starts","event_id":"","eta":0.1}',
  ...["process_generating", "process_completed"].map(
    (name) =>
      `{"msg":"${name}","event_id":"","output":{"data":[],"is_generating":true,"duration":0.1,"average_duration":0.1,"render_config":null,"changed_state_ids":[]},"success":true,"title":null}`,
  ),
].map((text) => JSON.parse(text) as unknown);

/**
 * One of each object that a call is made of, which nobody uses: they only have to be there. When a
 * full collection finds no object of a kind, V8 forgets its hidden class, and drops the code that was
 * compiled for it: then every call of a program that makes one now and then would start in slow code.
 */
export const specimens: readonly unknown[] = [...messages, ...madeForACall()];

function madeForACall(): readonly unknown[] {
  const record = new JobRecord<unknown>([], true, (error) => error);
  const context = { encoding, files: {}, notation: {} } as unknown as CallContext;
  const follower = new Follower(call as unknown as PreparedCall, context, record);
  const watch = new SilenceWatch(nothing);
  watch.stop();
  return [
    follower,
    record.updates.read((update) => ({ value: update })),
    new FollowedJob(0, follower, { moved: nothing, ended: nothing }),
    new SizeLimit(0, ""),
    watch,
    ...messages.map(readMessage).map((message) => [message, eventOf(message)]),
  ];
}

function eventOf(message: ServerMessage | undefined): unknown {
  return message?.type === "job" ? reduce(initialState, message.body, encoding) : undefined;
}
