import type { JsonObject } from "../../../api/json.ts";
import { resolveResource } from "../../../api/resource-names.ts";
import type { PolicyRule } from "../../../api/types/rbac.ts";
import { listText } from "../../../printers/describe/common.ts";
import { compactRules, resourceText, singleRules } from "../../../printers/describe/policy-rules.ts";
import { TABLE_LAYOUT, TabWriter } from "../../../printers/tabwriter.ts";
import { type CommandContext, CommandError, defineCommand } from "../../command.ts";
import type { FlagValues } from "../../flags/values.ts";

interface CanIOptions {
  flags: FlagValues;
  /** "" for all namespaces. */
  namespace: string;
  /** Absent with --list. */
  question?: Question;
  /** What is doubtful about the words of the command line. */
  warnings: string[];
}

interface Question {
  verb: string;
  /** A path that is no resource, else "". */
  url: string;
  resource: { group: string; resource: string; namespaced: boolean; known: boolean };
  name: string;
}

const AUTHORIZATION = "authorization.k8s.io";
const words = (text: string) => text.split(" ");
const RESOURCE_VERBS = words(
  "get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest",
);
const URL_VERBS = words("get put post head options delete patch *");
/** What rules name and no discovery lists. */
const UNLISTED = ["users", "groups"];

/** `auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]`. Models kubectl pkg/cmd/auth/cani.go. */
export default defineCommand<CanIOptions>({
  complete({ args, flags }, context) {
    const warnings: string[] = [];
    const list = flags.bool("list");
    if (list && args.length > 0) throw new CommandError("list option must be specified with no arguments");
    const question = list ? {} : { question: readQuestion(args, warnings, context) };
    print(warnings.splice(0), context);
    context.checkConfig();
    const namespace = flags.bool("all-namespaces") ? "" : context.namespace;
    return { flags, namespace, warnings, ...question };
  },
  async run({ flags, namespace, question }, context) {
    if (!question) {
      if (flags.bool("quiet") || flags.bool("all-namespaces") || flags.string("subresource") !== "")
        throw new CommandError(
          "list option can't be specified with neither quiet, all-namespaces nor subresource options",
        );
      await listRules(namespace, flags.bool("no-headers"), context);
      return 0;
    }
    check(question, flags, context);
    return await askOne(question, namespace, flags, context);
  },
});

function readQuestion(args: readonly string[], warnings: string[], { checkConfig }: CommandContext): Question {
  const [verb = "", what = ""] = args;
  if (args.length !== 2)
    throw new CommandError(
      "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
    );
  const none = { group: "", resource: "", namespaced: true, known: false };
  if (what.startsWith("/")) return { verb, url: what, resource: none, name: "" };
  checkConfig();
  const at = what.indexOf("/");
  const type = at < 0 ? what : what.slice(0, at);
  return { verb, url: "", resource: resourceFor(type, warnings), name: at < 0 ? "" : what.slice(at + 1) };
}

function resourceFor(text: string, warnings: string[]): Question["resource"] {
  if (text === "*") return { group: "", resource: "*", namespaced: true, known: true };
  const found = resolveResource(text.toLowerCase());
  if (found) {
    const { group, resource, namespaced } = found.info;
    return { group, resource, namespaced, known: true };
  }
  const [resource = "", ...rest] = text.toLowerCase().split(".");
  const group = rest.join(".");
  if (!UNLISTED.includes(text.toLowerCase()))
    warnings.push(
      `the server doesn't have a resource type '${resource}'${group === "" ? "" : ` in group '${group}'`}\n`,
    );
  return { group: "", resource: text, namespaced: true, known: false };
}

function check({ verb, url, resource }: Question, flags: FlagValues, context: CommandContext): void {
  const unknown = `verb '${verb}' is not a known verb\n`;
  if (url !== "") {
    if (flags.string("subresource") !== "") throw new CommandError("--subresource can not be used with NonResourceURL");
    if (!URL_VERBS.includes(verb)) print([unknown], context);
  } else if (!flags.bool("all-namespaces")) {
    const where = resource.group === "" ? "" : ` in group '${resource.group}'`;
    if (!resource.namespaced) print([`resource '${resource.resource}' is not namespace scoped${where}\n`], context);
    if (!RESOURCE_VERBS.includes(verb)) print([unknown], context);
  }
  if (flags.bool("no-headers")) throw new CommandError("--no-headers cannot be set without --list specified");
}

/** kubectl's own texts end with a line end, so that an empty line follows. */
function print(warnings: readonly string[], context: CommandContext): void {
  for (const text of warnings) context.streams.err.write(`Warning: ${text}\n`);
}

async function post(kind: string, spec: JsonObject, context: CommandContext): Promise<JsonObject> {
  const body = { apiVersion: `${AUTHORIZATION}/v1`, kind, spec };
  const answer = await context.client.create(`${kind.toLowerCase()}s.${AUTHORIZATION}`, "", body);
  return answer.status as JsonObject;
}

async function askOne(
  { verb, url, resource, name }: Question,
  namespace: string,
  flags: FlagValues,
  context: CommandContext,
): Promise<number> {
  const subresource = flags.string("subresource");
  const spec: JsonObject =
    url === ""
      ? {
          resourceAttributes: {
            namespace,
            verb,
            group: resource.group,
            resource: resource.resource,
            subresource,
            name,
          },
        }
      : { nonResourceAttributes: { verb, path: url } };
  const { allowed, reason, evaluationError } = await post("SelfSubjectAccessReview", spec, context);
  const why = [reason, evaluationError].filter(Boolean).map((text) => ` - ${text}`);
  if (!flags.bool("quiet")) context.streams.out.write(allowed ? "yes\n" : `no${why.join("")}\n`);
  return allowed ? 0 : 1;
}

async function listRules(namespace: string, noHeaders: boolean, context: CommandContext): Promise<void> {
  const status = await post("SelfSubjectRulesReview", { namespace }, context);
  if (status.incomplete) print([`the list may be incomplete: ${status.evaluationError ?? ""}`], context);
  const rules = [...((status.resourceRules ?? []) as object[]), ...((status.nonResourceRules ?? []) as object[])];
  const writer = new TabWriter((text) => context.streams.out.write(text), TABLE_LAYOUT);
  if (!noHeaders) writer.write("Resources\tNon-Resource URLs\tResource Names\tVerbs\n");
  for (const rule of compactRules((rules as PolicyRule[]).flatMap(singleRules))) {
    const lists = [rule.nonResourceURLs, rule.resourceNames, rule.verbs].map((list) => listText(list)).join("\t");
    writer.write(`${resourceText(rule)}\t${lists}\n`);
  }
  writer.flush();
}
