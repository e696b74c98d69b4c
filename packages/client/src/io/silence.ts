/** How often Gradio's servers send a heartbeat unless they are told otherwise, in milliseconds. */
const usualBeat = 15_000;
/** No server is taken for dead sooner, however fast its heart beats: machines pause. */
const shortestLimit = 6000;
const beatsWithout = 3;

/**
 * Watches a stream on which a server sends heartbeats: when not a byte has come for three of them,
 * nothing will come any more. How long a beat is it learns from the stream itself.
 */
export class SilenceWatch {
  readonly #onSilence: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastByte = 0;
  #lastBeat: number | undefined;
  #beat = usualBeat;

  constructor(onSilence: () => void) {
    this.#onSilence = onSilence;
  }

  /** A stream begins. */
  start(): void {
    this.#lastByte = Date.now();
    this.#lastBeat = undefined;
    this.#beat = usualBeat;
    this.#look();
  }

  /** Bytes have come. */
  heard(): void {
    this.#lastByte = Date.now();
  }

  /** A heartbeat has come. */
  beat(): void {
    const now = Date.now();
    const before = this.#lastBeat;
    this.#lastBeat = now;
    if (before === undefined || this.#timer === undefined) return;
    this.#beat = now - before;
    // What was planned rests on an older notion of a beat.
    clearTimeout(this.#timer);
    this.#look();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const limit = Math.max(shortestLimit, this.#beat * beatsWithout);
    const left = this.#lastByte + limit - Date.now();
    if (left > 0) {
      this.#timer = setTimeout(() => this.#look(), left);
    } else {
      this.#timer = undefined;
      this.#onSilence();
    }
  }
}
