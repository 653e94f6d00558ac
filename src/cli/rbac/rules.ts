import { compareStrings, type JsonObject } from "../../api/json.ts";
import { resolveResource } from "../../api/resource-names.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { NoResourceMatchError } from "../errors.ts";
import type { FlagValues } from "../flags/values.ts";
import { RBAC_GROUP } from "./subjects.ts";

/** What `--verb`, `--resource` and `--resource-name` say. */
export interface RuleWords {
  verbs: string[];
  resources: { group: string; resource: string; subresource: string }[];
  resourceNames: string[];
}

const VERBS = "* get delete list create update patch watch proxy deletecollection use bind escalate impersonate".split(
  " ",
);

const ROLES = [`${RBAC_GROUP}/roles`, `${RBAC_GROUP}/clusterroles`];
/** Verbs that go with a few resources alone, some of which the server does not have. */
const SPECIAL: Readonly<Record<string, readonly string[]>> = {
  use: ["policy/podsecuritypolicies", "extensions/podsecuritypolicies"],
  bind: ROLES,
  escalate: ROLES,
  impersonate: ["/users", "/serviceaccounts", "/groups", "authentication.k8s.io/userextras"],
};

/** Models the Complete of kubectl pkg/cmd/create/create_role.go. */
export function readRuleWords(flags: FlagValues): RuleWords {
  const given = flags.list("verb");
  const resources: RuleWords["resources"] = [];
  for (const text of flags.list("resource")) {
    const [path = "", subresource = ""] = splitOnce(text, "/");
    const [resource = "", group = ""] = splitOnce(path, ".");
    if (text === "*") {
      resources.splice(0, resources.length, { group, resource, subresource });
      break;
    }
    resources.push({ group, resource, subresource });
  }
  return {
    verbs: given.includes("*") ? ["*"] : [...new Set(given)],
    resources,
    resourceNames: [...new Set(flags.list("resource-name"))],
  };
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

export function warnOfVerbs({ verbs }: RuleWords, context: Pick<CommandContext, "streams">): void {
  for (const verb of verbs) {
    if (!VERBS.includes(verb)) context.streams.err.write(`Warning: '${verb}' is not a standard resource verb\n`);
  }
}

interface GroupedResource {
  group: string;
  resource: string;
  known: boolean;
}

/** What the server calls it; what it does not know stays as it was written. */
function resourceFor({ group, resource }: { group: string; resource: string }): GroupedResource {
  const found = resource === "" ? undefined : resolveResource(group === "" ? resource : `${resource}.${group}`);
  return found
    ? { group: found.info.group, resource: found.info.resource, known: true }
    : { group, resource, known: false };
}

/** Throws CommandError. Models validateResource. */
export function checkResources({ verbs, resources }: RuleWords): void {
  for (const given of resources) {
    if (given.resource === "") {
      throw new CommandError("resource must be specified if apiGroup/subresource specified");
    }
    if (given.resource === "*") return;
    const { group, resource, known } = resourceFor(given);
    let accepted = known;
    for (const verb of verbs) {
      const special = Object.hasOwn(SPECIAL, verb) ? SPECIAL[verb]! : undefined;
      if (!special) continue;
      if (!special.includes(`${group}/${resource}`)) {
        throw new CommandError(`can not perform '${verb}' on '${resource}' in group '${group}'`);
      }
      accepted = true;
    }
    if (!accepted) throw new NoResourceMatchError(given);
  }
}

/** One rule a group, in the order of the groups. Models generateResourcePolicyRules. */
export function rulesOf({ verbs, resources, resourceNames }: RuleWords, nonResourceURLs: string[]): JsonObject[] {
  const byGroup = new Map<string, Set<string>>();
  for (const given of resources) {
    const { group, resource } = resourceFor(given);
    const name = given.subresource === "" ? resource : `${resource}/${given.subresource}`;
    byGroup.set(group, (byGroup.get(group) ?? new Set()).add(name));
  }
  const rules: JsonObject[] = [...byGroup.keys()].sort(compareStrings).map((group) => ({
    verbs,
    apiGroups: [group],
    resources: [...byGroup.get(group)!],
    ...(resourceNames.length > 0 ? { resourceNames } : {}),
  }));
  if (nonResourceURLs.length > 0) rules.push({ verbs, nonResourceURLs });
  return rules;
}
