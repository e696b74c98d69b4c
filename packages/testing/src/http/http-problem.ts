/** An answer other than success, thrown by a route. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: number;
  /** Value of `detail` in the JSON body. */
  readonly detail: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`${status}: ${JSON.stringify(detail)}`);
    this.status = status;
    this.detail = detail;
    this.headers = headers;
  }
}

/** An answer in plain text, thrown by a route. */
export class PlainProblem extends Error {
  override readonly name = "PlainProblem";
  readonly status: number;

  constructor(status: number, text: string) {
    super(text);
    this.status = status;
  }
}

/**
 * An unhandled exception of the server: 500 in plain text, after which the connection is closed
 * without having said so, as uvicorn does.
 */
export class ServerFault extends Error {
  override readonly name = "ServerFault";
}
