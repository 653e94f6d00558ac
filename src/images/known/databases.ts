import { type Image, type LogLine, type Memory, type PodView, type Process, tcp } from "../image.ts";
import { parseReference } from "../reference.ts";
import { redisCommand, SYNC } from "./redis-commands.ts";

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

/** The lines of a server that starts, up to the one that all look for. Models redis src/server.c and src/replication.c. */
function redisLines(view: PodView, version: string, leader?: string): LogLine[] {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(view.startedAt).toUTCString())!;
  const at = `${day} ${month} ${year} ${time}.${String(view.startedAt % 1000).padStart(3, "0")}`;
  const major = Number(version.split(".")[0]);
  const role = leader === undefined ? "M" : "S";
  return [
    `1:C ${at} ${major >= 7 ? "*" : "#"} oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo`,
    `1:C ${at} ${major >= 7 ? "*" : "#"} Redis version=${version}, bits=64, commit=00000000, modified=${major >= 7 ? 1 : 0}, pid=1, just started`,
    ...(leader === undefined
      ? [
          `1:C ${at} # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf`,
        ]
      : [`1:C ${at} # Configuration loaded`]),
    ...(major >= 7 ? [`1:M ${at} * monotonic clock: POSIX clock_gettime`] : []),
    `1:${role} ${at} * Running mode=standalone, port=6379.`,
    `1:${role} ${at} ${major >= 7 ? "*" : "#"} Server initialized`,
    `1:${role} ${at} * Ready to accept connections${major >= 7 ? " tcp" : ""}`,
    ...(leader === undefined ? [] : [`1:S ${at} * Connecting to MASTER ${leader}:6379`]),
  ].map((text) => ({ stream: "stdout", text }));
}

/** The version behind a tag or, without one, the newest. */
const redisVersion = (tag: string) =>
  /^(\d+\.\d+\.\d+)/.exec(tag)?.[1] ?? { "5": "5.0.14", "6": "6.2.20", "7": "7.4.6" }[tag.split(/[.-]/)[0]!] ?? "8.4.0";

export const redis = database(
  "docker-entrypoint.sh",
  "redis-server",
  6379,
  {
    startLines: (view) => redisLines(view, redisVersion(parseReference(view.container.image ?? "").tag)),
    converse: (message, view) => redisCommand(message, view.memory, false),
    // redis takes the request line for a command, and "Host:" for an attack.
    greeting: () => "-ERR wrong number of arguments for 'get' command\r\n",
  },
  ["redis-cli"],
);

const leaderOf = (view: PodView) =>
  view.env.GET_HOSTS_FROM === "env" ? (view.env.REDIS_LEADER_SERVICE_HOST ?? "") : "redis-leader";

/** The guestbook's second Redis: its start script makes it a replica of `redis-leader`, found by DNS or by the environment. */
export const redisFollower: Image = {
  entrypoint: ["docker-entrypoint.sh"],
  cmd: ["/bin/sh", "-c", "/run.sh"],
  env: { GET_HOSTS_FROM: "dns" },
  toolbox: { base: "debian", extra: ["redis-cli"] },
  process: (argv) =>
    argv.at(-1) !== "/run.sh"
      ? undefined
      : {
          lifetime: { runs: true },
          listens: tcp(6379),
          startLines: (view) => redisLines(view, "6.0.5", leaderOf(view)),
          converse(message, view) {
            // It holds what its leader held when it last heard of it.
            const heard = view.call(leaderOf(view), 6379, [SYNC]);
            const copy = "reply" in heard && typeof heard.reply === "string" ? heard.reply : undefined;
            const memory = copy === undefined ? view.memory : (JSON.parse(copy) as Memory);
            return { memory, ...redisCommand(message, memory, true) };
          },
          greeting: () => "-ERR wrong number of arguments for 'get' command\r\n",
        },
};

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
  ["psql", "pg_isready"],
);
