import type { JsonObject } from "../../api/json.ts";

export interface OptionDefault {
  name: string;
  default: string;
}
export interface CommandDefaults {
  command: string;
  options?: OptionDefault[];
}
export interface AliasOverride {
  name: string;
  command: string;
  prependArgs?: string[];
  appendArgs?: string[];
  options?: OptionDefault[];
}
export interface AllowlistEntry {
  name?: string;
  command?: string;
}

/** The user's preferences, in the form of kubectl.config.k8s.io/v1beta1. Models kubectl pkg/config/v1beta1/types.go. */
export interface Preference {
  apiVersion?: string;
  kind?: string;
  defaults?: CommandDefaults[];
  aliases?: AliasOverride[];
  credentialPluginPolicy?: string;
  credentialPluginAllowlist?: AllowlistEntry[];
}

export const GROUP = "kubectl.config.k8s.io";
export const KIND = "Preference";
export const API_VERSION = `${GROUP}/v1beta1`;

/** A preference as kubectl writes it: what is not there and may not be left out is null, as lists are in Go. */
export function printable(preference: Preference): JsonObject {
  const { apiVersion, kind, defaults, aliases, credentialPluginPolicy, credentialPluginAllowlist } = preference;
  return {
    ...(kind ? { kind } : {}),
    ...(apiVersion ? { apiVersion } : {}),
    defaults:
      defaults?.map(({ command = "", options }) => ({ command, options: options?.map(option) ?? null })) ?? null,
    aliases: aliases?.map(alias) ?? null,
    ...(credentialPluginPolicy ? { credentialPluginPolicy } : {}),
    ...(credentialPluginAllowlist?.length ? { credentialPluginAllowlist: credentialPluginAllowlist.map(entry) } : {}),
  };
}

function option({ name = "", default: text = "" }: Partial<OptionDefault>): JsonObject {
  return { name, default: text };
}

function alias({ name = "", command = "", prependArgs, appendArgs, options }: Partial<AliasOverride>): JsonObject {
  return {
    name,
    command,
    ...(prependArgs?.length ? { prependArgs } : {}),
    ...(appendArgs?.length ? { appendArgs } : {}),
    ...(options?.length ? { options: options.map(option) } : {}),
  };
}

function entry({ name, command }: AllowlistEntry): JsonObject {
  return { ...(name ? { name } : {}), ...(command ? { command } : {}) };
}
