import type { JsonObject } from "../../../api/json.ts";
import { setKey } from "../../../api/json.ts";
import { ParseError } from "../../../api/meta/parse-error.ts";
import { canonicalQuantity } from "../../../api/meta/quantity.ts";
import { CommandError } from "../../command.ts";
import { createNoun, metadataOf, requireNounName } from "../../create-object.ts";

/** `create quota NAME`. Models kubectl pkg/cmd/create/create_quota.go. */
export default createNoun({
  resource: "resourcequotas",
  failure: "failed to create quota: ",
  validate: requireNounName,
  build(options) {
    const { flags } = options;
    const hard = parseHard(flags.string("hard"));
    const scopes = parseScopes(flags.string("scopes"));
    return {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: metadataOf(options),
      spec: { ...(hard ? { hard } : {}), ...(scopes ? { scopes } : {}) },
    };
  },
});

function parseHard(text: string): JsonObject | undefined {
  if (text === "") return undefined;
  const hard: JsonObject = {};
  for (const statement of text.split(",")) {
    const [resource, quantity, ...rest] = statement.split("=");
    if (resource === undefined || quantity === undefined || rest.length > 0) {
      throw new CommandError(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    }
    try {
      setKey(hard, resource, canonicalQuantity(quantity));
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      throw new CommandError(error.message);
    }
  }
  return hard;
}

function parseScopes(text: string): string[] | undefined {
  if (text === "") return undefined;
  const scopes = text.split(",");
  if (scopes.includes("")) throw new CommandError('invalid resource quota scope ""');
  return scopes;
}
