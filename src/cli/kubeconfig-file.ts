import type { Kubeconfig } from "../api/kubeconfig.ts";
import { notSimulated } from "../api/status.ts";
import type { Files } from "../platform/platform.ts";
import { CommandError } from "./command.ts";

/** Reads the file of `--kubeconfig`; CommandError when it cannot be read. Models client-go tools/clientcmd/loader.go. */
export function readKubeconfigFile(path: string, files: Files): Kubeconfig {
  if (!files.exists(path)) throw new CommandError(`stat ${path}: no such file or directory`);
  if (files.isDirectory(path)) {
    throw new CommandError(`error loading config file "${path}": read ${path}: is a directory`);
  }
  throw notSimulated("--kubeconfig");
}
