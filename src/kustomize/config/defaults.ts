/**
 * Where kustomize changes things unless a kustomization adds places: a line has the kinds (`version:group/Kind`, `*` for all), the path, and `create` when what is
 * missing is made. commonLabels are at the places of templateLabels too. Models api/internal/konfig/builtinpluginconsts.
 */
export const DEFAULT_SPECS = {
  namePrefix: `
* metadata/name`,
  nameSuffix: `
* metadata/name`,
  namespace: `
Namespace metadata/name create
apiregistration.k8s.io/APIService spec/service/namespace create
apiextensions.k8s.io/CustomResourceDefinition spec/conversion/webhook/clientConfig/service/namespace`,
  commonLabels: `
v1:Service,v1:ReplicationController spec/selector create
Deployment,ReplicaSet,DaemonSet,apps/StatefulSet spec/selector/matchLabels create
apps/Deployment,apps/StatefulSet spec/template/spec/affinity/podAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels
apps/Deployment,apps/StatefulSet spec/template/spec/affinity/podAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels
apps/Deployment,apps/StatefulSet spec/template/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels
apps/Deployment,apps/StatefulSet spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels
apps/Deployment,apps/StatefulSet spec/template/spec/topologySpreadConstraints/labelSelector/matchLabels
batch/Job,policy/PodDisruptionBudget spec/selector/matchLabels
batch/CronJob spec/jobTemplate/spec/selector/matchLabels
networking.k8s.io/NetworkPolicy spec/podSelector/matchLabels
networking.k8s.io/NetworkPolicy spec/ingress/from/podSelector/matchLabels
networking.k8s.io/NetworkPolicy spec/egress/to/podSelector/matchLabels`,
  templateLabels: `
* metadata/labels create
v1:ReplicationController,Deployment,ReplicaSet,DaemonSet,apps/StatefulSet,batch/Job spec/template/metadata/labels create
apps/StatefulSet spec/volumeClaimTemplates[]/metadata/labels create
batch/CronJob spec/jobTemplate/metadata/labels create
batch/CronJob spec/jobTemplate/spec/template/metadata/labels create`,
  commonAnnotations: `
* metadata/annotations create
v1:ReplicationController,Deployment,ReplicaSet,DaemonSet,StatefulSet,batch/Job spec/template/metadata/annotations create
batch/CronJob spec/jobTemplate/metadata/annotations create
batch/CronJob spec/jobTemplate/spec/template/metadata/annotations create`,
  images: `
* spec/containers[]/image create
* spec/initContainers[]/image create
* spec/volumes[]/image/reference create
* spec/template/spec/containers[]/image create
* spec/template/spec/initContainers[]/image create
* spec/template/spec/volumes[]/image/reference create`,
  replicas: `
Deployment,ReplicationController,ReplicaSet,StatefulSet spec/replicas create`,
  varReference: `
CronJob spec/jobTemplate/spec/template/spec/containers/args
CronJob spec/jobTemplate/spec/template/spec/containers/command
CronJob spec/jobTemplate/spec/template/spec/containers/env/value
CronJob spec/jobTemplate/spec/template/spec/containers/volumeMounts/mountPath
CronJob spec/jobTemplate/spec/template/spec/initContainers/args
CronJob spec/jobTemplate/spec/template/spec/initContainers/command
CronJob spec/jobTemplate/spec/template/spec/initContainers/env/value
CronJob spec/jobTemplate/spec/template/spec/initContainers/volumeMounts/mountPath
CronJob spec/jobTemplate/spec/template/volumes/nfs/server
DaemonSet,Deployment,Job,ReplicaSet,StatefulSet spec/template/spec/containers/args
DaemonSet,Deployment,Job,ReplicaSet,StatefulSet spec/template/spec/containers/command
DaemonSet,Deployment,Job,ReplicaSet,StatefulSet spec/template/spec/containers/env/value
DaemonSet,Deployment,Job,ReplicaSet,StatefulSet spec/template/spec/containers/volumeMounts/mountPath
DaemonSet,Deployment,Job,ReplicaSet,StatefulSet spec/template/spec/initContainers/args
DaemonSet,Deployment,Job,ReplicaSet,StatefulSet spec/template/spec/initContainers/command
DaemonSet,Deployment,Job,ReplicaSet,StatefulSet spec/template/spec/initContainers/env/value
DaemonSet,Deployment,Job,ReplicaSet,StatefulSet spec/template/spec/initContainers/volumeMounts/mountPath
DaemonSet,Deployment,Job,ReplicaSet spec/template/spec/volumes/nfs/server
Deployment spec/template/metadata/annotations
Ingress spec/rules/host
Ingress spec/tls/hosts
Ingress spec/tls/secretName
Pod spec/containers/args
Pod spec/containers/command
Pod spec/containers/env/value
Pod spec/containers/volumeMounts/mountPath
Pod spec/initContainers/args
Pod spec/initContainers/command
Pod spec/initContainers/env/value
Pod spec/initContainers/volumeMounts/mountPath
Pod spec/volumes/nfs/server
Service spec/ports/port
Service spec/ports/targetPort
StatefulSet spec/volumeClaimTemplates/spec/nfs/server
PersistentVolume spec/nfs/server
* metadata/labels
* metadata/annotations`,
};

