import { formatGoValue } from "../../api/encoding/go-value.ts";
import type { Json, JsonObject } from "../../api/json.ts";
import { listText } from "./common.ts";

/** How a member of a volume's source is printed: what stands for none, and how Go prints the others. */
type Show = "text" | "false" | "zero" | "none" | "unset" | "list" | "joined" | "reference" | "map";
/** `Path: path text`: the words before the member's own name, the member, how it is shown. */
type Row = readonly [title: string, member: string, show: Show];

export interface SourceText {
  type: string;
  rows: readonly Row[];
}

const text = (title: string, member: string): Row => [title, member, "text"];
const readOnly: Row = ["ReadOnly:", "readOnly", "false"];
const fsType = text("FSType:", "fsType");
const optional: Row = ["Optional:", "optional", "false"];
const secretRef: Row = ["SecretRef:", "secretRef", "reference"];

/** The sources of volumes that only list their members, by name. Models the print…VolumeSource functions. */
export const SOURCES: Readonly<Record<string, SourceText>> = {
  hostPath: {
    type: "HostPath (bare host directory volume)",
    rows: [text("Path:", "path"), ["HostPathType:", "type", "none"]],
  },
  gcePersistentDisk: {
    type: "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
    rows: [text("PDName:", "pdName"), fsType, ["Partition:", "partition", "zero"], readOnly],
  },
  awsElasticBlockStore: {
    type: "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
    rows: [text("VolumeID:", "volumeID"), fsType, ["Partition:", "partition", "zero"], readOnly],
  },
  gitRepo: {
    type: "GitRepo (a volume that is pulled from git when the pod is created)",
    rows: [text("Repository:", "repository"), text("Revision:", "revision")],
  },
  secret: { type: "Secret (a volume populated by a Secret)", rows: [text("SecretName:", "secretName"), optional] },
  configMap: { type: "ConfigMap (a volume populated by a ConfigMap)", rows: [text("Name:", "name"), optional] },
  nfs: {
    type: "NFS (an NFS mount that lasts the lifetime of a pod)",
    rows: [text("Server:", "server"), text("Path:", "path"), readOnly],
  },
  iscsi: {
    type: "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)",
    rows: [
      text("TargetPortal:", "targetPortal"),
      text("IQN:", "iqn"),
      ["Lun:", "lun", "zero"],
      text("ISCSIInterface", "iscsiInterface"),
      fsType,
      readOnly,
      ["Portals:", "portals", "list"],
      ["DiscoveryCHAPAuth:", "chapAuthDiscovery", "false"],
      ["SessionCHAPAuth:", "chapAuthSession", "false"],
      secretRef,
      ["InitiatorName:", "initiatorName", "none"],
    ],
  },
  persistentVolumeClaim: {
    type: "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)",
    rows: [text("ClaimName:", "claimName"), readOnly],
  },
  rbd: {
    type: "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
    rows: [
      ["CephMonitors:", "monitors", "list"],
      text("RBDImage:", "image"),
      fsType,
      text("RBDPool:", "pool"),
      text("RadosUser:", "user"),
      text("Keyring:", "keyring"),
      secretRef,
      readOnly,
    ],
  },
  quobyte: {
    type: "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
    rows: [text("Registry:", "registry"), text("Volume:", "volume"), readOnly],
  },
  azureDisk: {
    type: "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
    rows: [
      text("DiskName:", "diskName"),
      text("DiskURI:", "diskURI"),
      text("Kind: ", "kind"),
      fsType,
      text("CachingMode:", "cachingMode"),
      readOnly,
    ],
  },
  vsphereVolume: {
    type: "vSphereVolume (a Persistent Disk resource in vSphere)",
    rows: [text("VolumePath:", "volumePath"), fsType, text("StoragePolicyName:", "storagePolicyName")],
  },
  cinder: {
    type: "Cinder (a Persistent Disk resource in OpenStack)",
    rows: [text("VolumeID:", "volumeID"), fsType, readOnly, secretRef],
  },
  photonPersistentDisk: {
    type: "PhotonPersistentDisk (a Persistent Disk resource in photon platform)",
    rows: [text("PdID:", "pdID"), fsType],
  },
  portworxVolume: { type: "PortworxVolume (a Portworx Volume resource)", rows: [text("VolumeID:", "volumeID")] },
  scaleIO: {
    type: "ScaleIO (a persistent volume backed by a block device in ScaleIO)",
    rows: [
      text("Gateway:", "gateway"),
      text("System:", "system"),
      text("Protection Domain:", "protectionDomain"),
      text("Storage Pool:", "storagePool"),
      text("Storage Mode:", "storageMode"),
      text("VolumeName:", "volumeName"),
      fsType,
      readOnly,
    ],
  },
  cephfs: {
    type: "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
    rows: [
      ["Monitors:", "monitors", "list"],
      text("Path:", "path"),
      text("User:", "user"),
      text("SecretFile:", "secretFile"),
      secretRef,
      readOnly,
    ],
  },
  storageos: {
    type: "StorageOS (a StorageOS Persistent Disk resource)",
    rows: [text("VolumeName:", "volumeName"), text("VolumeNamespace:", "volumeNamespace"), fsType, readOnly],
  },
  glusterfs: {
    type: "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
    rows: [text("EndpointsName:", "endpoints"), text("Path:", "path"), readOnly],
  },
  fc: {
    type: "FC (a Fibre Channel disk)",
    rows: [["TargetWWNs:", "targetWWNs", "joined"], ["LUN:", "lun", "none"], fsType, readOnly],
  },
  azureFile: {
    type: "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
    rows: [text("SecretName:", "secretName"), text("ShareName:", "shareName"), readOnly],
  },
  flexVolume: {
    type: "FlexVolume (a generic volume resource that is provisioned/attached using an exec based plugin)",
    rows: [text("Driver:", "driver"), fsType, secretRef, readOnly, ["Options:", "options", "map"]],
  },
  flocker: {
    type: "Flocker (a Flocker volume mounted by the Flocker agent)",
    rows: [text("DatasetName:", "datasetName"), text("DatasetUUID:", "datasetUUID")],
  },
  image: {
    type: "Image (a container image or OCI artifact)",
    rows: [text("Reference:", "reference"), text("PullPolicy:", "pullPolicy")],
  },
  csi: {
    type: "CSI (a Container Storage Interface (CSI) volume source)",
    rows: [text("Driver:", "driver"), fsType, readOnly],
  },
};

