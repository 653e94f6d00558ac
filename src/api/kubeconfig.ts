import type { JsonObject } from "./json.ts";

/** A kubeconfig, as its file has it. Models client-go tools/clientcmd/api/v1/types.go (Config); lists are in the order of the file. */
export interface Kubeconfig {
  apiVersion: "v1";
  kind: "Config";
  preferences?: JsonObject;
  clusters: { name: string; cluster: KubeconfigCluster }[];
  users: { name: string; user: JsonObject }[];
  contexts: { name: string; context: KubeconfigContext }[];
  /** "" when none is chosen. */
  "current-context": string;
  extensions?: JsonObject[];
}

export interface KubeconfigCluster extends JsonObject {
  server?: string;
  "tls-server-name"?: string;
  "insecure-skip-tls-verify"?: boolean;
  "certificate-authority"?: string;
  "certificate-authority-data"?: string;
  "proxy-url"?: string;
}

export interface KubeconfigContext extends JsonObject {
  cluster?: string;
  user?: string;
  namespace?: string;
}
