import { emitYaml } from "../../api/encoding/yaml-emit.ts";
import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import type { Kubeconfig } from "../../api/kubeconfig.ts";
import type { Files } from "../../platform/platform.ts";
import { CommandError } from "../command.ts";
import { emptyConfig, printable } from "./shape.ts";

/** Reads the file of `--kubeconfig`. Throws CommandError. Models client-go tools/clientcmd/loader.go. */
export async function readKubeconfigFile(path: string, files: Files): Promise<Kubeconfig> {
  if (!files.exists(path)) throw new CommandError(`stat ${path}: no such file or directory`);
  const fail = (why: string) => new CommandError(`error loading config file "${path}": ${why}`);
  if (files.isDirectory(path)) throw fail(`read ${path}: is a directory`);
  const { readYaml, DecodeError } = await import("../../api/encoding/yaml-read.ts");
  let json: Json;
  try {
    json = readYaml(files.read(path).toString("utf8")).json;
  } catch (error) {
    if (error instanceof DecodeError) throw fail(`couldn't get version/kind; json parse error: ${error.message}`);
    if ((error as NodeJS.ErrnoException).code === "EACCES") throw fail(`open ${path}: permission denied`);
    throw error;
  }
  if (json === null) return emptyConfig();
  if (!isObject(json)) {
    throw fail(
      'couldn\'t get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    );
  }
  const list = (name: string, value: string) =>
    (Array.isArray(json[name]) ? json[name] : [])
      .filter(isObject)
      .map((entry) => ({ name: String(entry.name ?? ""), [value]: isObject(entry[value]) ? entry[value] : {} }));
  const config: Kubeconfig = {
    ...emptyConfig(),
    clusters: list("clusters", "cluster") as unknown as Kubeconfig["clusters"],
    users: list("users", "user") as unknown as Kubeconfig["users"],
    contexts: list("contexts", "context") as unknown as Kubeconfig["contexts"],
    "current-context": typeof json["current-context"] === "string" ? json["current-context"] : "",
  };
  if (isObject(json.preferences)) config.preferences = json.preferences;
  if (Array.isArray(json.extensions)) config.extensions = json.extensions as JsonObject[];
  return config;
}

/** Writes the file of `--kubeconfig`, for its user alone. */
export function writeKubeconfigFile(path: string, config: Kubeconfig, files: Files): void {
  files.write(path, emitYaml(printable(config)), 0o600);
}
