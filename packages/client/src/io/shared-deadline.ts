import { lastingController } from "../core/on-abort.js";
import { TimeoutError } from "../errors.js";

/** How far waits that share a deadline may be apart, as a part of their time. */
const window = 0.05;

interface Group {
  readonly controller: AbortController;
  readonly opened: number;
  waits: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/**
 * A time limit for many short waits. Those that begin soon after one another have one signal and one
 * timer in common: of their own they would cost a call more than the rest of what its session does.
 * So a wait may last a tenth longer than the limit, and never less.
 */
export class SharedDeadline {
  readonly #timeout: number;
  readonly #what: string;
  #group: Group | undefined;

  /**
   * @param timeout in milliseconds.
   * @param what takes too long then, for the error.
   */
  constructor(timeout: number, what: string) {
    this.#timeout = timeout;
    this.#what = what;
  }

  /**
   * Begins a wait; `release` ends it.
   *
   * @param more milliseconds that this one has besides.
   */
  begin(more: number): { readonly signal: AbortSignal; readonly release: () => void } {
    const share = this.#timeout * window;
    const now = Date.now();
    // One that needs much more has a group of its own.
    let group = more > share ? undefined : this.#group;
    if (group === undefined || group.controller.signal.aborted || now - group.opened > share) {
      group = { controller: lastingController(), opened: now, waits: 0, timer: undefined };
      if (more <= share) this.#group = group;
    }
    return this.#join(group, this.#timeout + share + Math.max(share, more));
  }

  #join(group: Group, lifetime: number): ReturnType<SharedDeadline["begin"]> {
    const { controller } = group;
    group.waits += 1;
    group.timer ??= setTimeout(
      () => {
        controller.abort(new TimeoutError(`${this.#what} took longer than ${this.#timeout} ms.`));
      },
      group.opened + lifetime - Date.now(),
    );
    const release = (): void => {
      group.waits -= 1;
      if (group.waits > 0) return;
      clearTimeout(group.timer);
      group.timer = undefined;
    };
    return { signal: controller.signal, release };
  }
}
