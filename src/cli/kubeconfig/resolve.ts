import type { Admin } from "../../admin/admin.ts";
import type { Kubeconfig } from "../../api/kubeconfig.ts";
import { CommandError } from "../command.ts";
import { ProgramExit } from "../errors.ts";
import { ConvertError, parseDuration } from "../flags/convert.ts";
import type { FlagValues } from "../flags/values.ts";
import type { FileContext } from "./usable.ts";

/** Flags that say more of whom `--as` names. */
const IMPERSONATION = ["as-group", "as-uid", "as-user-extra"];

/** Flags that decide which server answers, and to whom. */
const ACCESS = [
  "server",
  "tls-server-name",
  "certificate-authority",
  "client-certificate",
  "client-key",
  "token",
  "username",
  "password",
];

/** What a kubeconfig and the flags that override it say. */
export interface ResolvedConfig {
  /** `--namespace`, else the context's, else `default`. Throws when the configuration is no use. */
  namespace(): string;
  namespaceGiven: boolean;
  /** The context's namespace, else `default`: what a command line without `--namespace` means. */
  contextNamespace: string;
  /** Throws when the configuration is no use for requests (ToRESTConfig). */
  check(): void;
  /** The same; throws too when there is no cluster to send requests to. */
  checkRequest(): void;
  /** Where requests go: `https://HOST:PORT`. */
  server: string;
  /** What the user signs in with; "" for the cluster's administrator. */
  token: string;
}

/**
 * Models client-go tools/clientcmd/client_config.go: Namespace() checks the configuration (ConfirmUsable) in other words than
 * ClientConfig() (getContext, getAuthInfo, getCluster).
 */
export async function resolveConfig(flags: FlagValues, admin: Admin, context: FileContext): Promise<ResolvedConfig> {
  const given = flags.string("namespace");
  let config: Kubeconfig;
  try {
    const path = flags.string("kubeconfig");
    config =
      path === ""
        ? await admin.kubeconfig()
        : await (await import("./file.ts")).readKubeconfigFile(path, context.files);
  } catch (error) {
    const fail = (): never => {
      throw error;
    };
    return {
      namespace: fail,
      check: fail,
      checkRequest: fail,
      namespaceGiven: given !== "",
      contextNamespace: "default",
      server: "",
      token: "",
    };
  }
  const flag = { context: flags.string("context"), cluster: flags.string("cluster"), user: userOf(flags) };
  const contextName = flag.context || config["current-context"];
  const chosen = config.contexts.find((one) => one.name === contextName)?.context;
  const clusterName = flag.cluster || chosen?.cluster || "";
  const cluster = config.clusters.find((one) => one.name === clusterName)?.cluster;
  const userName = flag.user || chosen?.user || "";
  const user = config.users.find((one) => one.name === userName)?.user;
  const access = ACCESS.some((name) => flags.string(name) !== "") ? await import("./usable.ts") : undefined;
  const confirmUsable = () => {
    const problems: CommandError[] = [];
    if (contextName !== "" && !chosen) problems.push(contextNotFound(contextName));
    if (access)
      for (const why of access.signInProblems(flags, userName, user, context)) problems.push(new CommandError(why));
    if (flags.string("as") === "" && IMPERSONATION.some((name) => flags.changed(name)))
      problems.push(
        new CommandError(`requesting uid, groups or user-extra for ${userName} without impersonating a user`),
      );
    if (flag.cluster !== "" && !cluster)
      problems.push(new CommandError(`no server found for cluster "${clusterName}"`));
    if (access)
      for (const why of access.clusterProblems(flags, clusterName, context)) problems.push(new CommandError(why));
    if (problems.length > 1)
      throw new ProgramExit(
        `${INVALID}\n${problems.map(({ message }) => `* ${message.replace(INVALID, "")}\n`).join("")}`,
        1,
      );
    if (problems[0]) throw problems[0];
  };
  const check = () => {
    const isKnown = flag.user === "" || config.users.some((one) => one.name === flag.user);
    if (!isKnown) throw new CommandError(`auth info "${flag.user}" does not exist`);
    if (flag.context !== "" && !chosen) throw new CommandError(`context "${contextName}" does not exist`);
    if (flag.cluster !== "" && !cluster) throw new CommandError(`cluster "${clusterName}" does not exist`);
    confirmUsable();
    parseTimeout(flags.string("request-timeout"));
  };
  return {
    namespaceGiven: given !== "",
    contextNamespace: chosen?.namespace || "default",
    server: flags.string("server") || cluster?.server || "",
    token: flags.string("token") || textOf(user?.token),
    namespace() {
      if (given !== "") return given;
      confirmUsable();
      return chosen?.namespace || "default";
    },
    check,
    checkRequest() {
      check();
      access?.refuseUnsimulatedAccess(flags);
      if (flags.string("server") !== "") return access?.requireServer(flags.string("server"), cluster?.server ?? "");
      if (cluster) return;
      // Without a cluster kubectl falls back to an address where nobody listens.
      throw new ProgramExit(
        "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
        1,
      );
    },
  };
}

const INVALID = "Error in configuration: ";

function contextNotFound(name: string): ProgramExit {
  return new ProgramExit(`${INVALID}context was not found for specified context: ${name}`, 1);
}

/** `--request-timeout` in milliseconds, 0 for none. Throws CommandError. Models client-go tools/clientcmd/helpers.go (ParseTimeout). */
export function parseTimeout(text: string): number {
  if (text === "0") return 0;
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

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
