import type { KubeObject } from "../api/object.ts";
import { CommandError } from "./command.ts";
import { atoi } from "./expose/generate-service.ts";
import type { FlagValues } from "./flags/values.ts";
import { parseLabels, parsePairs } from "./pairs.ts";

/** The pod that `run` makes. Throws CommandError. Models kubectl pkg/generate/versioned/run.go (BasicPod). */
export function generatePod(name: string, args: readonly string[], flags: FlagValues): KubeObject {
  const env = flags.list("env").map(parseEnv);
  const annotations = parsePairs(flags.list("annotations"), "annotations", false).set;
  const labels = flags.string("labels") === "" ? { run: name } : parseLabels(flags.string("labels"));
  const port = flags.string("port");
  const stdin = flags.bool("stdin");
  const pullPolicy = flags.string("image-pull-policy");
  const container = {
    name,
    image: flags.string("image"),
    ...(args.length === 0 ? {} : { [flags.bool("command") ? "command" : "args"]: args }),
    ...(port === "" ? {} : { ports: [{ containerPort: atoi(port) | 0 }] }),
    ...(env.length === 0 ? {} : { env }),
    ...(pullPolicy === "" ? {} : { imagePullPolicy: pullPolicy }),
    ...(flags.bool("privileged") ? { securityContext: { privileged: true } } : {}),
    ...(stdin ? { stdin } : {}),
    ...(stdin && !flags.bool("leave-stdin-open") ? { stdinOnce: true } : {}),
    ...(flags.bool("tty") ? { tty: true } : {}),
  };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
    spec: { containers: [container], restartPolicy: flags.string("restart") || "Always", dnsPolicy: "ClusterFirst" },
  };
}

/** kubectl's own rule (apimachinery's IsEnvVarName), stricter than the server's. */
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

function parseEnv(text: string): { name: string; value?: string } {
  const equals = text.indexOf("=");
  const name = text.slice(0, Math.max(0, equals));
  if (!ENV_NAME.test(name) || /^\.$|^\.\./.test(name)) throw new CommandError(`invalid env: ${text}`);
  const value = text.slice(equals + 1);
  return value === "" ? { name } : { name, value };
}

const PATH = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const HOST = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = `(?:${HOST}(?:\\.${HOST})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const DIGEST = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";

/** Models distribution/reference's ReferenceRegexp. */
export function isImageReference(text: string): boolean {
  return new RegExp(`^(?:${DOMAIN}/)?${PATH}(?:/${PATH})*(?::[\\w][\\w.-]{0,127})?(?:@${DIGEST})?$`).test(text);
}
