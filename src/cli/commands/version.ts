import { emitJson, type StructFields } from "../../api/encoding/json-emit.ts";
import { emitYaml } from "../../api/encoding/yaml-emit.ts";
import type { JsonObject } from "../../api/json.ts";
import { BUILD_INFO, KUBERNETES_VERSION } from "../../api/profiles/nodes.ts";
import { CommandError, defineCommand, type Invocation } from "../command.ts";

/** The kustomize that this release of kubectl is built with. */
const KUSTOMIZE_VERSION = "v5.8.1";

/** What kubectl says of itself. */
const CLIENT_VERSION: JsonObject = {
  major: "1",
  minor: "36",
  ...BUILD_INFO,
};

// Models apimachinery pkg/version/types.go.
const INFO: StructFields = {
  major: null,
  minor: null,
  emulationMajor: null,
  emulationMinor: null,
  minCompatibilityMajor: null,
  minCompatibilityMinor: null,
  gitVersion: null,
  gitCommit: null,
  gitTreeState: null,
  buildDate: null,
  goVersion: null,
  compiler: null,
  platform: null,
};
const FIELDS: StructFields = { clientVersion: INFO, kustomizeVersion: null, serverVersion: INFO };

/** Models kubectl pkg/cmd/version/version.go. */
export default defineCommand<Invocation>({
  complete(invocation, context) {
    if (!invocation.flags.bool("client")) context.checkConfig();
    return invocation;
  },
  validate({ flags, args }) {
    if (args.length > 0 && !flags.bool("client")) throw new CommandError(`extra arguments: [${args.join(" ")}]`);
    if (!["", "yaml", "json"].includes(flags.string("output"))) {
      throw new CommandError("--output must be 'yaml' or 'json'");
    }
  },
  async run({ flags }, context) {
    const version: JsonObject = { clientVersion: CLIENT_VERSION, kustomizeVersion: KUSTOMIZE_VERSION };
    let failure: unknown;
    if (!flags.bool("client")) {
      try {
        version.serverVersion = (await context.client.raw("/version")) as JsonObject;
      } catch (error) {
        failure = error;
      }
    }
    context.streams.out.write(versionText(version, flags.string("output")));
    if (failure !== undefined) throw failure;
  },
});

function versionText(version: JsonObject, output: string): string {
  if (output === "yaml") return `${emitYaml(version)}\n`;
  if (output === "json") return `${emitJson(version, "  ", FIELDS)}\n`;
  const server = version.serverVersion as JsonObject | undefined;
  return [
    `Client Version: ${KUBERNETES_VERSION}\n`,
    `Kustomize Version: ${KUSTOMIZE_VERSION}\n`,
    server ? `Server Version: ${server.gitVersion}\n` : "",
  ].join("");
}
