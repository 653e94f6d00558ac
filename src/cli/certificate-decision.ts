import { goQuote } from "../api/encoding/go-quote.ts";
import type { JsonObject } from "../api/json.ts";
import { clone } from "../api/json.ts";
import type { Condition, KubeObject } from "../api/object.ts";
import { timestamp } from "../api/snapshot.ts";
import type { CertificateSigningRequest } from "../api/types/certificates.ts";
import { type Command, type CommandContext, CommandError, defineCommand, type Invocation } from "./command.ts";
import { isNotFound, messageOf } from "./errors.ts";
import type { FlagValues } from "./flags/values.ts";
import { objectPrinter, type PrintObject } from "./output/object-printer.ts";
import { type FilenameOptions, filenameOptions } from "./resources/files.ts";
import { findResources } from "./resources/find.ts";

const RESOURCE = "certificatesigningrequests.certificates.k8s.io";
const KIND = "CertificateSigningRequest.certificates.k8s.io";

interface Decision {
  /** The condition that it adds, and the one that may not be there. */
  type: "Approved" | "Denied";
  not: "Approved" | "Denied";
  reason: string;
  /** What is told of each request: `approved`. */
  operation: string;
}

interface Options {
  names: string[];
  flags: FlagValues;
  files: FilenameOptions;
  print: PrintObject;
}

/** `certificate approve` and `certificate deny`. Models kubectl pkg/cmd/certificates/certificates.go. */
export function certificateCommand(decision: Decision): Command<Options> {
  return defineCommand<Options>({
    async complete({ args, flags }: Invocation, context) {
      const print = await objectPrinter(flags, context, decision.operation);
      context.checkConfig();
      return { names: args, flags, files: filenameOptions(flags), print };
    },
    validate({ names, files }) {
      if (names.length === 0 && files.filenames.length === 0 && files.kustomize === "")
        throw new CommandError("one or more CSRs must be specified as <name> or -f <filename>");
    },
    async run({ names, flags, files, print }, context) {
      let found = 0;
      await findResources(
        {
          namesOf: { resource: "certificatesigningrequests", names },
          files,
          namespace: context.namespace,
          continueOnError: true,
          flatten: true,
          latest: true,
        },
        context,
      ).visit(async (info, error) => {
        if (error !== undefined) throw error;
        const object = info!.object as KubeObject;
        await decide(object, decision, flags.bool("force"), context);
        found++;
        await print(object);
      });
      if (found === 0) context.streams.out.write("No resources found\n");
    },
  });
}

async function decide(object: KubeObject, decision: Decision, force: boolean, context: CommandContext): Promise<void> {
  const kind = [object.kind, ...object.apiVersion.split("/").slice(0, -1)].join(".");
  if (kind !== KIND) throw new CommandError(`can only handle ${KIND} objects, got ${kind}`);
  const name = object.metadata.name ?? "";
  const request = await signingRequest(name, context);
  const conditions = request.status?.conditions ?? [];
  if (conditions.some(({ type }) => type === decision.not))
    throw new CommandError(`certificate signing request ${goQuote(name)} is already ${decision.not}`);
  const has = conditions.some(({ type }) => type === decision.type);
  if (has && !force) return;
  const decided = clone(request);
  if (!has) decided.status = { ...decided.status, conditions: [...conditions, conditionOf(decision, context)] };
  await context.client.update(RESOURCE, "", name, decided as unknown as JsonObject, { subresource: "approval" });
}

async function signingRequest(name: string, { client }: CommandContext): Promise<CertificateSigningRequest> {
  try {
    return (await client.get(RESOURCE, "", name)) as CertificateSigningRequest;
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new CommandError(`could not find v1 version of ${name}: ${messageOf(error)}`);
  }
}

function conditionOf({ type, reason, operation }: Decision, { clock }: CommandContext): Condition {
  const message = `This CSR was ${operation} by kubectl certificate ${type === "Approved" ? "approve" : "deny"}.`;
  return { type, status: "True", reason, message, lastUpdateTime: timestamp(clock.now()) };
}
