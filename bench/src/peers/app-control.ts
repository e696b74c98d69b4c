/** What is asked of an app of python/fault_apps.py behind the peer's back. */
export class AppControl {
  /** Its address; another one after a restart. */
  url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** What ran under this tag, in order. */
  async facts(tag: string): Promise<readonly unknown[]> {
    return JSON.parse(await this.#run("facts", tag)) as unknown[];
  }

  /** How often a function began. */
  async starts(tag: string): Promise<number> {
    return (await this.facts(tag)).filter((fact) => fact === "started").length;
  }

  /** Lets the function end that waits at this gate, now or later. */
  async open(gate: string): Promise<void> {
    await this.#run("open_gate", gate);
  }

  async #run(name: string, input: string): Promise<string> {
    const answer = await fetch(`${this.url}/gradio_api/run/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ data: [input] }),
    });
    const { data } = (await answer.json()) as { readonly data: readonly [string] };
    return data[0];
  }
}
