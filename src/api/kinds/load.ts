import { type KindInfo, resourceKey } from "../registry.ts";
import type { KindBehaviour, KindConversion, TablePrinter } from "./kind.ts";

/** The kind's defaults, validation and other server-side rules; undefined where it has none of its own. */
export async function loadBehaviour(info: KindInfo): Promise<KindBehaviour | undefined> {
  return (await behaviourModule(info))?.behaviour;
}

/** For a version, or a group, that is not the one objects are stored in. */
export async function loadConversion(info: KindInfo): Promise<KindConversion> {
  const loaded = await conversionModule(info);
  if (!loaded) throw new Error(`no conversion of ${info.kind}`);
  return loaded.conversion;
}

/** What a kind prints in tables: its own columns, else name and creation time. */
export async function loadTable(info: KindInfo): Promise<TablePrinter> {
  const loaded = await columnsModule(info);
  return loaded ? loaded.table : (await import("./name-columns.ts")).defaultTable;
}

// Switches, not tables of functions: a start-up would make each of those.
// biome-ignore format: one line a kind
function behaviourModule(info: KindInfo): Promise<{ behaviour: KindBehaviour }> | undefined {
  switch (resourceKey(info)) {
    case "configmaps": return import("./configmap/behaviour.ts");
    case "endpoints": return import("./endpoints/behaviour.ts");
    case "events": return import("./event/behaviour.ts");
    case "limitranges": return import("./limitrange/behaviour.ts");
    case "namespaces": return import("./namespace/behaviour.ts");
    case "nodes": return import("./node/behaviour.ts");
    case "persistentvolumeclaims": return import("./persistentvolumeclaim/behaviour.ts");
    case "persistentvolumes": return import("./persistentvolume/behaviour.ts");
    case "pods": return import("./pod/behaviour.ts");
    case "podtemplates": return import("./podtemplate/behaviour.ts");
    case "replicationcontrollers": return import("./replicationcontroller/behaviour.ts");
    case "resourcequotas": return import("./resourcequota/behaviour.ts");
    case "secrets": return import("./secret/behaviour.ts");
    case "serviceaccounts": return import("./serviceaccount/behaviour.ts");
    case "services": return import("./service/behaviour.ts");
    case "apiservices.apiregistration.k8s.io": return import("./apiservice/behaviour.ts");
    case "controllerrevisions.apps": return import("./controllerrevision/behaviour.ts");
    case "daemonsets.apps": return import("./daemonset/behaviour.ts");
    case "deployments.apps": return import("./deployment/behaviour.ts");
    case "replicasets.apps": return import("./replicaset/behaviour.ts");
    case "statefulsets.apps": return import("./statefulset/behaviour.ts");
    case "events.events.k8s.io": return import("./event/events-behaviour.ts");
    case "horizontalpodautoscalers.autoscaling": return import("./horizontalpodautoscaler/behaviour.ts");
    case "cronjobs.batch": return import("./cronjob/behaviour.ts");
    case "jobs.batch": return import("./job/behaviour.ts");
    case "certificatesigningrequests.certificates.k8s.io": return import("./certificatesigningrequest/behaviour.ts");
    case "ingressclasses.networking.k8s.io": return import("./ingressclass/behaviour.ts");
    case "ingresses.networking.k8s.io": return import("./ingress/behaviour.ts");
    case "ipaddresses.networking.k8s.io": return import("./ipaddress/behaviour.ts");
    case "networkpolicies.networking.k8s.io": return import("./networkpolicy/behaviour.ts");
    case "servicecidrs.networking.k8s.io": return import("./servicecidr/behaviour.ts");
    case "poddisruptionbudgets.policy": return import("./poddisruptionbudget/behaviour.ts");
    case "clusterrolebindings.rbac.authorization.k8s.io": return import("./clusterrolebinding/behaviour.ts");
    case "clusterroles.rbac.authorization.k8s.io": return import("./clusterrole/behaviour.ts");
    case "rolebindings.rbac.authorization.k8s.io": return import("./rolebinding/behaviour.ts");
    case "roles.rbac.authorization.k8s.io": return import("./role/behaviour.ts");
    case "csidrivers.storage.k8s.io": return import("./csidriver/behaviour.ts");
    case "csinodes.storage.k8s.io": return import("./csinode/behaviour.ts");
    case "csistoragecapacities.storage.k8s.io": return import("./csistoragecapacity/behaviour.ts");
    case "storageclasses.storage.k8s.io": return import("./storageclass/behaviour.ts");
    case "volumeattachments.storage.k8s.io": return import("./volumeattachment/behaviour.ts");
    case "volumeattributesclasses.storage.k8s.io": return import("./volumeattributesclass/behaviour.ts");
    case "mutatingadmissionpolicies.admissionregistration.k8s.io": return import("./mutatingadmissionpolicy/behaviour.ts");
    case "mutatingadmissionpolicybindings.admissionregistration.k8s.io": return import("./mutatingadmissionpolicybinding/behaviour.ts");
    case "mutatingwebhookconfigurations.admissionregistration.k8s.io": return import("./mutatingwebhookconfiguration/behaviour.ts");
    case "validatingadmissionpolicies.admissionregistration.k8s.io": return import("./validatingadmissionpolicy/behaviour.ts");
    case "validatingadmissionpolicybindings.admissionregistration.k8s.io": return import("./validatingadmissionpolicybinding/behaviour.ts");
    case "validatingwebhookconfigurations.admissionregistration.k8s.io": return import("./validatingwebhookconfiguration/behaviour.ts");
    case "priorityclasses.scheduling.k8s.io": return import("./priorityclass/behaviour.ts");
    case "leases.coordination.k8s.io": return import("./lease/behaviour.ts");
    case "runtimeclasses.node.k8s.io": return import("./runtimeclass/behaviour.ts");
    case "endpointslices.discovery.k8s.io": return import("./endpointslice/behaviour.ts");
    case "flowschemas.flowcontrol.apiserver.k8s.io": return import("./flowschema/behaviour.ts");
    case "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io": return import("./prioritylevelconfiguration/behaviour.ts");
    default: return undefined;
  }
}

