import { goQuote } from "../../api/encoding/go-quote.ts";
import { type JsonObject, setKey } from "../../api/json.ts";
import { configKeyErrors } from "../../api/meta/value-rules.ts";
import type { KubeObject } from "../../api/object.ts";
import { CommandError } from "../command.ts";
import { type CreateOptions, metadataOf } from "../create-object.ts";
import type { AddKey } from "./sources.ts";

/** What goes before the server's message when a Secret cannot be created. */
export const SECRET_FAILURE = "failed to create secret ";

/** A Secret that `fill` puts its keys into. Models kubectl pkg/cmd/create/create_secret.go. */
export async function secretObject(
  options: CreateOptions,
  type: string,
  fill: (add: AddKey) => void,
): Promise<KubeObject> {
  const data: JsonObject = {};
  fill((key, content) => {
    const errors = configKeyErrors(key);
    if (errors.length > 0) {
      throw new CommandError(`${goQuote(key)} is not valid key name for a Secret ${errors.join(";")}`);
    }
    if (Object.hasOwn(data, key)) {
      throw new CommandError(`cannot add key ${key}, another key by that name already exists`);
    }
    setKey(data, key, Buffer.from(content).toString("base64"));
  });
  const object = {
    apiVersion: "v1",
    kind: "Secret",
    metadata: metadataOf(options),
    ...(Object.keys(data).length > 0 ? { data } : {}),
    ...(type === "" ? {} : { type }),
  };
  if (options.flags.bool("append-hash")) {
    const { contentHash } = await import("./content-hash.ts");
    object.metadata.name = `${options.name}-${contentHash(object as unknown as JsonObject)}`;
  }
  return object as KubeObject;
}
