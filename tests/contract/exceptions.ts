/** What a range of Gradio versions cannot do: these scenarios are left out there. */
export interface Exception {
  /** The titles of the scenarios. */
  readonly scenarios: readonly string[];
  /** The first version that can, as far as the matrix tells; all before it cannot. */
  readonly before: string;
  /** The first version that cannot, where it is not the oldest. */
  readonly from?: string;
  /** Why, in the words of somebody who calls such an app: "Gradio … ". */
  readonly reason: string;
}

export const exceptions: readonly Exception[] = [
  {
    scenarios: ["C44 a call cancelled in the queue never runs"],
    from: "4.9",
    before: "6.14",
    reason: "lets no single call leave its queue: it runs when its turn comes, unheard",
  },
  {
    scenarios: ["C49 names with any character keep their meaning"],
    before: "6.25",
    reason: "removes characters such as # and % from the names of uploads",
  },
  {
    scenarios: ["C32 a message of success"],
    before: "5.10",
    reason: "has no messages of success",
  },
  {
    scenarios: ["C35 inputs that the app's validator refuses are told one by one"],
    before: "5.45",
    reason: "has no validators",
  },
  {
    scenarios: ["C32 a message has a title", "C36 an error has a title"],
    before: "5.2",
    reason: "gives errors and messages no title",
  },
  {
    scenarios: [
      "C32 a message says how long and whether to show it",
      "C36 an error says how long and whether to show it",
      "C26 an error after values says how to show it",
    ],
    before: "4.38",
    reason: "does not tell how to show errors and messages",
  },
  {
    scenarios: ["C71 the docstring is the description"],
    before: "5.49",
    reason: "does not tell what its functions say of themselves",
  },
  {
    scenarios: ["C59 text that looks like a path is text"],
    from: "4.38",
    before: "5.0",
    reason: "makes files of the texts of a chat that are names of files on the server",
  },
  {
    scenarios: ["sound that is still being made is handed out as the stream it is"],
    from: "5.0",
    before: "5.1",
    reason: "does not mark a stream of sound as a file: it comes as plain JSON",
  },
  {
    scenarios: ["sound that is still being made is handed out as the stream it is"],
    before: "5.0",
    reason: "does not stream sound as a playlist",
  },
  {
    scenarios: ["C03 an argument whose default is None may be left out"],
    before: "4.23",
    reason: "does not tell which arguments its functions can do without",
  },
  {
    scenarios: [
      "C53 a file over the app's limit is refused before it is sent",
      "C53 a stream over the app's limit: the app's refusal is told",
    ],
    before: "4.28",
    reason: "knows no limit for the size of files",
  },
  {
    scenarios: ["C19 State goes when the session is reset or closed, and not before"],
    before: "4.25",
    reason: "does not notice that a session ends",
  },
  {
    scenarios: ["C62 the app sees the session"],
    before: "4.25",
    reason: "does not show its functions the session",
  },
  {
    scenarios: ["C50 files nested in a message"],
    before: "4.22",
    reason: "has no component for text with files",
  },
  {
    scenarios: ["C57 JSON that looks like a file is JSON, and nothing is fetched"],
    from: "4.0",
    before: "4.22",
    reason: "makes a file of everything that looks like one itself, in any JSON",
  },
  {
    scenarios: ["C50 files nested in any JSON"],
    from: "4.18",
    before: "4.21",
    reason: "gives a file within JSON a path that it does not serve",
  },
  {
    scenarios: ["C39 a batch function gives each caller its own answer"],
    from: "4.9",
    before: "4.21",
    reason: "gives the callers of a batch each other's answers",
  },
  {
    scenarios: ["C39 a batch function gives each caller its own answer"],
    from: "4.0",
    before: "4.9",
    reason: "stops its queue for ever when a batch function is called",
  },
  {
    scenarios: [
      "C07 an undocumented endpoint is callable, but not listed",
      "C07 named inputs of an undocumented endpoint: right, or a clear refusal",
    ],
    before: "4.9",
    reason: "cannot keep an endpoint out of its description",
  },
  {
    scenarios: ["C67 a burst of calls needs one event stream at a time"],
    before: "4.9",
    reason: "has a connection of its own for each call",
  },
  {
    scenarios: ["C09 names that the app did not choose"],
    before: "4.0",
    reason: "gives no name to what the app does not name: such endpoints are called by number",
  },
  {
    scenarios: [
      "C33 a call sees its place in the queue move up",
      "C43 a sibling that waits in the queue is still run",
      "C44 a call can be cancelled in the queue, the others are answered",
      "C44 a call cancelled in the queue never runs",
    ],
    before: "4.0",
    reason: "cannot limit how many calls of one function run at a time",
  },
  {
    scenarios: ["C62 the kind of a call's content is sent once"],
    before: "4.9",
    reason: "is called by a request without content",
  },
  {
    scenarios: ["C32 the app's messages arrive, before the result"],
    before: "3.41",
    reason: "has no messages",
  },
];