// biome-ignore format: one line a kind
function conversionModule(info: KindInfo): Promise<{ conversion: KindConversion }> | undefined {
  switch (resourceKey(info)) {
    case "events.events.k8s.io": return import("./event/conversion.ts");
    case "horizontalpodautoscalers.autoscaling": return import("./horizontalpodautoscaler/conversion.ts");
    default: return undefined;
  }
}

// biome-ignore format: one line a kind
function columnsModule(info: KindInfo): Promise<{ table: TablePrinter }> | undefined {
  switch (resourceKey(info)) {
    case "componentstatuses": return import("./componentstatus/columns.ts");
    case "configmaps": return import("./configmap/columns.ts");
    case "endpoints": return import("./endpoints/columns.ts");
    case "events": return import("./event/columns.ts");
    case "namespaces": return import("./namespace/columns.ts");
    case "nodes": return import("./node/columns.ts");
    case "persistentvolumeclaims": return import("./persistentvolumeclaim/columns.ts");
    case "persistentvolumes": return import("./persistentvolume/columns.ts");
    case "pods": return import("./pod/columns.ts");
    case "podtemplates": return import("./podtemplate/columns.ts");
    case "replicationcontrollers": return import("./replicationcontroller/columns.ts");
    case "resourcequotas": return import("./resourcequota/columns.ts");
    case "secrets": return import("./secret/columns.ts");
    case "serviceaccounts": return import("./name-columns.ts");
    case "services": return import("./service/columns.ts");
    case "apiservices.apiregistration.k8s.io": return import("./apiservice/columns.ts");
    case "controllerrevisions.apps": return import("./controllerrevision/columns.ts");
    case "daemonsets.apps": return import("./daemonset/columns.ts");
    case "deployments.apps": return import("./deployment/columns.ts");
    case "replicasets.apps": return import("./replicaset/columns.ts");
    case "statefulsets.apps": return import("./statefulset/columns.ts");
    case "events.events.k8s.io": return import("./event/columns.ts");
    case "horizontalpodautoscalers.autoscaling": return import("./horizontalpodautoscaler/columns.ts");
    case "cronjobs.batch": return import("./cronjob/columns.ts");
    case "jobs.batch": return import("./job/columns.ts");
    case "certificatesigningrequests.certificates.k8s.io": return import("./certificatesigningrequest/columns.ts");
    case "ingressclasses.networking.k8s.io": return import("./ingressclass/columns.ts");
    case "ingresses.networking.k8s.io": return import("./ingress/columns.ts");
    case "ipaddresses.networking.k8s.io": return import("./ipaddress/columns.ts");
    case "networkpolicies.networking.k8s.io": return import("./networkpolicy/columns.ts");
    case "servicecidrs.networking.k8s.io": return import("./servicecidr/columns.ts");
    case "poddisruptionbudgets.policy": return import("./poddisruptionbudget/columns.ts");
    case "clusterrolebindings.rbac.authorization.k8s.io": return import("./clusterrolebinding/columns.ts");
    case "rolebindings.rbac.authorization.k8s.io": return import("./rolebinding/columns.ts");
    case "csidrivers.storage.k8s.io": return import("./csidriver/columns.ts");
    case "csinodes.storage.k8s.io": return import("./csinode/columns.ts");
    case "storageclasses.storage.k8s.io": return import("./storageclass/columns.ts");
    case "volumeattachments.storage.k8s.io": return import("./volumeattachment/columns.ts");
    case "volumeattributesclasses.storage.k8s.io": return import("./volumeattributesclass/columns.ts");
    case "mutatingadmissionpolicies.admissionregistration.k8s.io": return import("./mutatingadmissionpolicy/columns.ts");
    case "mutatingadmissionpolicybindings.admissionregistration.k8s.io": return import("./mutatingadmissionpolicybinding/columns.ts");
    case "mutatingwebhookconfigurations.admissionregistration.k8s.io": return import("./mutatingwebhookconfiguration/columns.ts");
    case "validatingadmissionpolicies.admissionregistration.k8s.io": return import("./validatingadmissionpolicy/columns.ts");
    case "validatingadmissionpolicybindings.admissionregistration.k8s.io": return import("./validatingadmissionpolicybinding/columns.ts");
    case "validatingwebhookconfigurations.admissionregistration.k8s.io": return import("./validatingwebhookconfiguration/columns.ts");
    case "priorityclasses.scheduling.k8s.io": return import("./priorityclass/columns.ts");
    case "leases.coordination.k8s.io": return import("./lease/columns.ts");
    case "runtimeclasses.node.k8s.io": return import("./runtimeclass/columns.ts");
    case "endpointslices.discovery.k8s.io": return import("./endpointslice/columns.ts");
    case "deviceclasses.resource.k8s.io": return import("./name-columns.ts");
    case "resourceclaims.resource.k8s.io": return import("./resourceclaim/columns.ts");
    case "resourceclaimtemplates.resource.k8s.io": return import("./name-columns.ts");
    case "resourceslices.resource.k8s.io": return import("./resourceslice/columns.ts");
    case "flowschemas.flowcontrol.apiserver.k8s.io": return import("./flowschema/columns.ts");
    case "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io": return import("./prioritylevelconfiguration/columns.ts");
    default: return undefined;
  }
}
