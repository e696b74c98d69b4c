import { meet } from "../floor/app.js";
import { newConnections } from "../floor/http.js";
import { Session } from "../floor/session.js";
import { tell } from "./tell.js";

const agent = newConnections();
const app = await meet(agent, process.argv[2] ?? "");
tell(await new Session(agent, app.api).call(app.indexOf("greet"), ["first"]));
agent.destroy();
