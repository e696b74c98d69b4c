export interface Exception {
  /** The title of the scenario. */
  readonly scenario: string;
  /** The name of the server that cannot do it. */
  readonly server: string;
  readonly reason: string;
}

/** What a server of the matrix cannot do: these scenarios are left out there. */
export const exceptions: readonly Exception[] = [
  {
    scenario: "C44 a call cancelled in the queue never runs",
    server: "gradio 5.49.1",
    reason: "no server before 6.14 lets a single call leave its queue",
  },
  {
    scenario: "C49 names with any character keep their meaning",
    server: "gradio 5.49.1",
    reason: "removes characters such as # and % from the names of uploads",
  },
];
