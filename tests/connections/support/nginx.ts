import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePorts } from "../../../server-process/dist/free-ports.js";
import { temporaryFolder } from "../../harness/temporary-folder.js";
import type { Apps } from "./apps.js";
import type { SignedCertificate } from "./certificates.js";
import { startProgram } from "./program.js";

/** A site of nginx in front of the apps. */
export interface Site extends AsyncDisposable {
  readonly url: string;
  /** Sends everybody to {@link secure}. */
  readonly insistent: string;
  /** The guarded app, over https. */
  readonly secure: string;
}

export const basic = { user: "gate", password: "gate-pass-2718" };

const forward = `
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $http_host;
  proxy_set_header X-Forwarded-Proto $scheme;`;

const host = (url: string): string => new URL(url).host;

export async function startNginx(
  program: string,
  apps: Apps,
  { certPath, keyPath }: SignedCertificate,
): Promise<Site> {
  const folder = await temporaryFolder();
  const [plain = 0, insistent = 0, secure = 0] = await freePorts(3);
  const passwords = join(folder.path, "passwords");
  await writeFile(passwords, `${basic.user}:{PLAIN}${basic.password}\n`);
  const places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const configuration = `
daemon off;
${process.getuid?.() === 0 ? "# Its workers shall read what lies in this folder.\nuser root;" : ""}
pid ${folder.path}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  ${places.map((place) => `${place}_temp_path ${folder.path}/${place};`).join("\n  ")}
  client_max_body_size 100m;
  upstream plain { server ${host(apps.plain)}; }
  upstream second { server ${host(apps.second)}; }
  # Only who asks for the config is told where to stay; who comes without that word goes elsewhere.
  map $request_uri $stay { ~/replicas/config "replica=second; Path=/replicas"; default ""; }
  map $request_uri $elsewhere { ~/replicas/config second; default plain; }
  map $cookie_replica $replica { second second; default $elsewhere; }
  ${forward}
  server {
    listen 127.0.0.1:${plain};
    location /sub/path/ { proxy_pass http://plain/; }
    location /rooted/ { proxy_pass ${apps.rooted}/; }
    location /renamed/ { proxy_pass ${apps.rooted}/; }
    location /buffered/ { proxy_buffering on; proxy_pass http://plain/; }
    location /small/ { client_max_body_size 1k; proxy_pass http://plain/; }
    location /private/ {
      auth_basic "Staff";
      auth_basic_user_file ${passwords};
      proxy_pass http://plain/;
    }
    location /replicas/ {
      add_header Set-Cookie $stay;
      rewrite ^/replicas/(.*)$ /$1 break;
      proxy_pass http://$replica;
    }
  }
  server {
    listen 127.0.0.1:${insistent};
    return 301 https://127.0.0.1:${secure}$request_uri;
  }
  server {
    listen 127.0.0.1:${secure} ssl;
    ssl_certificate ${certPath};
    ssl_certificate_key ${keyPath};
    location /app/ { proxy_pass ${apps.guarded}/; }
  }
}
`;
  const path = join(folder.path, "nginx.conf");
  await writeFile(path, configuration);
  const parameters = ["-p", folder.path, "-e", "stderr", "-c", path];
  const started = await startProgram(program, parameters, [plain, insistent, secure]);
  return {
    url: `http://127.0.0.1:${plain}`,
    insistent: `http://127.0.0.1:${insistent}`,
    secure: `https://127.0.0.1:${secure}`,
    [Symbol.asyncDispose]: async () => {
      await started.end();
      await folder[Symbol.asyncDispose]();
    },
  };
}
