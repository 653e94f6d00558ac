/** Descriptions of pods and of the kinds that make them: one line a type, `name: text` a field. */
const TEXTS: Readonly<Record<string, string>> = {
  PodSpec: `
activeDeadlineSeconds: After how many seconds the pod is ended whatever it does.
affinity: Which nodes and which company of other pods are wanted or to be avoided.
automountServiceAccountToken: Whether containers get a token of the pod's service account.
dnsConfig: Name servers, search domains and options beside those of the policy.
dnsPolicy: Where names are looked up: ClusterFirst, ClusterFirstWithHostNet, Default or None.
enableServiceLinks: Whether Services of the namespace show as environment variables; true unless said otherwise.
ephemeralContainers: Containers that were added to the running pod, to look into it.
hostAliases: Lines for the pod's hosts file.
hostIPC: True shares the node's inter-process communication.
hostNetwork: True puts the pod into the node's network.
hostPID: True shows the node's processes to the pod.
hostUsers: False gives the pod users of its own.
hostname: The pod's host name; its name unless said otherwise.
hostnameOverride: The host name, whatever the other fields say.
imagePullSecrets: Secrets with which images are pulled.
os: The operating system that the containers are made for.
overhead: What running the pod takes beside its containers.
preemptionPolicy: Whether less important pods may be put away for it.
priority: How important the pod is, as a number.
priorityClassName: How important the pod is, by the name of a class.
readinessGates: Conditions that must also be true before the pod is ready.
resourceClaims: Devices that the pod claims.
resources: What the containers need and may use together.
runtimeClassName: The runtime that the containers run with.
schedulerName: Who chooses the node.
schedulingGates: What must be done before a node is chosen.
schedulingGroup: The group of pods with which it is scheduled.
securityContext: Users, groups and rights that hold for all containers.
serviceAccount: The old name of serviceAccountName.
setHostnameAsFQDN: True makes the full name the host name.
shareProcessNamespace: True lets the containers see each other's processes.
subdomain: The headless Service under whose name the pod is found.
tolerations: Taints of nodes that the pod puts up with.
topologySpreadConstraints: How evenly such pods are spread over zones or nodes.`,
  PodStatus: `What the pod is doing.
allocatedResources: What the node granted to the pod.
conditions: Steps on the way to ready, and whether they are done.
containerStatuses: The state of each container.
ephemeralContainerStatuses: The state of each container that was added later.
hostIP: The address of the node.
hostIPs: All addresses of the node.
initContainerStatuses: The state of each init container.
message: Why the pod is as it is, for people.
nominatedNodeName: The node where room is being made for the pod.
observedGeneration: The generation that this status is of.
phase: Pending, Running, Succeeded, Failed or Unknown.
podIP: The pod's address.
podIPs: All addresses of the pod, one per IP family.
qosClass: How early the pod is given up when the node runs short: BestEffort, Burstable or Guaranteed.
reason: Why the pod is as it is, in one word.
resize: How far a change of resources has come.
resources: What the pod has at present.
startTime: When the node took the pod on.`,
  Container: `
envFrom: ConfigMaps and Secrets whose keys become environment variables.
imagePullPolicy: When the image is pulled: Always, IfNotPresent or Never.
lifecycle: What is done after the start and before the end.
resizePolicy: Whether a change of resources needs a restart.
restartPolicy: Always makes an init container run beside the others.
restartPolicyRules: What decides by exit code whether the container is restarted.
securityContext: User and rights of the container.
startupProbe: A check that must pass before the others begin.
stdin: True keeps the standard input open.
stdinOnce: True closes the standard input after the first that used it.
terminationMessagePath: The file whose text is shown as the reason of the end.
terminationMessagePolicy: Whether the last of the log stands in for that file.
tty: True gives the container a terminal.
volumeDevices: Volumes that the container uses as raw devices.
volumeMounts: Where the pod's volumes appear in the container.
workingDir: The folder in which the command starts.`,
  ContainerPort: `One port that a container listens on.
containerPort: The port's number.
hostIP: The address of the node that hostPort is bound to.
hostPort: A port of the node that leads to the container.
name: A name that Services may use in the place of the number.
protocol: TCP, UDP or SCTP; TCP unless said otherwise.`,
  EnvVar: `One environment variable.
name: Its name.
value: Its value; $(NAME) stands for another variable.
valueFrom: Where else its value comes from.`,
  EnvVarSource: `Where the value of a variable comes from.
configMapKeyRef: A key of a ConfigMap.
fieldRef: A field of the pod.
fileKeyRef: A key of a file in a volume.
resourceFieldRef: A limit or request of the container.
secretKeyRef: A key of a Secret.`,
  EnvFromSource: `An object whose keys become variables.
configMapRef: The ConfigMap.
prefix: What is put before each key.
secretRef: The Secret.`,
  Probe: `A check of a container.
exec: A command that must end with 0.
failureThreshold: How many failures in a row count as one.
grpc: A port that is asked by gRPC.
httpGet: An address that is asked by HTTP.
initialDelaySeconds: How many seconds after the start the checks begin.
periodSeconds: How many seconds lie between checks.
successThreshold: How many successes in a row count as one.
tcpSocket: A port that must accept connections.
terminationGracePeriodSeconds: How many seconds the container has to end after a failure.
timeoutSeconds: After how many seconds a check has failed.`,
  HTTPGetAction: `A request by HTTP.
host: The host that is asked; the pod unless said otherwise.
httpHeaders: Headers of the request.
path: The path that is asked for.
port: The port, by number or name.
scheme: HTTP or HTTPS.`,
  ResourceRequirements: `What is needed and what may be used at most.
claims: Names of devices that are used.
limits: The most that may be used.
requests: What must be there; the limits unless said otherwise.`,
  VolumeMount: `A volume in a container.
mountPath: Where it appears.
mountPropagation: Whether later mounts show through.
name: The volume's name.
readOnly: True forbids writing.
recursiveReadOnly: Whether mounts below are read-only too.
subPath: The part of the volume that appears.
subPathExpr: The same, with variables.`,
  Toleration: `A taint that is put up with.
effect: The effect; empty for all.
key: The taint's key; empty for all.
operator: Equal compares the value, Exists does not.
tolerationSeconds: For how many seconds the pod stays.
value: The taint's value.`,
  ContainerStatus: `The state of one container.
allocatedResources: What the node granted to it.
containerID: What the runtime calls it.
image: The image that it runs.
imageID: The exact image.
lastState: How it ended the last time.
name: The container's name.
ready: Whether it passes its readiness check.
resources: What it has at present.
restartCount: How often it was restarted.
started: Whether it passed its startup check.
state: Waiting, running or terminated.`,
  DeploymentStatus: `How far the Deployment is.
availableReplicas: Pods that have been ready for long enough.
collisionCount: How often a name for a ReplicaSet was taken.
conditions: Whether it is available and gets on.
observedGeneration: The generation that this status is of.
readyReplicas: Pods that are ready.
replicas: Pods in all.
terminatingReplicas: Pods that are ending.
unavailableReplicas: Pods that are still missing.
updatedReplicas: Pods of the present template.`,
  StatefulSetSpec: `The pods that are wanted, and how to get there.
minReadySeconds: How long a new pod must be ready before it counts as available.
ordinals: The number at which the pods' names begin.
persistentVolumeClaimRetentionPolicy: What becomes of the claims when pods or the set go.
podManagementPolicy: One pod after the other (OrderedReady) or all at once (Parallel).
replicas: How many pods are wanted; 1 unless said otherwise.
revisionHistoryLimit: How many old revisions are kept to go back to.
selector: The pods that belong to it; must match the labels of the template.
serviceName: The headless Service under whose name the pods are found.
template: What the pods look like.
updateStrategy: How old pods are replaced by new ones.
volumeClaimTemplates: Claims that each pod gets for itself.`,
  StatefulSetStatus: `How far the StatefulSet is.
availableReplicas: Pods that have been ready for long enough.
currentReplicas: Pods of the revision that is being left.
currentRevision: The revision that is being left.
observedGeneration: The generation that this status is of.
readyReplicas: Pods that are ready.
replicas: Pods in all.
updateRevision: The revision that is wanted.
updatedReplicas: Pods of the revision that is wanted.`,
  DaemonSetSpec: `The pods that are wanted on the nodes.
minReadySeconds: How long a new pod must be ready before it counts as available.
revisionHistoryLimit: How many old revisions are kept to go back to.
selector: The pods that belong to it; must match the labels of the template.
template: What the pods look like.
updateStrategy: How old pods are replaced by new ones.`,
  DaemonSetStatus: `How far the DaemonSet is.
currentNumberScheduled: Nodes that have a pod and should.
desiredNumberScheduled: Nodes that should have a pod.
numberAvailable: Nodes with a pod that is available.
numberMisscheduled: Nodes that have a pod and should not.
numberReady: Nodes with a pod that is ready.
numberUnavailable: Nodes that should have an available pod and have not.
observedGeneration: The generation that this status is of.
updatedNumberScheduled: Nodes with a pod of the present template.`,
  ReplicaSetSpec: `The pods that are wanted.
minReadySeconds: How long a new pod must be ready before it counts as available.
replicas: How many pods are wanted; 1 unless said otherwise.
selector: The pods that belong to it; must match the labels of the template.
template: What the pods look like.`,
  ReplicaSetStatus: `How far the ReplicaSet is.
availableReplicas: Pods that have been ready for long enough.
conditions: Whether something keeps it from making pods.
fullyLabeledReplicas: Pods that have all labels of the template.
observedGeneration: The generation that this status is of.
readyReplicas: Pods that are ready.
replicas: Pods in all.`,
  JobSpec: `The work that is wanted.
activeDeadlineSeconds: After how many seconds the Job has failed.
backoffLimit: How many failures are put up with.
completionMode: NonIndexed counts successes; Indexed gives each pod a number.
completions: How many pods must succeed.
manualSelector: True lets the author choose the selector.
parallelism: How many pods may run at once.
selector: The pods that belong to it; set by the server.
suspend: True holds the Job back.
template: What the pods look like.
ttlSecondsAfterFinished: How many seconds after its end the Job is removed.`,
  JobStatus: `How far the Job is.
active: Pods that run or wait to.
completedIndexes: Numbers of the pods that succeeded.
completionTime: When it was complete.
conditions: Whether it is complete, failed or suspended.
failed: Pods that failed.
ready: Pods that are ready.
startTime: When it began.
succeeded: Pods that succeeded.`,
  CronJobSpec: `The Jobs that are wanted, and when.
concurrencyPolicy: Whether a Job may begin while the last one runs: Allow, Forbid or Replace.
failedJobsHistoryLimit: How many failed Jobs are kept.
jobTemplate: What the Jobs look like.
schedule: The times, as cron writes them.
startingDeadlineSeconds: How many seconds late a Job may begin.
successfulJobsHistoryLimit: How many successful Jobs are kept.
suspend: True makes no more Jobs.
timeZone: The time zone of the schedule.`,
  CronJobStatus: `What the CronJob did last.
active: Jobs that run.
lastScheduleTime: When it last made a Job.
lastSuccessfulTime: When a Job last succeeded.`,
};

/** By type and by type and field, as `descriptions` has them. */
export function workloadDescriptions(): Record<string, string> {
  return byField(TEXTS);
}

/** The first line is the type's own; "" when that is told elsewhere. */
export function byField(texts: Readonly<Record<string, string>>): Record<string, string> {
  const out: Record<string, string> = {};
  for (const [type, text] of Object.entries(texts)) {
    const [own = "", ...fields] = text.split("\n");
    if (own !== "") out[type] = own;
    for (const field of fields) {
      const colon = field.indexOf(": ");
      out[`${type}.${field.slice(0, colon)}`] = field.slice(colon + 2);
    }
  }
  return out;
}
