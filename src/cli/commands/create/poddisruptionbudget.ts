import { CommandError } from "../../command.ts";
import { createNoun, metadataOf, requireNounName } from "../../create-object.ts";
import { parseToLabelSelector } from "../../label-selector.ts";

/** `create poddisruptionbudget NAME`. Models kubectl pkg/cmd/create/create_pdb.go. */
export default createNoun({
  resource: "poddisruptionbudgets.policy",
  failure: "failed to create poddisruptionbudgets: ",
  validate(options) {
    requireNounName(options);
    const { flags } = options;
    const least = flags.string("min-available");
    const most = flags.string("max-unavailable");
    if (flags.string("selector") === "") throw new CommandError("a selector must be specified");
    if (least === "" && most === "") {
      throw new CommandError("one of min-available or max-unavailable must be specified");
    }
    if (least !== "" && most !== "") {
      throw new CommandError("min-available and max-unavailable cannot be both specified");
    }
    const wrong = (text: string) => text !== "" && !/^[0-9]+%?$/.test(text);
    if (wrong(least)) throw new CommandError("invalid format specified for min-available");
    if (wrong(most)) throw new CommandError("invalid format specified for max-unavailable");
  },
  build(options) {
    const { flags } = options;
    const selector = parseToLabelSelector(flags.string("selector"));
    const least = flags.string("min-available");
    const limit =
      least === ""
        ? { maxUnavailable: intOrString(flags.string("max-unavailable")) }
        : { minAvailable: intOrString(least) };
    return {
      apiVersion: "policy/v1",
      kind: "PodDisruptionBudget",
      metadata: metadataOf(options),
      spec: { ...limit, selector },
    };
  },
});

/** Models apimachinery pkg/util/intstr Parse. */
function intOrString(text: string): number | string {
  return /^[0-9]+$/.test(text) && Number(text) <= 0x7fffffff ? Number(text) : text;
}
