import { goQuote } from "../../api/encoding/go-quote.ts";
import type { KubeObject } from "../../api/object.ts";
import type { Container, Pod } from "../../api/types/core.ts";
import { type CommandContext, CommandError } from "../command.ts";
import { byLogging, podSelector, podsBehind } from "./attachable-pod.ts";
import { containerNames, findContainer, hasSeveral } from "./containers.ts";

export interface LogOptions {
  container: string;
  allContainers: boolean;
  allPods: boolean;
  follow: boolean;
  previous: boolean;
  timestamps: boolean;
  prefix: boolean;
  ignoreErrors: boolean;
  /** 0: no limit. */
  limitBytes: number;
  mostFollowed: number;
  /** Milliseconds to wait for a first pod. */
  timeout: number;
  /** undefined: all lines. */
  tail: number | undefined;
  /** Milliseconds since 1970. */
  sinceTime: number | undefined;
  sinceSeconds: number | undefined;
}

export interface LogRequest {
  pod: Pod;
  container: string;
}

/** Which containers' logs are meant. Models kubectl pkg/polymorphichelpers/logsforobject.go (logsForObjectWithClient). */
export async function logRequests(
  object: KubeObject | Pod[],
  options: LogOptions,
  context: CommandContext,
): Promise<LogRequest[]> {
  if (Array.isArray(object)) return object.flatMap((pod) => ofPod(pod, options, context));
  if (object.kind === "Pod") return ofPod(object as Pod, options, context);
  const selector = podSelector(object, "cannot get the logs from");
  const pods = [...(await podsBehind(object.metadata.namespace ?? "", selector, options.timeout, context))].sort(
    byLogging,
  );
  if (pods.length > 1 && options.allPods) return pods.flatMap((pod) => ofPod(pod, options, context));
  if (pods.length > 1) context.streams.err.write(`Found ${pods.length} pods, using pod/${pods[0]!.metadata.name}\n`);
  return ofPod(pods[0]!, options, context);
}

function ofPod(pod: Pod, options: LogOptions, context: CommandContext): LogRequest[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  if (options.allContainers)
    return [...initContainers, ...containers, ...(ephemeralContainers as Container[])].map(({ name }) => ({
      pod,
      container: name,
    }));
  const podName = pod.metadata.name ?? "";
  let name = options.container;
  const annotated = pod.metadata.annotations?.["kubectl.kubernetes.io/default-container"] ?? "";
  if (name === "" && annotated !== "") {
    if (findContainer(pod, annotated)) name = annotated;
    else context.streams.err.write(`Default container name ${goQuote(annotated)} not found in pod ${podName}\n`);
  }
  if (name === "") {
    name = containers[0]?.name ?? "";
    if (hasSeveral(pod) && !options.allPods)
      context.streams.err.write(`Defaulted container ${goQuote(name)} out of: ${containerNames(pod)}\n`);
  }
  if (!findContainer(pod, name))
    throw new CommandError(`container ${name} is not valid for pod ${podName} out of: ${containerNames(pod)}`);
  return [{ pod, container: name }];
}
