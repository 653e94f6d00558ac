import { emitYaml } from "../../api/encoding/yaml-emit.ts";
import { isObject, type Json, type JsonObject } from "../../api/json.ts";
import type { Kubeconfig } from "../../api/kubeconfig.ts";
import type { Files } from "../../platform/platform.ts";
import { CommandError } from "../command.ts";
import { openError } from "../resources/files.ts";
import { emptyConfig, printable } from "./shape.ts";

/**
 * Reads the file of `--kubeconfig`; `shown` is how it was named. Paths in it stay as they are. Throws CommandError.
 * Models client-go tools/clientcmd/loader.go.
 */
export async function readKubeconfigFile(path: string, files: Files, shown = path): Promise<Kubeconfig> {
  if (!files.exists(path)) throw new CommandError(`stat ${shown}: no such file or directory`);
  const fail = (why: string) => new CommandError(`error loading config file "${shown}": ${why}`);
  if (files.isDirectory(path)) throw fail(`read ${path}: is a directory`);
  const { readYaml, DecodeError } = await import("../../api/encoding/yaml-read.ts");
  let json: Json;
  try {
    json = readYaml(files.read(path).toString("utf8")).json;
  } catch (error) {
    if (error instanceof DecodeError) throw fail(error.message.replace("error converting YAML to JSON: ", ""));
    throw fail(openError(path, error));
  }
  if (json === null) return emptyConfig();
  if (!isObject(json)) {
    throw fail(
      'couldn\'t get version/kind; json parse error: json: cannot unmarshal string into Go value of type struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }',
    );
  }
  const { apiVersion = "v1", kind = "Config" } = json;
  if (typeof apiVersion === "string" && apiVersion.split("/").length > 2)
    throw fail(`unexpected GroupVersion string: ${apiVersion}`);
  if (apiVersion !== "v1" || kind !== "Config")
    throw fail(`no kind "${kind}" is registered for version "${apiVersion}" in scheme "pkg/runtime/scheme.go:111"`);
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

/**
 * Writes the file of `--kubeconfig`, for its user alone. Paths below its folder are told from there. Models client-go
 * tools/clientcmd/loader.go (RelativizePathWithNoBacksteps).
 */
export function writeKubeconfigFile(path: string, config: Kubeconfig, files: Files): void {
  const folder = `${path.slice(0, path.lastIndexOf("/"))}/`;
  const written = mapPaths(config, (file) => (file.startsWith(folder) ? file.slice(folder.length) : file));
  files.write(path, emitYaml(printable(written)), 0o600);
}

const PATHS = ["client-certificate", "client-key"] as const;

/** The configuration with each path of a file changed. */
function mapPaths(config: Kubeconfig, change: (path: string) => string): Kubeconfig {
  const changed = (object: JsonObject, names: readonly string[]) => {
    const out = { ...object };
    for (const name of names) if (typeof out[name] === "string" && out[name] !== "") out[name] = change(out[name]);
    return out;
  };
  return {
    ...config,
    clusters: config.clusters.map((one) => ({
      ...one,
      cluster: changed(one.cluster as JsonObject, ["certificate-authority"]) as typeof one.cluster,
    })),
    users: config.users.map((one) => ({ ...one, user: changed(one.user, PATHS) })),
  };
}

/**
 * The configuration with what its paths name in the place of the paths, which begin at `folder`. Throws CommandError. Models client-go
 * tools/clientcmd/api/helpers.go (FlattenConfig).
 */
export function flatten(config: Kubeconfig, folder: string, files: Files): Kubeconfig {
  const embedded = (object: JsonObject, names: readonly string[]) => {
    const out = { ...object };
    for (const name of names) {
      const path = out[name];
      if (typeof path !== "string" || path === "") continue;
      if (out[`${name}-data`]) throw new CommandError("cannot have values for both path and contents");
      const full = path.startsWith("/") ? path : `${folder}/${path}`;
      try {
        out[`${name}-data`] = files.read(full).toString("base64");
      } catch (error) {
        throw new CommandError(openError(full, error));
      }
      delete out[name];
    }
    return out;
  };
  const users = config.users.map((one) => ({ ...one, user: embedded(one.user, PATHS) }));
  const clusters = config.clusters.map((one) => ({
    ...one,
    cluster: embedded(one.cluster as JsonObject, ["certificate-authority"]) as typeof one.cluster,
  }));
  return { ...config, users, clusters };
}
