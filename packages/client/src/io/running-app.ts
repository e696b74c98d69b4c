/** No Gradio starts in less time: whoever was heard of more recently is the same, in milliseconds. */
const restartTime = 1000;

/** Which running app answers: it may have been restarted since, and be another one now. */
export class RunningApp {
  /** Its id, where it tells one: another one means that it was restarted. */
  id: string | undefined;
  /** Whether it is known to have been restarted: what was read of it before is void. */
  restarted = false;
  /** When it was last heard of, while there was no doubt. */
  #heard = Date.now();

  /** Whether it may have been restarted since it was heard of; `confirmApp` finds out. */
  get inDoubt(): boolean {
    return this.#inDoubt(Date.now());
  }

  /** Something was heard of it. That settles no doubt: any app may have said it. */
  heard(): void {
    const now = Date.now();
    if (!this.#inDoubt(now)) this.#heard = now;
  }

  /** A connection broke: it may have gone. */
  doubt(): void {
    this.#heard = 0;
  }

  /** It is the one that it was. */
  confirm(): void {
    this.#heard = Date.now();
  }

  #inDoubt(now: number): boolean {
    return this.id !== undefined && (this.restarted || now - this.#heard > restartTime);
  }
}
