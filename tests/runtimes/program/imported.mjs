/** Tells what importing the library changes in Node. */
const look = () => ({
  globals: Object.getOwnPropertyNames(globalThis).toSorted(),
  environment: JSON.stringify(process.env),
  listeners: process.eventNames().map(String),
  resources: process.getActiveResourcesInfo().filter((name) => !name.includes("Wrap")),
});

const before = look();
await import("@gradio-kit/client");
const after = look();
console.log(JSON.stringify([before, after]));
