import { notSimulated } from "../api/status.ts";
import { domainAt, hostnameAt, kernelHostname } from "../network/dns/machine-files.ts";
import type { Program, ProgramContext } from "./program.ts";
import { findHost } from "./resolver.ts";

/** hostname of Debian's package and of BusyBox where they agree: the name, and what resolver and network say of it. */
export const program: Program = {
  async run(argv, context) {
    const snapshot = context.network.snapshot();
    const name = hostnameAt(snapshot, context.where);
    const option = argv[0];
    switch (option) {
      case undefined:
        context.out(`${kernelHostname(snapshot, context.where)}\n`);
        return 0;
      case "-s":
      case "--short":
        context.out(`${name.split(".")[0]}\n`);
        return 0;
      case "-f":
      case "--fqdn":
      case "--long":
        return resolved(context, name, (full) => `${full}\n`);
      case "-d":
      case "--domain":
        return resolved(context, name, (full) =>
          full.includes(".") ? `${full.slice(full.indexOf(".") + 1)}\n` : "\n",
        );
      case "-i":
      case "--ip-address":
        return resolved(context, name, (_full, addresses) => `${addresses.join(" ")}\n`);
      case "-I":
      case "--all-ip-addresses":
        return resolved(context, name, (_full, addresses) => `${addresses.join(" ")} \n`);
      default:
        if (!option.startsWith("-")) {
          context.err("hostname: you must be root to change the host name\n");
          return 1;
        }
        throw notSimulated(`hostname ${option}`);
    }
  },
};

function resolved(
  context: ProgramContext,
  name: string,
  text: (full: string, addresses: readonly string[]) => string,
): number {
  const found = findHost(context, name, 4);
  if (typeof found === "string") {
    const why = found === "tryAgain" ? "Temporary failure in name resolution" : "Name or service not known";
    context.err(`hostname: ${why}\n`);
    return 1;
  }
  const domain = domainAt(context.network.snapshot(), context.where);
  const full = domain === "" ? found.canonicalName : `${name}.${domain}`;
  context.out(text(full, found.addresses));
  return 0;
}
