import { meaningOf } from "../core/space-stage.js";
import { GradioError, SpaceError, TimeoutError } from "../errors.js";
import { pauseFor } from "../io/retry.js";
import type { Requests } from "../io/requests.js";
import type { HubApi } from "./hub-api.js";
import { findRuntime, type SpaceFacts, type SpaceRuntime } from "./space-facts.js";

/** First and longest pause between two looks at the stage, in milliseconds. */
const firstPause = 500;
const longestPause = 5000;

/** What waiting for a Space needs. */
export interface WaitSettings {
  readonly hub: HubApi;
  /** The way to the Space itself: a visit is what wakes it. */
  readonly space: Requests;
  readonly signal: AbortSignal;
  readonly tell: (message: string) => void;
  readonly onSpaceStatus?: ((stage: string) => void) | undefined;
}

/**
 * Waits until a Space runs: one loop, with longer and longer pauses, bounded by the signal alone.
 *
 * @returns whether there was anything to wait for.
 * @throws SpaceError when its stage is one that it does not get out of by itself.
 */
export async function untilRunning(facts: SpaceFacts, settings: WaitSettings): Promise<boolean> {
  const { hub, signal } = settings;
  const { id } = facts;
  const page = hub.page(id);
  let { runtime } = facts;
  let told: string | undefined;
  let wait = firstPause;
  for (;;) {
    const { kind, text } = meaningOf(runtime.stage);
    if (kind === "failed") throw failed(id, page, runtime);
    if (kind === "ready" && told === undefined) return false;
    if (runtime.stage !== told) {
      told = runtime.stage;
      settings.tell(`The Space ${id} ${text} (${page}).`);
      settings.onSpaceStatus?.(told);
    }
    if (kind === "ready") return true;
    try {
      if (kind === "asleep") await visit(settings);
      await pauseFor(wait, signal);
      runtime = (await look(hub, id, signal)) ?? runtime;
    } catch (error) {
      throw isTimeout(error) ? stillNotRunning(id, page, runtime.stage) : error;
    }
    wait = Math.min(wait * 1.5, longestPause);
  }
}

/** Whatever it answers: that somebody came is enough. */
async function visit({ space, signal }: WaitSettings): Promise<void> {
  try {
    (await space.send("GET", space.root("/config"), { signal })).discard();
  } catch {
    // A host that does not answer yet shows in the next look at the stage.
    signal.throwIfAborted();
  }
}

/** A look that fails for a passing reason changes nothing: the next one follows. */
async function look(
  hub: HubApi,
  id: string,
  signal: AbortSignal,
): Promise<SpaceRuntime | undefined> {
  try {
    return await findRuntime(hub, id, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof GradioError) || !error.retryable) throw error;
    await pauseFor((error.retryAfter ?? 0) * 1000, signal);
    return undefined;
  }
}

function failed(id: string, page: string, { stage, errorMessage }: SpaceRuntime): SpaceError {
  const why = errorMessage === undefined ? "" : `: ${errorMessage.trim().slice(-500)}`;
  return new SpaceError(`The Space "${id}" ${meaningOf(stage).text}${why} (${page}).`, {
    stage,
    url: page,
  });
}

function isTimeout(error: unknown): boolean {
  return error instanceof TimeoutError;
}

function stillNotRunning(id: string, page: string, stage: string): TimeoutError {
  return new TimeoutError(
    `The Space "${id}" is not running yet: its stage is ${stage} (${page}). Give it more time by the option timeout.`,
  );
}
