import { posix } from "node:path";
import type { Resource } from "../../kustomize/resource.ts";
import { type CommandContext, CommandError, defineCommand } from "../command.ts";
import { absolute } from "../resources/files.ts";
import { buildKustomization, kustomizationYaml } from "../resources/kustomization.ts";

interface Options {
  folder: string;
  output: string;
  reorder: "legacy" | "none" | "unspecified";
  anywhere: boolean;
  managedByLabel: boolean;
  plugins: boolean;
  helm: boolean;
}

const RESTRICTORS = ["LoadRestrictionsRootOnly", "LoadRestrictionsNone"];

/** `kustomize [DIR]`: prints what a kustomization makes. Models sigs.k8s.io/kustomize/kustomize commands/build. */
export default defineCommand<Options>({
  complete({ args, flags }, { processes }) {
    if (args.length > 1) throw new CommandError("specify one path to kustomization.yaml");
    const restrictor = flags.string("load-restrictor");
    if (restrictor !== "" && !RESTRICTORS.includes(restrictor))
      throw illegal("load-restrictor", restrictor, RESTRICTORS);
    const reorder = flags.string("reorder");
    if (reorder !== "legacy" && reorder !== "none") throw illegal("reorder", reorder, ["legacy", "none"]);
    const fromEnvironment = processes.env.KUSTOMIZE_ENABLE_MANAGEDBY_LABEL === "on";
    return {
      folder: args[0] ?? ".",
      output: flags.string("output"),
      reorder: flags.changed("reorder") ? reorder : "unspecified",
      anywhere: restrictor === "LoadRestrictionsNone",
      managedByLabel: flags.bool("enable-managedby-label") || fromEnvironment,
      plugins: flags.bool("enable-alpha-plugins"),
      helm: flags.bool("enable-helm"),
    };
  },
  async run({ folder, output, ...choices }, context) {
    const resources = await buildKustomization(folder, choices, context);
    const { files, streams } = context;
    const path = absolute(output, context);
    if (output !== "" && files.isDirectory(path)) return writeFiles(path, resources, context);
    const yaml = await kustomizationYaml(resources);
    if (output === "") streams.out.write(yaml);
    else files.write(path, yaml);
  },
});

function illegal(flag: string, value: string, legal: readonly string[]): CommandError {
  return new CommandError(`illegal flag value --${flag} ${value}; legal values: [${legal.join(" ")}]`);
}

/** One file an object, its namespace in the name when there are several. Models Writer.WriteIndividualFiles. */
async function writeFiles(folder: string, resources: readonly Resource[], { files }: CommandContext): Promise<void> {
  const { effectiveNamespace, inCluster } = await import("../../kustomize/ids.ts");
  const namespaces = new Set(resources.filter(({ id }) => !inCluster(id)).map(({ id }) => effectiveNamespace(id)));
  for (const resource of resources) {
    const { id } = resource;
    const kind = [id.group, id.version, id.kind].filter(Boolean).join("_");
    const name = `${kind}_${id.name}.yaml`.toLowerCase();
    const isPrefixed = namespaces.size > 1 && !inCluster(id);
    const prefix = isPrefixed ? `${effectiveNamespace(id).toLowerCase()}_` : "";
    files.write(posix.join(folder, prefix + name), await kustomizationYaml([resource]));
  }
}
