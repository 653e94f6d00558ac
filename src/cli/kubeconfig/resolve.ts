import type { Admin } from "../../admin/admin.ts";
import type { Kubeconfig } from "../../api/kubeconfig.ts";
import type { Files } from "../../platform/platform.ts";
import { CommandError } from "../command.ts";
import { ProgramExit } from "../errors.ts";
import { ConvertError, parseDuration } from "../flags/convert.ts";
import type { FlagValues } from "../flags/values.ts";

/** Flags that say more of whom `--as` names. */
const IMPERSONATION = ["as-group", "as-uid", "as-user-extra"];

/** What a kubeconfig and the flags that override it say. */
export interface ResolvedConfig {
  /** `--namespace`, else the context's, else `default`. Throws when the configuration is no use. */
  namespace(): string;
  namespaceGiven: boolean;
  /** Throws when the configuration is no use for requests (ToRESTConfig). */
  check(): void;
  /** The same; throws too when there is no cluster to send requests to. */
  checkRequest(): void;
  /** Where requests go: `https://HOST:PORT`. */
  server: string;
}

/**
 * Models client-go tools/clientcmd/client_config.go: Namespace() checks the configuration (ConfirmUsable) in other words than
 * ClientConfig() (getContext, getAuthInfo, getCluster).
 */
export async function resolveConfig(flags: FlagValues, admin: Admin, files: Files): Promise<ResolvedConfig> {
  const given = flags.string("namespace");
  let config: Kubeconfig;
  try {
    const path = flags.string("kubeconfig");
    config = path === "" ? await admin.kubeconfig() : await (await import("./file.ts")).readKubeconfigFile(path, files);
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    return { namespace: fail, check: fail, checkRequest: fail, namespaceGiven: given !== "", server: "" };
  }
  const flag = { context: flags.string("context"), cluster: flags.string("cluster"), user: userOf(flags) };
  const contextName = flag.context || config["current-context"];
  const context = config.contexts.find((one) => one.name === contextName)?.context;
  const clusterName = flag.cluster || context?.cluster || "";
  const cluster = config.clusters.find((one) => one.name === clusterName)?.cluster;
  const hasCluster = cluster !== undefined;
  const checkUser = () => {
    if (flag.user !== "" && !config.users.some((one) => one.name === flag.user)) {
      throw new CommandError(`auth info "${flag.user}" does not exist`);
    }
  };
  const check = () => {
    parseTimeout(flags.string("request-timeout"));
    if (contextName !== "" && !context) {
      if (flag.context !== "") throw new CommandError(`context "${contextName}" does not exist`);
      throw new ProgramExit(`Error in configuration: context was not found for specified context: ${contextName}`, 1);
    }
    checkUser();
    if (flags.string("as") === "" && IMPERSONATION.some((name) => flags.changed(name))) {
      const who = flag.user || context?.user || "";
      throw new CommandError(`requesting uid, groups or user-extra for ${who} without impersonating a user`);
    }
    if (!hasCluster && flag.cluster !== "") throw new CommandError(`cluster "${clusterName}" does not exist`);
  };
  return {
    namespaceGiven: given !== "",
    server: flags.string("server") || cluster?.server || "",
    namespace() {
      if (contextName !== "" && !context) {
        throw new ProgramExit(`Error in configuration: context was not found for specified context: ${contextName}`, 1);
      }
      checkUser();
      if (flag.cluster !== "" && !hasCluster) throw new CommandError(`no server found for cluster "${clusterName}"`);
      return given || context?.namespace || "default";
    },
    check,
    checkRequest() {
      check();
      if (hasCluster) return;
      // Without a cluster kubectl falls back to an address where nobody listens.
      throw new ProgramExit(
        "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
        1,
      );
    },
  };
}

/** `--request-timeout` in milliseconds, 0 for none. Throws CommandError. Models client-go tools/clientcmd/helpers.go (ParseTimeout). */
export function parseTimeout(text: string): number {
  if (/^[0-9]+$/.test(text)) return Number(text) * 1000;
  try {
    return parseDuration(text);
  } catch (error) {
    if (!(error instanceof ConvertError)) throw error;
    throw new CommandError(
      "Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)",
    );
  }
}

/** Bindings of roles have a --user of their own, a list, which hides the global one. */
function userOf(flags: FlagValues): string {
  return flags.isText("user") ? flags.string("user") : "";
}
