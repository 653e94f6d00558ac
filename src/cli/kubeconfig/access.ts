import { clone } from "../../api/json.ts";
import type { Kubeconfig } from "../../api/kubeconfig.ts";
import type { CommandContext } from "../command.ts";
import type { FlagValues } from "../flags/values.ts";
import { absolute } from "../resources/files.ts";
import { emptyConfig } from "./shape.ts";

/** The kubeconfig that `config` works on: the section of the state file, or the file of --kubeconfig. */
export interface KubeconfigAccess {
  config: Kubeconfig;
  /** The file that it is in, for texts. */
  file: string;
  /** True with --kubeconfig. */
  explicit: boolean;
  save(config: Kubeconfig): Promise<void>;
}

/** A file that does not exist is an empty configuration. Models client-go tools/clientcmd/config.go (PathOptions). */
export async function openKubeconfig(
  flags: FlagValues,
  { admin, files, processes }: Pick<CommandContext, "admin" | "files" | "processes">,
): Promise<KubeconfigAccess> {
  const given = flags.string("kubeconfig");
  if (given === "") {
    return {
      config: clone(await admin.kubeconfig()),
      file: admin.stateFile,
      explicit: false,
      save: (config) => admin.setKubeconfig(config),
    };
  }
  const { readKubeconfigFile, writeKubeconfigFile } = await import("./file.ts");
  const path = absolute(given, { processes });
  return {
    config: files.exists(path) ? await readKubeconfigFile(path, files, given) : emptyConfig(),
    file: given,
    explicit: true,
    save: async (config) => writeKubeconfigFile(path, config, files),
  };
}
