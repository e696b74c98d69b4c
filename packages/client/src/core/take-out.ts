/**
 * Takes something out of a list in no order, whose things know their places: the last one takes its
 * place. Not a `Set`: V8 makes those anew now and then, and what an old one still holds is only found
 * by a full collection.
 *
 * @returns the one whose place is another one now, if any.
 */
export function takeOut<T>(list: T[], place: number): T | undefined {
  const last = list.pop();
  return last === undefined || place === list.length ? undefined : (list[place] = last);
}
