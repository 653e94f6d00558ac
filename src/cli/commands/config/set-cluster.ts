import { goQuote } from "../../../api/encoding/go-quote.ts";
import type { KubeconfigCluster } from "../../../api/kubeconfig.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { helpError } from "../../kubeconfig/help-error.ts";
import { absolute } from "../../resources/files.ts";

/** Models kubectl pkg/cmd/config/set_cluster.go. */
export default defineCommand<{ name: string; flags: FlagValues }>({
  async complete(invocation, context) {
    if (invocation.args.length !== 1) throw await helpError(invocation, context);
    return { name: invocation.args[0]!, flags: invocation.flags };
  },
  validate({ name, flags }) {
    if (name === "") throw new CommandError("you must specify a non-empty cluster name");
    const authority = flags.string("certificate-authority");
    if (flags.bool("insecure-skip-tls-verify") && authority !== "") {
      throw new CommandError("you cannot specify a certificate authority and insecure mode at the same time");
    }
    if (flags.bool("embed-certs") && authority === "") {
      throw new CommandError("you must specify a --certificate-authority to embed");
    }
  },
  async run({ name, flags }, context) {
    if (flags.bool("embed-certs")) checkFile("certificate-authority", flags.string("certificate-authority"), context);
    const { config, save } = await openKubeconfig(flags, context);
    const known = config.clusters.find((one) => one.name === name);
    const cluster = change({ ...known?.cluster }, flags, context);
    await save({ ...config, clusters: [...config.clusters.filter((one) => one !== known), { name, cluster }] });
    context.streams.out.write(`Cluster ${goQuote(name)} set.\n`);
  },
});

/** Throws CommandError when there is no such file. */
export function checkFile(flag: string, path: string, context: CommandContext): void {
  if (context.files.exists(absolute(path, context))) return;
  throw new CommandError(`could not stat ${flag} file ${path}: stat ${path}: no such file or directory`);
}

function change(cluster: KubeconfigCluster, flags: FlagValues, context: CommandContext): KubeconfigCluster {
  if (flags.changed("server")) {
    cluster.server = flags.string("server");
    delete cluster["tls-server-name"];
  }
  if (flags.changed("tls-server-name")) cluster["tls-server-name"] = flags.string("tls-server-name");
  if (flags.changed("insecure-skip-tls-verify")) {
    cluster["insecure-skip-tls-verify"] = flags.bool("insecure-skip-tls-verify");
    if (cluster["insecure-skip-tls-verify"]) {
      delete cluster["certificate-authority"];
      delete cluster["certificate-authority-data"];
    }
  }
  if (flags.changed("certificate-authority")) {
    const path = absolute(flags.string("certificate-authority"), context);
    delete cluster["insecure-skip-tls-verify"];
    delete cluster["certificate-authority"];
    delete cluster["certificate-authority-data"];
    if (flags.bool("embed-certs")) {
      cluster["certificate-authority-data"] = context.files.read(path).toString("base64");
    } else cluster["certificate-authority"] = path;
  }
  if (flags.changed("proxy-url")) cluster["proxy-url"] = flags.string("proxy-url");
  return cluster;
}
