import { type Image, type Process, tcp } from "../image.ts";

/** Servers that speak no HTTP: what matters is that they listen, and how they take a stray HTTP request. */
function database(
  entry: string,
  program: string,
  port: number,
  process: Omit<Process, "lifetime" | "listens">,
  extra: readonly string[],
): Image {
  return {
    entrypoint: [entry],
    cmd: [program],
    toolbox: { base: "debian", extra },
    process(argv) {
      const rest = argv[0]?.endsWith("docker-entrypoint.sh") ? argv.slice(1) : argv;
      if (rest[0] !== program && !(rest[0]?.startsWith("-") ?? false)) return undefined;
      const at = rest.findIndex((arg) => arg === "--port" || arg === "-p");
      return { lifetime: { runs: true }, listens: tcp(at < 0 ? port : Number(rest[at + 1]) || port), ...process };
    },
  };
}

const line = (text: string) => [{ stream: "stdout" as const, text }];

export const redis = database(
  "docker-entrypoint.sh",
  "redis-server",
  6379,
  {
    startLines: () => line("1:M * Ready to accept connections tcp"),
    // redis takes the request line for a command, and "Host:" for an attack.
    greeting: () => "-ERR wrong number of arguments for 'get' command\r\n",
  },
  ["redis-cli"],
);

export const mongo = database(
  "docker-entrypoint.sh",
  "mongod",
  27017,
  {
    http: () => {
      const body = "It looks like you are trying to access MongoDB over HTTP on the native driver port.\r\n";
      return {
        status: 200,
        headers: [
          ["Connection", "close"],
          ["Content-Type", "text/plain"],
          ["Content-Length", String(body.length)],
        ],
        body,
      };
    },
  },
  ["mongosh"],
);

/** It starts without a password too, which the real image refuses: lessons and recordings name the bare image for any database. */
export const postgres = database(
  "docker-entrypoint.sh",
  "postgres",
  5432,
  {
    startLines: (view) => {
      const at = `${new Date(view.startedAt).toISOString().slice(0, 23).replace("T", " ")} UTC [1]`;
      return [{ stream: "stderr", text: `${at} LOG:  database system is ready to accept connections` }];
    },
  },
  ["psql"],
);
