import { decodeText, encodeText } from "../../api/encoding/text.ts";
import type { Program, ProgramContext } from "../program.ts";
import { findAddress, findHost, stubConfig } from "../resolver.ts";

/**
 * nslookup of BusyBox up to 1.28: it asks the C library, search list and reverse names included. Models networking/nslookup.c before
 * FEATURE_NSLOOKUP_BIG.
 */
export const program: Program = {
  async run(argv, context) {
    const [host, server] = argv;
    if (host === undefined || argv.length > 2 || host.startsWith("-")) {
      context.err("BusyBox v1.28.4 (2018-07-17 15:21:40 UTC) multi-call binary.\n\n");
      context.err("Usage: nslookup [HOST] [SERVER]\n\nQuery the nameserver for the IP address of the given HOST\n");
      context.err("optionally using a specified DNS server\n");
      return 1;
    }
    const asked = server === undefined ? context : withServer(context, server);
    show(asked, "Server:", stubConfig(asked).nameservers[0] ?? "127.0.0.1");
    context.out("\n");
    return show(asked, "Name:", host) ? 0 : 1;
  },
};

function show(context: ProgramContext, title: string, name: string): boolean {
  const found = findHost(context, name);
  if (typeof found === "string") {
    context.err(`nslookup: can't resolve '${name}'\n`);
    return false;
  }
  context.out(`${title.padEnd(10)} ${name}\n`);
  for (const [i, address] of found.addresses.entries()) {
    const reverse = findAddress(context, address);
    const owner = typeof reverse === "string" ? "" : ` ${reverse.canonicalName}`;
    context.out(`Address ${i + 1}: ${address}${owner}\n`);
  }
  return true;
}

/** The server takes the place of those in /etc/resolv.conf; its search list stays. */
function withServer(context: ProgramContext, server: string): ProgramContext {
  const found = findHost(context, server);
  const address = typeof found === "string" ? server : (found.addresses[0] ?? server);
  const { files } = context;
  const read = (path: string) => {
    const data = files.read(path);
    if (path !== "/etc/resolv.conf" || !data) return data;
    const others = decodeText(data).replace(/^nameserver .*\n/gm, "");
    return encodeText(`nameserver ${address}\n${others}`);
  };
  return {
    ...context,
    files: {
      read,
      write: (path, data) => files.write(path, data),
      append: (path, data) => files.append(path, data),
      exists: (path) => files.exists(path),
      isDirectory: (path) => files.isDirectory(path),
      mkdir: (path) => files.mkdir(path),
    },
  };
}
