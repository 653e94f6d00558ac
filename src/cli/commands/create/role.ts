import { CommandError } from "../../command.ts";
import { createNoun, metadataOf, requireNounName } from "../../create-object.ts";
import { checkResources, readRuleWords, rulesOf, warnOfVerbs } from "../../rbac/rules.ts";
import { RBAC_GROUP } from "../../rbac/subjects.ts";

/** `create role NAME --verb=verb --resource=resource.group/subresource`. Models kubectl pkg/cmd/create/create_role.go. */
export default createNoun({
  resource: `roles.${RBAC_GROUP}`,
  validate: requireNounName,
  build(options, context) {
    const words = readRuleWords(options.flags);
    if (words.verbs.length === 0) throw new CommandError("at least one verb must be specified");
    warnOfVerbs(words, context);
    if (words.resources.length === 0) throw new CommandError("at least one resource must be specified");
    checkResources(words);
    return {
      apiVersion: `${RBAC_GROUP}/v1`,
      kind: "Role",
      metadata: metadataOf(options),
      rules: rulesOf(words, []),
    };
  },
});
