/** What a `GradioError` tells the user besides its message. */
export interface GradioErrorOptions {
  /** Heading of the message. Default `"Error"`. */
  title?: string;
  /** Seconds to show the message; `null` means until it is closed. Default 10. */
  duration?: number | null;
  /** Whether the message is meant for the user's eyes. Default `true`. */
  visible?: boolean;
}

/**
 * The counterpart of Python's `gr.Error`: throw it from `run` and its text reaches the client
 * whatever `showError` says. Any other thrown error is hidden unless `showError` is set.
 */
export class GradioError extends Error {
  override readonly name = "GradioError";
  /** Heading of the message. */
  readonly title: string;
  /** Seconds to show the message; `null` means until it is closed. */
  readonly duration: number | null;
  /** Whether the message is meant for the user's eyes. */
  readonly visible: boolean;

  constructor(message: string, options: GradioErrorOptions = {}) {
    super(message);
    this.title = options.title ?? "Error";
    this.duration = options.duration === undefined ? 10 : options.duration;
    this.visible = options.visible ?? true;
  }
}

/** The error object of a failed completion; keys are absent when the app hides its errors. */
export interface ErrorPayload {
  error: string | null;
  duration?: number | null;
  visible?: boolean;
  title?: string;
}

/** What the wire says of a thrown value. */
export function errorPayload(error: unknown, showError: boolean): ErrorPayload {
  if (error instanceof GradioError) {
    const { message, duration, visible, title } = error;
    return { error: message, duration, visible, title };
  }
  if (!showError) return { error: null };
  return { error: error instanceof Error ? error.message : String(error), visible: true };
}
