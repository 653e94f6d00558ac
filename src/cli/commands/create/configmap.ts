import { goQuote } from "../../../api/encoding/go-quote.ts";
import { strictText } from "../../../api/encoding/text.ts";
import { type JsonObject, setKey } from "../../../api/json.ts";
import { configKeyErrors } from "../../../api/meta/value-rules.ts";
import type { KubeObject } from "../../../api/object.ts";
import { CommandError } from "../../command.ts";
import { createNoun, metadataOf, requireNounName } from "../../create-object.ts";
import { addEnvFiles, addFiles, addLiterals, checkSources } from "../../data-sources/sources.ts";

/** `create configmap NAME`. Models kubectl pkg/cmd/create/create_configmap.go. */
export default createNoun({
  resource: "configmaps",
  failure: "failed to create configmap: ",
  validate(options) {
    requireNounName(options);
    checkSources(options.flags);
  },
  async build(options, context) {
    const { name, flags } = options;
    const data: JsonObject = {};
    const binaryData: JsonObject = {};
    const add = (key: string, content: Uint8Array) => {
      const errors = configKeyErrors(key);
      if (errors.length > 0) {
        throw new CommandError(`${goQuote(key)} is not a valid key name for a ConfigMap: ${errors.join(",")}`);
      }
      for (const [place, held] of [
        ["Data", data],
        ["BinaryData", binaryData],
      ] as const) {
        if (Object.hasOwn(held, key)) {
          throw new CommandError(
            `cannot add key ${goQuote(key)}, another key by that name already exists in ${place} for ConfigMap ${goQuote(name)}`,
          );
        }
      }
      const text = strictText(content);
      if (text === undefined) setKey(binaryData, key, Buffer.from(content).toString("base64"));
      else setKey(data, key, text);
    };
    addFiles(flags.list("from-file"), context, add);
    addLiterals(flags.list("from-literal"), add);
    addEnvFiles(flags.list("from-env-file"), "config", context, add);
    const object = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadataOf(options),
      ...(Object.keys(data).length > 0 ? { data } : {}),
      ...(Object.keys(binaryData).length > 0 ? { binaryData } : {}),
    };
    if (flags.bool("append-hash")) {
      const { contentHash } = await import("../../data-sources/content-hash.ts");
      object.metadata.name = `${name}-${contentHash(object as unknown as JsonObject)}`;
    }
    return object as KubeObject;
  },
});
