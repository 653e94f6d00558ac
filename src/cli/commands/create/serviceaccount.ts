import { createNoun, metadataOf, requireNounName } from "../../create-object.ts";

/** `create serviceaccount NAME`. Models kubectl pkg/cmd/create/create_serviceaccount.go. */
export default createNoun({
  resource: "serviceaccounts",
  failure: "failed to create serviceaccount: ",
  validate: requireNounName,
  build: (options) => ({ apiVersion: "v1", kind: "ServiceAccount", metadata: metadataOf(options) }),
});
