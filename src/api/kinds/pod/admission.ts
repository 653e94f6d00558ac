import { goQuote } from "../../encoding/go-quote.ts";
import { equal } from "../../json.ts";
import { keyedSuffix } from "../../keyed-random.ts";
import { nameIsPathSegment } from "../../meta/value-rules.ts";
import type { KubeObject } from "../../object.ts";
import type { Snapshot } from "../../snapshot.ts";
import { ApiError, forbidden } from "../../status.ts";
import type { Container, Pod, ServiceAccount, Toleration, Volume } from "../../types/core.ts";

/** Models kubernetes plugin/pkg/admission (serviceaccount, priority, defaulttolerationseconds), which run in this order. */

interface PriorityClass extends KubeObject {
  value: number;
  globalDefault?: boolean;
  preemptionPolicy?: "Never" | "PreemptLowerPriority";
}

const TOKEN_VOLUME = "kube-api-access-";
const TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

/** What a new pod is given after its defaults and before its preparation. Throws ApiError (Forbidden). */
export function admitPod(pod: Pod, snapshot: Snapshot): void {
  admitServiceAccount(pod, snapshot);
  admitPriority(pod, snapshot);
  admitRuntime(pod, snapshot);
  admitTolerations(pod);
}

/** On a write to a stored pod. */
export function admitPodUpdate(next: Pod, previous: Pod): void {
  const spec = next.spec!;
  if (spec.priority === undefined && previous.spec?.priority !== undefined) spec.priority = previous.spec.priority;
  if (spec.preemptionPolicy === undefined && previous.spec?.preemptionPolicy !== undefined)
    spec.preemptionPolicy = previous.spec.preemptionPolicy;
  admitTolerations(next);
}

function refused(pod: Pod, message: string): ApiError {
  return forbidden({ group: "", resource: "pods" }, pod.metadata.name ?? "", message);
}

/** What a client says of a name that no path can have. Models client-go rest/request.go. */
const wrongName = (name: string, wrong: string) => `invalid resource name ${goQuote(name)}: [${wrong}]`;

function admitServiceAccount(pod: Pod, snapshot: Snapshot): void {
  const spec = pod.spec!;
  const { namespace = "" } = pod.metadata;
  const name = spec.serviceAccountName || "default";
  spec.serviceAccountName = name;
  spec.serviceAccount = name;
  const account = snapshot.get<ServiceAccount>("serviceaccounts", namespace, name);
  // The default one is made by a controller soon after its namespace; the real plugin waits for it.
  const [wrong] = nameIsPathSegment(name, false);
  if (wrong) throw refused(pod, `error looking up service account ${namespace}/${name}: ${wrongName(name, wrong)}`);
  if (!account && name !== "default")
    throw refused(pod, `error looking up service account ${namespace}/${name}: serviceaccount "${name}" not found`);
  if (spec.automountServiceAccountToken ?? account?.automountServiceAccountToken ?? true)
    mountToken(pod, snapshot.cluster.seed);
  if (!spec.imagePullSecrets?.length && account?.imagePullSecrets?.length)
    spec.imagePullSecrets = account.imagePullSecrets.map((secret) => ({ name: secret.name }));
}

function mountToken(pod: Pod, seed: string): void {
  const spec = pod.spec!;
  const present = (spec.volumes ?? []).find((volume) => volume.name.startsWith(TOKEN_VOLUME));
  const { namespace = "", name = "" } = pod.metadata;
  const volume = present?.name ?? TOKEN_VOLUME + keyedSuffix(5, seed, "tokenVolume", namespace, name);
  let needed = false;
  const mount = (container: Container) => {
    if (container.volumeMounts?.some(({ mountPath }) => mountPath === TOKEN_PATH)) return;
    container.volumeMounts = [
      ...(container.volumeMounts ?? []),
      { name: volume, readOnly: true, mountPath: TOKEN_PATH },
    ];
    needed = true;
  };
  for (const container of spec.initContainers ?? []) mount(container);
  for (const container of spec.containers ?? []) mount(container);
  if (needed && !present) spec.volumes = [...(spec.volumes ?? []), tokenVolume(volume)];
}

function tokenVolume(name: string): Volume {
  return {
    name,
    projected: {
      defaultMode: 0o644,
      sources: [
        { serviceAccountToken: { expirationSeconds: 3607, path: "token" } },
        { configMap: { name: "kube-root-ca.crt", items: [{ key: "ca.crt", path: "ca.crt" }] } },
        {
          downwardAPI: {
            items: [{ path: "namespace", fieldRef: { apiVersion: "v1", fieldPath: "metadata.namespace" } }],
          },
        },
      ],
    },
  };
}

// The two that each API server makes for itself at its start.
const SYSTEM_CLASSES = new Map([
  ["system-cluster-critical", 2000000000],
  ["system-node-critical", 2000001000],
]);