/** Those that PersistentVolumes have otherwise than pods. */
export const PERSISTENT_SOURCES: Readonly<Record<string, SourceText>> = {
  ...SOURCES,
  glusterfs: {
    type: SOURCES.glusterfs!.type,
    rows: [
      text("EndpointsName:", "endpoints"),
      ["EndpointsNamespace:", "endpointsNamespace", "unset"],
      text("Path:", "path"),
      readOnly,
    ],
  },
  local: {
    type: "LocalVolume (a persistent volume backed by local storage on a node)",
    rows: [text("Path:", "path")],
  },
  azureFile: {
    type: SOURCES.azureFile!.type,
    rows: [
      text("SecretName:", "secretName"),
      text("SecretNamespace:", "secretNamespace"),
      text("ShareName:", "shareName"),
      readOnly,
    ],
  },
  csi: {
    type: SOURCES.csi!.type,
    rows: [text("Driver:", "driver"), fsType, text("VolumeHandle:", "volumeHandle"), readOnly],
  },
};

/** A member as Go prints it. */
export function memberText(value: Json | undefined, show: Show): string {
  if (show === "list") return listText((value ?? []) as string[]);
  if (show === "joined") return ((value ?? []) as string[]).join(", ");
  if (show === "map") return formatGoValue(value ?? {});
  if (show === "reference") return referenceText(value as JsonObject | undefined);
  if (value !== undefined) return String(value);
  return { text: "", false: "false", zero: "0", none: "<none>", unset: "<unset>" }[show];
}

/** A reference to a secret: a pointer to a Go struct. */
function referenceText(value: JsonObject | undefined): string {
  if (value === undefined) return "nil";
  const namespace = value.namespace === undefined ? "" : `Namespace:${value.namespace},`;
  return `&${namespace ? "SecretReference" : "LocalObjectReference"}{Name:${value.name ?? ""},${namespace}}`;
}
