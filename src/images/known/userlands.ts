import type { Image } from "../image.ts";

/** Images of tools: a userland, and a command that ends unless somebody talks to it. */
function userland(cmd: string[], toolbox: Image["toolbox"], entrypoint: string[] = []): Image {
  return { entrypoint, cmd, toolbox, process: () => undefined };
}

/** Up to 1.28 its nslookup asks the C library, as the lessons of that time show it. */
export const busybox: Image = {
  ...userland(["sh"], { base: "busybox" }),
  variant(repository, tag) {
    const minor = Number(/^1\.(\d+)/.exec(tag)?.[1] ?? (repository.startsWith("docker.io/") ? 36 : 24));
    return userland(["sh"], { base: "busybox", ...(minor <= 28 ? { extra: ["nslookup-1.28"] } : {}) });
  },
};
/** A BusyBox of 2014 with curl, which lessons on Services have. */
export const busyboxplus = userland(["/bin/sh"], { base: "busybox", extra: ["curl", "nslookup-1.28"] });
export const alpine = userland(["/bin/sh"], { base: "alpine" });
export const debian = userland(["bash"], { base: "debian" });
export const ubuntu = userland(["/bin/bash"], { base: "debian" });
export const netshoot = userland(["zsh"], {
  base: "alpine",
  extra: ["bash", "zsh", "curl", "dig", "host", "nslookup", "drill", "getent", "nc", "ping", "tcpdump", "ip", "jq"],
});
/** Called as `curl …` or with curl's arguments alone: it runs once and ends. Without arguments curl wants a URL (2). */
export const curlImage: Image = {
  entrypoint: ["/entrypoint.sh"],
  cmd: ["curl"],
  toolbox: { base: "alpine", extra: ["curl"] },
  process: (argv, { stdin }) =>
    argv[0] === "/entrypoint.sh" && (argv[1] === "curl" || argv[1]?.startsWith("-"))
      ? { listens: [], lifetime: { runs: true, program: stdin ? "attached" : "atStart" } }
      : undefined,
};

/** The sandbox's own container. */
export const pause: Image = {
  entrypoint: ["/pause"],
  cmd: [],
  toolbox: { base: "none" },
  process: (argv) => (argv[0] === "/pause" ? { listens: [], lifetime: { runs: true } } : undefined),
};
export const dnsutils = userland(["/bin/sh", "-c", "sleep infinity"], {
  base: "debian",
  extra: ["dig", "nslookup", "host", "ping", "nc", "curl"],
});
