import { emitJson } from "../../../api/encoding/json-emit.ts";
import { CommandError } from "../../command.ts";
import { createNoun, requireNounName } from "../../create-object.ts";
import { SECRET_FAILURE, secretObject } from "../../data-sources/secret-object.ts";
import { addFiles } from "../../data-sources/sources.ts";
import type { FlagValues } from "../../flags/values.ts";

const KEY = ".dockerconfigjson";

/** `create secret docker-registry NAME`. Models kubectl pkg/cmd/create/create_secret_docker.go. */
export default createNoun({
  resource: "secrets",
  failure: SECRET_FAILURE,
  validate(options) {
    requireNounName(options);
    const { flags } = options;
    const missing = ["docker-username", "docker-password", "docker-server"].some((name) => flags.string(name) === "");
    if (flags.list("from-file").length === 0 && missing) {
      throw new CommandError(
        "either --from-file or the combination of --docker-username, --docker-password and --docker-server is required",
      );
    }
  },
  build(options, context) {
    const { flags } = options;
    const sources = flags.list("from-file").map((source) => (source.includes("=") ? source : `${KEY}=${source}`));
    return secretObject(options, "kubernetes.io/dockerconfigjson", (add) => {
      if (sources.length > 0) addFiles(sources, context, add);
      else add(KEY, Buffer.from(dockerConfig(flags)));
    });
  },
});

const ENTRY_FIELDS = { username: null, password: null, email: null, auth: null };

function dockerConfig(flags: FlagValues): string {
  const username = flags.string("docker-username");
  const password = flags.string("docker-password");
  const email = flags.string("docker-email");
  const server = flags.string("docker-server");
  const auth = Buffer.from(`${username}:${password}`).toString("base64");
  const entry = { username, password, ...(email === "" ? {} : { email }), auth };
  return emitJson({ auths: { [server]: entry } }, "", { auths: { [server]: ENTRY_FIELDS } });
}