/** The same for the fields that hold names of other objects, below what they name. */
export const NAME_REFERENCES = `
> Deployment
HorizontalPodAutoscaler spec/scaleTargetRef/name
> ReplicationController
HorizontalPodAutoscaler spec/scaleTargetRef/name
> ReplicaSet
HorizontalPodAutoscaler spec/scaleTargetRef/name
> StatefulSet
HorizontalPodAutoscaler spec/scaleTargetRef/name
> v1:ConfigMap
v1:Pod spec/volumes/configMap/name
v1:Pod spec/containers/env/valueFrom/configMapKeyRef/name
v1:Pod spec/initContainers/env/valueFrom/configMapKeyRef/name
v1:Pod spec/containers/envFrom/configMapRef/name
v1:Pod spec/initContainers/envFrom/configMapRef/name
v1:Pod spec/volumes/projected/sources/configMap/name
PodTemplate template/spec/volumes/configMap/name
PodTemplate template/spec/containers/env/valueFrom/configMapKeyRef/name
PodTemplate template/spec/initContainers/env/valueFrom/configMapKeyRef/name
PodTemplate template/spec/containers/envFrom/configMapRef/name
PodTemplate template/spec/initContainers/envFrom/configMapRef/name
PodTemplate template/spec/volumes/projected/sources/configMap/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/volumes/configMap/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/containers/env/valueFrom/configMapKeyRef/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/containers/envFrom/configMapRef/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/initContainers/envFrom/configMapRef/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/volumes/projected/sources/configMap/name
CronJob spec/jobTemplate/spec/template/spec/volumes/configMap/name
CronJob spec/jobTemplate/spec/template/spec/volumes/projected/sources/configMap/name
CronJob spec/jobTemplate/spec/template/spec/containers/env/valueFrom/configMapKeyRef/name
CronJob spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/configMapKeyRef/name
CronJob spec/jobTemplate/spec/template/spec/containers/envFrom/configMapRef/name
CronJob spec/jobTemplate/spec/template/spec/initContainers/envFrom/configMapRef/name
Node spec/configSource/configMap
Role,ClusterRole rules/resourceNames
Ingress metadata/annotations/nginx.ingress.kubernetes.io\\/fastcgi-params-configmap
> v1:Secret
v1:Pod spec/volumes/secret/secretName
v1:Pod spec/containers/env/valueFrom/secretKeyRef/name
v1:Pod spec/initContainers/env/valueFrom/secretKeyRef/name
v1:Pod spec/containers/envFrom/secretRef/name
v1:Pod spec/initContainers/envFrom/secretRef/name
v1:Pod spec/imagePullSecrets/name
v1:Pod spec/volumes/projected/sources/secret/name
PodTemplate template/spec/volumes/secret/secretName
PodTemplate template/spec/containers/env/valueFrom/secretKeyRef/name
PodTemplate template/spec/initContainers/env/valueFrom/secretKeyRef/name
PodTemplate template/spec/containers/envFrom/secretRef/name
PodTemplate template/spec/initContainers/envFrom/secretRef/name
PodTemplate template/spec/imagePullSecrets/name
PodTemplate template/spec/volumes/projected/sources/secret/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/volumes/secret/secretName
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job,v1:serving.knative.dev/Service spec/template/spec/containers/env/valueFrom/secretKeyRef/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/containers/envFrom/secretRef/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/initContainers/envFrom/secretRef/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/imagePullSecrets/name
Deployment,ReplicaSet,DaemonSet,StatefulSet,Job spec/template/spec/volumes/projected/sources/secret/name
CronJob spec/jobTemplate/spec/template/spec/volumes/secret/secretName
CronJob spec/jobTemplate/spec/template/spec/volumes/projected/sources/secret/name
CronJob spec/jobTemplate/spec/template/spec/containers/env/valueFrom/secretKeyRef/name
CronJob spec/jobTemplate/spec/template/spec/initContainers/env/valueFrom/secretKeyRef/name
CronJob spec/jobTemplate/spec/template/spec/containers/envFrom/secretRef/name
CronJob spec/jobTemplate/spec/template/spec/initContainers/envFrom/secretRef/name
CronJob spec/jobTemplate/spec/template/spec/imagePullSecrets/name
Ingress spec/tls/secretName
Ingress metadata/annotations/ingress.kubernetes.io\\/auth-secret
Ingress metadata/annotations/nginx.ingress.kubernetes.io\\/auth-secret
Ingress metadata/annotations/nginx.ingress.kubernetes.io\\/auth-tls-secret
ServiceAccount imagePullSecrets/name
StorageClass parameters/secretName
StorageClass parameters/adminSecretName
StorageClass parameters/userSecretName
StorageClass parameters/secretRef
Role,ClusterRole rules/resourceNames
PersistentVolume spec/azureFile/secretName
> v1:Service
apps/StatefulSet spec/serviceName
Ingress spec/rules/http/paths/backend/serviceName
Ingress spec/backend/serviceName
Ingress spec/rules/http/paths/backend/service/name
Ingress spec/defaultBackend/service/name
apiregistration.k8s.io/APIService spec/service/name
admissionregistration.k8s.io/ValidatingWebhookConfiguration,admissionregistration.k8s.io/MutatingWebhookConfiguration webhooks/clientConfig/service
> rbac.authorization.k8s.io/Role
rbac.authorization.k8s.io/RoleBinding roleRef/name
> rbac.authorization.k8s.io/ClusterRole
rbac.authorization.k8s.io/RoleBinding,rbac.authorization.k8s.io/ClusterRoleBinding roleRef/name
> v1:ServiceAccount
rbac.authorization.k8s.io/RoleBinding,rbac.authorization.k8s.io/ClusterRoleBinding subjects
Pod spec/serviceAccountName
StatefulSet,Deployment,ReplicationController,Job,DaemonSet spec/template/spec/serviceAccountName
CronJob spec/jobTemplate/spec/template/spec/serviceAccountName
> v1:PersistentVolumeClaim
Pod spec/volumes/persistentVolumeClaim/claimName
StatefulSet,Deployment,ReplicationController,Job,DaemonSet spec/template/spec/volumes/persistentVolumeClaim/claimName
CronJob spec/jobTemplate/spec/template/spec/volumes/persistentVolumeClaim/claimName
> v1:PersistentVolume
PersistentVolumeClaim spec/volumeName
ClusterRole rules/resourceNames
> v1:storage.k8s.io/StorageClass
PersistentVolume,PersistentVolumeClaim spec/storageClassName
StatefulSet spec/volumeClaimTemplates/spec/storageClassName
> v1:scheduling.k8s.io/PriorityClass
Pod spec/priorityClassName
StatefulSet,Deployment,ReplicationController,Job,DaemonSet spec/template/spec/priorityClassName
CronJob spec/jobTemplate/spec/template/spec/priorityClassName
> v1:networking.k8s.io/v1/IngressClass
Ingress spec/ingressClassName
> admissionregistration.k8s.io/ValidatingAdmissionPolicy
admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding spec/policyName`;
