/** What a CommonJS program does: `required.cjs <address of the app>`. */
const { Client, GradioFile, handleFile } = require("@gradio-kit/client");

async function main() {
  const client = await Client.connect(process.argv[2], { verbose: false });
  const greeting = await client.predict("/greet", { name: "Ada" });
  const file = await client.predict("/echo_file", [handleFile(__filename)], {
    downloadFiles: false,
  });
  await client.close();
  console.log(JSON.stringify([greeting, file instanceof GradioFile, file.name]));
}

void main();
