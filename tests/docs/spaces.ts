import { createHub, type Hub } from "@gradio-kit/testing";

/** The token of somebody who may see every Space of the documents. */
export const token = "hf_forTheDocuments";

/** A Hub with the Spaces of the documents, all but one of which run the same app. */
export async function startSpaces(app: string, painter: string): Promise<Hub> {
  return await createHub({
    users: [{ name: "bob", token, organizations: ["ada"] }],
    spaces: {
      "user/space": { app },
      "ada/poems": { app },
      "ada/secret-poems": { app, private: true },
      "ada/sleepy-poems": { app, stages: ["SLEEPING", "RUNNING"] },
      "ada/broken-poems": { app, stages: ["RUNTIME_ERROR"] },
      "ada/painter": { app: painter },
    },
  });
}
