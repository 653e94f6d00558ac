import { goQuote } from "../../../api/encoding/go-quote.ts";
import type { JsonObject } from "../../../api/json.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import { messageOf } from "../../errors.ts";
import type { FlagValues } from "../../flags/values.ts";
import { openKubeconfig } from "../../kubeconfig/access.ts";
import { helpError } from "../../kubeconfig/help-error.ts";
import { absolute } from "../../resources/files.ts";
import { checkFile } from "./set-cluster.ts";

interface Pairs {
  set: Map<string, string>;
  remove: string[];
}

interface CredentialsOptions {
  name: string;
  flags: FlagValues;
  providerArgs: Pairs;
  execEnv: Pairs;
}

/** Models kubectl pkg/cmd/config/set_credentials.go. */
export default defineCommand<CredentialsOptions>({
  async complete(invocation, context) {
    const { flags, args } = invocation;
    if (args.length !== 1) throw await helpError(invocation, context, `unexpected args: [${args.join(" ")}]`);
    try {
      const providerArgs = pairsOf(flags.list("auth-provider-arg"), "auth-provider-arg");
      return { name: args[0]!, flags, providerArgs, execEnv: pairsOf(flags.list("exec-env"), "exec-env") };
    } catch (error) {
      throw await helpError(invocation, context, messageOf(error));
    }
  },
  validate({ name, flags }) {
    if (name === "") throw new CommandError("you must specify a non-empty user name");
    const token = flags.string("token") !== "";
    const basic = flags.string("username") !== "" || flags.string("password") !== "";
    if (token && basic) {
      throw new CommandError(
        "you cannot specify more than one authentication method at the same time: --token, --username/--password",
      );
    }
    const certificate = flags.string("client-certificate");
    if (flags.bool("embed-certs") && certificate === "" && flags.string("client-key") === "") {
      throw new CommandError("you must specify a --client-certificate or --client-key to embed");
    }
    const mode = flags.string("exec-interactive-mode");
    if (flags.changed("exec-interactive-mode") && !["IfAvailable", "Always", "Never"].includes(mode)) {
      throw new CommandError("invalid interactive mode type, can be only IfAvailable, Never, Always");
    }
  },
  async run(options, context) {
    const { name, flags } = options;
    if (flags.bool("embed-certs")) {
      for (const flag of ["client-certificate", "client-key"]) {
        if (flags.string(flag) !== "") checkFile(flag, flags.string(flag), context);
      }
    }
    const { config, save } = await openKubeconfig(flags, context);
    const known = config.users.find((one) => one.name === name);
    const user = change({ ...known?.user }, options, context);
    await save({ ...config, users: [...config.users.filter((one) => one !== known), { name, user }] });
    context.streams.out.write(`User ${goQuote(name)} set.\n`);
  },
});

/** `a=b` sets, `a-` removes. Models kubectl pkg/cmd/util/helpers.go (ParsePairs). */
function pairsOf(texts: readonly string[], what: string): Pairs {
  const pairs: Pairs = { set: new Map(), remove: [] };
  const invalid: string[] = [];
  for (const text of texts) {
    const equals = text.indexOf("=");
    if (equals > 0) pairs.set.set(text.slice(0, equals), text.slice(equals + 1));
    else if (equals < 0 && text.endsWith("-") && text !== "-") pairs.remove.push(text.slice(0, -1));
    else invalid.push(text);
  }
  if (invalid.length > 0) throw new CommandError(`invalid ${what} format: ${invalid.join(", ")}`);
  return pairs;
}

function change(user: JsonObject, options: CredentialsOptions, context: CommandContext): JsonObject {
  const { flags } = options;
  for (const flag of ["client-certificate", "client-key"]) {
    if (!flags.changed(flag)) continue;
    delete user[flag];
    delete user[`${flag}-data`];
    const path = absolute(flags.string(flag), context);
    if (flags.bool("embed-certs")) user[`${flag}-data`] = context.files.read(path).toString("base64");
    else user[flag] = path;
  }
  for (const flag of ["token", "username", "password"]) {
    if (flags.changed(flag)) user[flag] = flags.string(flag);
  }
  changeProvider(user, options);
  changeExec(user, options);
  // One way of signing in puts the other out.
  const given = (flag: string) => flags.changed(flag) && flags.string(flag) !== "";
  if (given("token")) {
    delete user.username;
    delete user.password;
  } else if (given("username") || given("password")) delete user.token;
  return user;
}

function changeProvider(user: JsonObject, { flags, providerArgs }: CredentialsOptions): void {
  let provider = user["auth-provider"] as { name: string; config?: Record<string, string> } | undefined;
  const name = flags.string("auth-provider");
  if (flags.changed("auth-provider") && provider?.name !== name) provider = { name };
  if (!provider) return;
  const config = new Map(Object.entries(provider.config ?? {}));
  for (const key of providerArgs.remove) config.delete(key);
  for (const [key, value] of providerArgs.set) config.set(key, value);
  user["auth-provider"] = { name: provider.name, config: Object.fromEntries(config) };
}

function changeExec(user: JsonObject, { flags, execEnv }: CredentialsOptions): void {
  let exec = user.exec as JsonObject | undefined;
  if (flags.changed("exec-command")) {
    exec = { ...exec, command: flags.string("exec-command") };
    delete exec.args;
  }
  if (!exec) return;
  exec = { ...exec };
  if (flags.changed("exec-api-version")) exec.apiVersion = flags.string("exec-api-version");
  if (flags.list("exec-arg").length > 0) exec.args = flags.list("exec-arg");
  if (flags.changed("exec-interactive-mode")) exec.interactiveMode = flags.string("exec-interactive-mode");
  if (flags.changed("exec-provide-cluster-info")) exec.provideClusterInfo = flags.bool("exec-provide-cluster-info");
  const env = ((exec.env ?? []) as { name: string; value: string }[])
    .filter((one) => !execEnv.remove.includes(one.name))
    .map((one) => ({ ...one, value: execEnv.set.get(one.name) ?? one.value }));
  for (const [name, value] of execEnv.set) if (!env.some((one) => one.name === name)) env.push({ name, value });
  if (env.length > 0) exec.env = env;
  else delete exec.env;
  user.exec = exec;
}
