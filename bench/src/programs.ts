/** What a contestant can be asked to do; each writes it as its users would. */
export type ProgramName =
  "connect" | "calls" | "at-once" | "numbers" | "chat" | "text" | "upload" | "download" | "save";

/** What a program needs to know before it starts. Plain data: it crosses into another process. */
export interface Task {
  readonly program: ProgramName;
  /** The app's address, without a trailing slash. */
  readonly url: string;
  /** How many endpoints the app has. */
  readonly endpoints: number;
  /** The file that is sent, or whose name is asked for, and what is in it. */
  readonly file?: FileFacts | undefined;
  /** An empty folder for what is downloaded. */
  readonly folder: string;
}

/** A file of the benchmark, and what the app finds in it. */
export interface FileFacts {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** CRC-32, which the app computes of what it was sent. */
  readonly checksum: number;
  /** SHA-256 in hex, of what was downloaded. */
  readonly digest: string;
}

/** A program that has been set up: connected, where its task is not connecting itself. */
export interface Program {
  /**
   * Does the work and gives every value: one for each call or step, in order. A call that failed
   * gives {@link lost}.
   *
   * @param count how many calls or steps; of `text` how many megabytes.
   */
  round(count: number): Promise<readonly unknown[]>;
  end(): Promise<void> | void;
}

/** All programs of one contestant. */
export type Programs = Readonly<Record<ProgramName, (task: Task) => Promise<Program>>>;

/** Stands for the value of a call that failed. */
export const lost: unique symbol = Symbol("lost");

/** When no call has ended for so many milliseconds, the others are lost. */
const patience = 10_000;

const ignore = (): void => undefined;

/** The values of calls, where one that fails or never ends does not take the others with it. */
export async function settle(calls: readonly Promise<unknown>[]): Promise<unknown[]> {
  const values: unknown[] = calls.map(() => lost);
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, patience);
    let left = calls.length;
    const ended = (): void => {
      left -= 1;
      timer.refresh();
      if (left > 0) return;
      clearTimeout(timer);
      resolve();
    };
    for (const [index, call] of calls.entries()) {
      call.then((value) => (values[index] = value), ignore).then(ended, ended);
    }
  });
  return values;
}
