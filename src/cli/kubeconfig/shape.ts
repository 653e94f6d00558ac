import type { StructFields } from "../../api/encoding/json-emit.ts";
import { compareStrings, isObject, type JsonObject } from "../../api/json.ts";
import type { Kubeconfig } from "../../api/kubeconfig.ts";

export function emptyConfig(): Kubeconfig {
  return { apiVersion: "v1", kind: "Config", clusters: [], users: [], contexts: [], "current-context": "" };
}

/** The order of the fields in JSON. Models client-go tools/clientcmd/api/v1/types.go. */
export const CONFIG_FIELDS: StructFields = {
  kind: null,
  apiVersion: null,
  preferences: { colors: null, extensions: null },
  clusters: {
    name: null,
    cluster: {
      server: null,
      "tls-server-name": null,
      "insecure-skip-tls-verify": null,
      "certificate-authority": null,
      "certificate-authority-data": null,
      "proxy-url": null,
      "disable-compression": null,
      extensions: null,
    },
  },
  users: {
    name: null,
    user: {
      "client-certificate": null,
      "client-certificate-data": null,
      "client-key": null,
      "client-key-data": null,
      token: null,
      tokenFile: null,
      as: null,
      "as-uid": null,
      "as-groups": null,
      "as-user-extra": null,
      username: null,
      password: null,
      "auth-provider": { name: null, config: null },
      exec: {
        command: null,
        args: null,
        env: { name: null, value: null },
        apiVersion: null,
        installHint: null,
        provideClusterInfo: null,
        interactiveMode: null,
      },
      extensions: null,
    },
  },
  contexts: { name: null, context: { cluster: null, user: null, namespace: null, extensions: null } },
  "current-context": null,
  extensions: null,
};

/** The configuration as kubectl writes it: entries by name, empty lists null, required fields there, empty optional ones not. */
export function printable(config: Kubeconfig): JsonObject {
  const entries = (list: readonly { name: string }[], member: string, required: readonly string[]) => {
    if (list.length === 0) return null;
    const sorted = [...list].sort((a, b) => compareStrings(a.name, b.name)) as unknown as JsonObject[];
    return sorted.map((entry) => ({
      name: entry.name!,
      [member]: withoutEmpty(entry[member] as JsonObject, required),
    }));
  };
  const out: JsonObject = {
    kind: "Config",
    apiVersion: "v1",
    clusters: entries(config.clusters, "cluster", ["server"]),
    users: entries(config.users, "user", []),
    contexts: entries(config.contexts, "context", ["cluster", "user"]),
    "current-context": config["current-context"],
  };
  if (config.preferences && Object.keys(config.preferences).length > 0) out.preferences = config.preferences;
  if (config.extensions && config.extensions.length > 0) out.extensions = config.extensions;
  return out;
}

function withoutEmpty(object: JsonObject, required: readonly string[]): JsonObject {
  const out: JsonObject = {};
  for (const name of required) out[name] = "";
  for (const [name, value] of Object.entries(object)) {
    const empty =
      value === undefined ||
      value === null ||
      value === "" ||
      value === false ||
      (Array.isArray(value) && value.length === 0);
    if (!empty) out[name] = value;
  }
  if (isObject(out.exec)) {
    out.exec = { command: "", args: null, env: null, apiVersion: "", provideClusterInfo: false, ...out.exec };
  }
  return out;
}
