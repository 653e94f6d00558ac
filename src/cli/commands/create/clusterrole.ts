import { type CommandContext, CommandError } from "../../command.ts";
import { createNoun, requireNounName } from "../../create-object.ts";
import { checkResources, type RuleWords, readRuleWords, rulesOf, warnOfVerbs } from "../../rbac/rules.ts";
import { RBAC_GROUP } from "../../rbac/subjects.ts";

/** `create clusterrole NAME`. Models kubectl pkg/cmd/create/create_clusterrole.go. */
export default createNoun({
  resource: `clusterroles.${RBAC_GROUP}`,
  scope: "cluster",
  validate: requireNounName,
  build({ name, flags }, context) {
    const words = readRuleWords(flags);
    const urls = [...new Set(flags.list("non-resource-url"))];
    const aggregation = flags.list("aggregation-rule");
    const head = { apiVersion: `${RBAC_GROUP}/v1`, kind: "ClusterRole", metadata: { name } };
    if (aggregation.length === 0) {
      check(words, urls, context);
      return { ...head, rules: rulesOf(words, urls) };
    }
    const others = [urls, words.verbs, words.resources, words.resourceNames];
    if (others.some((list) => list.length > 0)) {
      throw new CommandError(
        "aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames",
      );
    }
    const matchLabels = Object.fromEntries(
      aggregation.map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
    );
    return { ...head, rules: null, aggregationRule: { clusterRoleSelectors: [{ matchLabels }] } };
  },
});

const URL_VERBS = ["*", "get", "post", "put", "delete", "patch", "head", "options"];

function check(words: RuleWords, urls: readonly string[], context: CommandContext): void {
  if (words.verbs.length === 0) throw new CommandError("at least one verb must be specified");
  if (words.resources.length === 0 && urls.length === 0) {
    throw new CommandError("one of resource or nonResourceURL must be specified");
  }
  if (words.resources.length > 0) {
    warnOfVerbs(words, context);
    checkResources(words);
  }
  if (urls.length === 0) return;
  const wrong = words.verbs.find((verb) => !URL_VERBS.includes(verb));
  if (wrong !== undefined) throw new CommandError(`invalid verb: '${wrong}' for nonResourceURL`);
  for (const url of urls) {
    if (url === "*") continue;
    if (!url.startsWith("/")) throw new CommandError("nonResourceURL should start with /");
    if (url.slice(0, -1).includes("*")) {
      throw new CommandError("nonResourceURL only supports wildcard matches when '*' is at the end");
    }
  }
}
