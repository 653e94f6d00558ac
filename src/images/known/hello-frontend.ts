import type { Image } from "../image.ts";
import { configured, nginx } from "./nginx.ts";
import { readNginxConfig } from "./nginx-config.ts";
import { startLines } from "./nginx-log.ts";

const VERSION = "1.17.3";
const PATH = "/etc/nginx/conf.d/frontend-nginx.conf";

const CONFIG = `# The identifier Backend is internal to nginx, and used to name this specific upstream
upstream Backend {
    # hello is the internal DNS name used by the backend Service inside Kubernetes
    server hello;
}

server {
    listen 80;

    location / {
        # The following statement will proxy traffic to the upstream named Backend
        proxy_pass http://Backend;
    }
}
`;

/** The frontend of the documentation's "Connect a Frontend to a Backend Using Services": an nginx before the Service `hello`. */
export const helloFrontend: Image = {
  entrypoint: [],
  cmd: ["nginx", "-g", "daemon off;"],
  env: { NGINX_VERSION: VERSION, NJS_VERSION: "0.3.5", PKG_RELEASE: "1~buster" },
  toolbox: { base: "debian", extra: ["nginx"] },
  tags: ["1.0"],
  files: (container) => ({ ...nginx.files!(container), [PATH]: CONFIG }),
  process(argv, container) {
    if (argv[0] !== "nginx") return undefined;
    const start = (view: Parameters<typeof startLines>[0]) => startLines(view, VERSION, false);
    return configured(readNginxConfig([[PATH, CONFIG]]), container, VERSION, start);
  },
};
