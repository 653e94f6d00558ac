import type { Image } from "../image.ts";

/** Images of tools: a userland, and a command that ends unless somebody talks to it. */
function userland(cmd: string[], toolbox: Image["toolbox"], entrypoint: string[] = []): Image {
  return { entrypoint, cmd, toolbox, process: () => undefined };
}

export const busybox = userland(["sh"], { base: "busybox" });
export const alpine = userland(["/bin/sh"], { base: "alpine" });
export const debian = userland(["bash"], { base: "debian" });
export const ubuntu = userland(["/bin/bash"], { base: "debian" });
export const netshoot = userland(["zsh"], {
  base: "alpine",
  extra: ["bash", "zsh", "curl", "dig", "host", "nslookup", "drill", "getent", "nc", "ping", "tcpdump", "ip", "jq"],
});
export const curlImage = userland(["curl"], { base: "alpine", extra: ["curl"] }, ["/entrypoint.sh"]);
export const dnsutils = userland(["/bin/sh", "-c", "sleep infinity"], {
  base: "debian",
  extra: ["dig", "nslookup", "host", "ping", "nc", "curl"],
});
