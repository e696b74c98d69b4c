/** What completion knows of an app: short, and kept for a while. */
export interface AppDescription {
  /** As it was typed. */
  readonly app: string;
  /** When it was asked, in milliseconds. */
  readonly time: number;
  readonly endpoints: readonly EndpointDescription[];
}

export interface EndpointDescription {
  readonly name: string;
  readonly about: string;
  readonly parameters: readonly ParameterDescription[];
}

export interface ParameterDescription {
  readonly name: string;
  readonly about: string;
  /** What may follow `name=`, where it is one of a few. */
  readonly values: readonly string[];
  /** Whether it takes a file: `name=@path`. */
  readonly file: boolean;
}
