import type { JsonObject } from "../../../api/json.ts";
import { CommandError, defineCommand, type Invocation } from "../../command.ts";
import { nameArgument } from "../../create-object.ts";
import { messageOf } from "../../errors.ts";
import type { FlagValues } from "../../flags/values.ts";
import { objectPrinter, type PrintObject } from "../../output/object-printer.ts";

interface TokenOptions {
  invocation: Invocation;
  name: string;
  namespace: string;
  print: PrintObject;
}

const KINDS = ["Node", "Pod", "Secret"];
const SECOND = 1000;

/** `create token SERVICE_ACCOUNT_NAME`. Models kubectl pkg/cmd/create/create_token.go. */
export default defineCommand<TokenOptions>({
  async complete(invocation, context) {
    const name = nameArgument(invocation);
    const { namespace } = context;
    context.checkConfig();
    return { invocation, name, namespace, print: await objectPrinter(invocation.flags, context, "created", "typed") };
  },
  validate({ name, invocation: { flags } }) {
    const duration = flags.duration("duration");
    if (name === "") throw new CommandError("service account name is required");
    if (duration < 0) throw new CommandError("--duration must be greater than or equal to 0");
    if (duration % SECOND !== 0) throw new CommandError("--duration cannot be expressed in units less than seconds");
    if (flags.list("audience").includes("")) throw new CommandError("--audience must not be an empty string");
    const [kind, bound, uid] = ["kind", "name", "uid"].map((part) => flags.string(`bound-object-${part}`));
    if (kind === "") {
      if (bound !== "") throw new CommandError(ownless("name"));
      if (uid !== "") throw new CommandError(ownless("uid"));
      return;
    }
    if (!KINDS.includes(kind!)) throw new CommandError(`supported --bound-object-kind values are ${KINDS.join(", ")}`);
    if (bound === "") throw new CommandError("--bound-object-name is required if --bound-object-kind is provided");
  },
  async run({ invocation: { flags }, name, namespace, print }, context) {
    const body = { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: specOf(flags) };
    const request = { subresource: "token", name };
    const answer = await context.client.create("serviceaccounts", namespace, body, request).catch((error: unknown) => {
      throw new CommandError(`failed to create token: ${messageOf(error)}`);
    });
    // A template alone is not heeded.
    if (flags.changed("output")) return await print(answer);
    const { token } = answer.status as { token: string };
    context.streams.out.write(context.streams.out.isTerminal ? `${token}\n` : token);
  },
});

function ownless(part: string): string {
  return `--bound-object-${part} can only be set if --bound-object-kind is provided`;
}

function specOf(flags: FlagValues): JsonObject {
  const seconds = flags.duration("duration") / SECOND;
  const kind = flags.string("bound-object-kind");
  const uid = flags.string("bound-object-uid");
  const ref = { kind, apiVersion: "v1", name: flags.string("bound-object-name"), ...(uid === "" ? {} : { uid }) };
  return {
    audiences: flags.list("audience"),
    ...(seconds > 0 ? { expirationSeconds: seconds } : {}),
    ...(kind === "" ? {} : { boundObjectRef: ref }),
  };
}
