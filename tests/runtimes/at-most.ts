/** Starts works in the order in which they are given, so many of them at a time. */
export function atMost(size: number): <T>(work: () => Promise<T>) => Promise<T> {
  const lanes = Array.from({ length: size }, () => Promise.resolve<unknown>(undefined));
  let next = 0;
  return (work) => {
    const lane = next % size;
    next += 1;
    const done = (lanes[lane] as Promise<unknown>).then(work);
    lanes[lane] = done.catch(() => undefined);
    return done;
  };
}

/** Gives a work up that hangs, so that those after it get their turn. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`It hangs: no end after ${milliseconds} ms.`)),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, over]);
  } finally {
    clearTimeout(timer);
  }
}
