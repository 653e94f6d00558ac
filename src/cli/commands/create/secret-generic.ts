import { createNoun, requireNounName } from "../../create-object.ts";
import { SECRET_FAILURE, secretObject } from "../../data-sources/secret-object.ts";
import { addEnvFiles, addFiles, addLiterals, checkSources } from "../../data-sources/sources.ts";

/** `create secret generic NAME`. Models kubectl pkg/cmd/create/create_secret.go. */
export default createNoun({
  resource: "secrets",
  failure: SECRET_FAILURE,
  validate(options) {
    requireNounName(options);
    checkSources(options.flags);
  },
  build(options, context) {
    const { flags } = options;
    return secretObject(options, flags.string("type"), (add) => {
      addLiterals(flags.list("from-literal"), add);
      addFiles(flags.list("from-file"), context, add);
      addEnvFiles(flags.list("from-env-file"), "secret", context, add);
    });
  },
});
