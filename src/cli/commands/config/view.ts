import type { Kubeconfig } from "../../../api/kubeconfig.ts";
import type { KubeObject } from "../../../api/object.ts";
import { CommandError, defineCommand, type Invocation, UsageError } from "../../command.ts";
import { type KubeconfigAccess, openKubeconfig } from "../../kubeconfig/access.ts";
import { flatten } from "../../kubeconfig/file.ts";
import { CONFIG_FIELDS, printable } from "../../kubeconfig/shape.ts";
import { objectWriter } from "../../output/object-writer.ts";
import { printerFor } from "../../output/print-flags.ts";
import { absolute, openError } from "../../resources/files.ts";

/** Models kubectl pkg/cmd/config/view.go. */
export default defineCommand<Invocation>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    if (args.length > 0) throw new UsageError(invocation.path, `unexpected arguments: [${args.join(" ")}]`);
    await printerFor(flags, context, "", CONFIG_FIELDS);
    return invocation;
  },
  validate({ flags }) {
    if (!flags.bool("merge") && flags.string("kubeconfig") === "") {
      throw new CommandError("if merge==false a precise file must be specified");
    }
  },
  async run({ flags }, context) {
    const path = flags.string("kubeconfig");
    if (!flags.bool("merge") && !context.files.exists(absolute(path, context))) {
      throw new CommandError(openError(path, { code: "ENOENT" }));
    }
    const access: KubeconfigAccess = await openKubeconfig(flags, context);
    let { config } = access;
    if (flags.bool("minify")) config = minify(config, flags.string("context") || config["current-context"]);
    if (flags.bool("flatten")) {
      const file = access.explicit ? absolute(access.file, context) : access.file;
      config = flatten(config, file.slice(0, file.lastIndexOf("/")), context.files);
    } else if (!flags.bool("raw")) config = redact(config);
    const printer = await printerFor(flags, context, "", CONFIG_FIELDS);
    printer.print(printable(config) as unknown as KubeObject, objectWriter(context.streams));
  },
});

/** What the current context needs. Models client-go tools/clientcmd/api/helpers.go (MinifyConfig). */
function minify(config: Kubeconfig, current: string): Kubeconfig {
  if (current === "") throw new CommandError("current-context must exist in order to minify");
  const contexts = config.contexts.filter((one) => one.name === current);
  const [found] = contexts;
  if (!found) throw new CommandError(`cannot locate context ${current}`);
  const { cluster = "", user = "" } = found.context;
  const clusters = config.clusters.filter((one) => one.name === cluster);
  const users = config.users.filter((one) => one.name === user);
  if (cluster !== "" && clusters.length === 0) throw new CommandError(`cannot locate cluster ${cluster}`);
  if (user !== "" && users.length === 0) throw new CommandError(`cannot locate user ${user}`);
  return { ...config, contexts, clusters, users, "current-context": current };
}

const SECRETS: Readonly<Record<string, string>> = {
  token: "REDACTED",
  password: "REDACTED",
  "client-key-data": "DATA+OMITTED",
  "client-certificate-data": "DATA+OMITTED",
};

/** Models RedactSecrets and ShortenConfig of the same file. */
function redact(config: Kubeconfig): Kubeconfig {
  return {
    ...config,
    clusters: config.clusters.map((one) =>
      one.cluster["certificate-authority-data"]
        ? { ...one, cluster: { ...one.cluster, "certificate-authority-data": "DATA+OMITTED" } }
        : one,
    ),
    users: config.users.map(({ name, user }) => {
      const shown = { ...user };
      for (const [field, text] of Object.entries(SECRETS)) if (shown[field]) shown[field] = text;
      return { name, user: shown };
    }),
  };
}
