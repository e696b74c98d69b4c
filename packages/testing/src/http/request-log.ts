/** A request the server has seen. */
export interface RecordedRequest {
  /** In capitals, such as `"POST"`. */
  readonly method: string;
  /** Path with the mount point, still percent-encoded, without query. */
  readonly path: string;
  /** The parameters behind the `?`, decoded; the last one of a name counts. */
  readonly query: Readonly<Record<string, string>>;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The JSON body, or for an upload `{ files: [{ name, size }] }` with sizes in bytes. `undefined`
   * until it was read, and for requests without a body.
   */
  body: unknown;
  /** Status of the answer; `undefined` until it began. */
  status: number | undefined;
  /** True once the answer is complete or the connection is gone. */
  ended: boolean;
}
