import { goQuote } from "../../api/encoding/go-quote.ts";
import type { Container, Pod } from "../../api/types/core.ts";
import { statusOf } from "../../programs/container-log.ts";
import { type CommandContext, CommandError } from "../command.ts";

const DEFAULT_CONTAINER = "kubectl.kubernetes.io/default-container";

/** Containers of a pod, ephemeral and init ones included, in the order in which kubectl looks for a name. */
function allContainers(
  pod: Pod,
): { container: Container; list: "containers" | "initContainers" | "ephemeralContainers" }[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  return [
    ...containers.map((container) => ({ container, list: "containers" as const })),
    ...initContainers.map((container) => ({ container, list: "initContainers" as const })),
    ...ephemeralContainers.map((container) => ({
      container: container as Container,
      list: "ephemeralContainers" as const,
    })),
  ];
}

export function findContainer(pod: Pod, name: string): Container | undefined {
  return allContainers(pod).find(({ container }) => container.name === name)?.container;
}

/** `web, debugger (ephem), setup (init)`. */
export function containerNames(pod: Pod): string {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  return [
    ...containers.map(({ name }) => name),
    ...ephemeralContainers.map(({ name }) => `${name} (ephem)`),
    ...initContainers.map(({ name }) => `${name} (init)`),
  ].join(", ");
}

export function hasSeveral(pod: Pod): boolean {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {};
  return containers.length > 1 || initContainers.length > 0 || ephemeralContainers.length > 0;
}

/**
 * The container that is meant: the named one, the annotated default, else the first, of which `told` tells when there are others.
 * Models kubectl pkg/cmd/util/podcmd (FindOrDefaultContainerByName). @throws CommandError for a name that the pod does not have
 */
export function chooseContainer(
  pod: Pod,
  name: string,
  quiet: boolean,
  { streams }: CommandContext,
  told = streams.err,
): Container {
  const { name: podName = "", namespace = "" } = pod.metadata;
  const first = pod.spec?.containers[0];
  if (!first) throw new CommandError(`pod ${namespace}/${podName} does not have any containers`);
  const wanted = name || pod.metadata.annotations?.[DEFAULT_CONTAINER] || "";
  if (wanted !== "") {
    const found = findContainer(pod, wanted);
    if (found) return found;
    throw new CommandError(`container ${wanted} is not valid for pod ${podName} out of: ${containerNames(pod)}`);
  }
  if (!quiet && hasSeveral(pod))
    told.write(`Defaulted container ${goQuote(first.name)} out of: ${containerNames(pod)}\n`);
  return first;
}

/** Whether the kubelet's runtime has that container running now. */
export function isRunning(pod: Pod, container: string): boolean {
  return statusOf(pod, container)?.state?.running !== undefined;
}
