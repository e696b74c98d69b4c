/** What was to be checked is not so: the command did its work, and the answer is no. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
  /** What to do about it. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