function priorityClassOf(
  name: string,
  snapshot: Snapshot,
): Pick<PriorityClass, "value" | "preemptionPolicy"> | undefined {
  const value = SYSTEM_CLASSES.get(name);
  return (
    snapshot.get<PriorityClass>("priorityclasses.scheduling.k8s.io", "", name) ??
    (value === undefined ? undefined : { value, preemptionPolicy: "PreemptLowerPriority" })
  );
}

function admitPriority(pod: Pod, snapshot: Snapshot): void {
  const spec = pod.spec!;
  let found: Pick<PriorityClass, "value" | "preemptionPolicy"> | undefined = {
    value: 0,
    preemptionPolicy: "PreemptLowerPriority",
  };
  if (spec.priorityClassName) {
    found = priorityClassOf(spec.priorityClassName, snapshot);
    if (!found) throw refused(pod, `no PriorityClass with name ${spec.priorityClassName} was found`);
  } else {
    const classes = snapshot.list<PriorityClass>("priorityclasses.scheduling.k8s.io");
    const [standard] = classes.filter(({ globalDefault }) => globalDefault).sort((a, b) => a.value - b.value);
    if (standard) spec.priorityClassName = standard.metadata.name;
    found = standard ?? found;
  }
  const end = "from the given PriorityClass name";
  if (spec.priority !== undefined && spec.priority !== found.value)
    throw refused(
      pod,
      `the integer value of priority (${spec.priority}) must not be provided in pod spec; priority admission controller computed ${found.value} ${end}`,
    );
  spec.priority = found.value;
  if (found.preemptionPolicy === undefined) return;
  if (spec.preemptionPolicy !== undefined && spec.preemptionPolicy !== found.preemptionPolicy)
    throw refused(
      pod,
      `the string value of PreemptionPolicy (${spec.preemptionPolicy}) must not be provided in pod spec; priority admission controller computed ${found.preemptionPolicy} ${end}`,
    );
  spec.preemptionPolicy = found.preemptionPolicy;
}

interface RuntimeClass extends KubeObject {
  overhead?: { podFixed?: Record<string, string> };
  scheduling?: { nodeSelector?: Record<string, string>; tolerations?: Toleration[] };
}

function runtimeClassOf(pod: Pod, snapshot: Snapshot): RuntimeClass | undefined {
  const name = pod.spec!.runtimeClassName;
  if (name === undefined) return undefined;
  const [wrong] = nameIsPathSegment(name, false);
  // The plugin hands the error of its client on.
  if (name === "") throw new ApiError({ code: 500, message: "resource name may not be empty" });
  if (wrong) throw new ApiError({ code: 500, message: wrongName(name, wrong) });
  const found = snapshot.get<RuntimeClass>("runtimeclasses.node.k8s.io", "", name);
  if (!found) throw refused(pod, `pod rejected: RuntimeClass ${goQuote(name)} not found`);
  return found;
}

/** Models plugin/pkg/admission/runtimeclass: what the class adds. */
function admitRuntime(pod: Pod, snapshot: Snapshot): void {
  const spec = pod.spec!;
  const found = runtimeClassOf(pod, snapshot);
  if (!found) return;
  const overhead = found.overhead?.podFixed;
  if (overhead) {
    if (Object.keys(spec.overhead ?? {}).length > 0 && !equal(spec.overhead, overhead))
      throw refused(pod, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead");
    spec.overhead = { ...overhead };
  }
  const { nodeSelector, tolerations } = found.scheduling ?? {};
  for (const [key, value] of Object.entries(nodeSelector ?? {})) {
    const own = spec.nodeSelector?.[key];
    if (own !== undefined && own !== value)
      throw refused(
        pod,
        `conflict: runtimeClass.scheduling.nodeSelector[${key}] = ${value}; pod.spec.nodeSelector[${key}] = ${own}`,
      );
  }
  if (nodeSelector) spec.nodeSelector = { ...spec.nodeSelector, ...nodeSelector };
  for (const toleration of tolerations ?? [])
    if (!spec.tolerations?.some((other) => equal(other, toleration)))
      spec.tolerations = [...(spec.tolerations ?? []), { ...toleration }];
}

/** Of a new pod that is valid. Throws ApiError (Forbidden). */
export function admitOverhead(pod: Pod, snapshot: Snapshot): void {
  if (Object.keys(pod.spec?.overhead ?? {}).length === 0 || runtimeClassOf(pod, snapshot)?.overhead) return;
  throw refused(pod, "pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead");
}

/** Five minutes on a node that fails, unless the pod says otherwise. */
function admitTolerations(pod: Pod): void {
  const spec = pod.spec!;
  const given = spec.tolerations ?? [];
  const tolerates = (key: string) =>
    given.some((toleration) => {
      const { key: own = "", effect = "" } = toleration;
      return (own === key || own === "") && (effect === "NoExecute" || effect === "");
    });
  const added = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]
    .filter((key) => !tolerates(key))
    .map((key): Toleration => ({ key, operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 }));
  if (added.length > 0) spec.tolerations = [...given, ...added];
}
