/** Everything a run has to know of who called it. */
export interface Caller {
  readonly data: readonly unknown[];
  readonly sessionHash: string | undefined;
  readonly eventData: unknown;
  readonly oauthToken: string | undefined;
  /** True: streamed outputs are sent whole, not as edits. */
  readonly simpleFormat: boolean;
  /** Address that the URLs of output files start with. */
  readonly root: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly queryParams: Readonly<Record<string, string>>;
}
