import { getKey, isObject, type Json, sortedKeys } from "../json.ts";
import { type GoParts, goParts } from "../meta/quantity-parts.ts";
import type { GoField, GoType } from "./go-types.ts";

/**
 * How spew prints a value with its types (`%#v`), as the object controllers hash it: `{Name:(string)web Args:([]string)<nil> …}`. `value`
 * is the object's JSON, read as its protobuf form reads it: an empty list or map is nil. Models k8s.io/utils/dump.ForHash.
 */
export function goSpew(value: Json | undefined, type: GoType): string {
  return `(${type.text})${bare(value, type)}`;
}

/** Without the type in front, as the items of lists and maps are. */
function bare(value: Json | undefined, type: GoType): string {
  const absent = value === undefined || value === null;
  switch (type.kind) {
    case "struct":
      return struct(absent ? {} : value, type.name, [...type.fields.values()]);
    case "pointer":
      return absent ? "<nil>" : bare(value, type.item);
    case "slice":
      return Array.isArray(value) && value.length
        ? `[${value.map((item) => bare(item, type.item)).join(" ")}]`
        : "<nil>";
    case "map": {
      const keys = isObject(value) ? sortedKeys(value) : [];
      if (keys.length === 0) return "<nil>";
      return `map[${keys.map((key) => `${key}:${bare(getKey(value as object, key) as Json, type.item)}`).join(" ")}]`;
    }
    case "special":
      return special(value, type.name);
    case "string":
      return absent ? "" : String(value);
    case "bool":
      return value === true ? "true" : "false";
    case "bytes":
      return "<nil>";
    default:
      return absent ? "0" : String(value);
  }
}

/** Fields of an embedded struct stand together under its name. */
function struct(value: Json, typeName: string, fields: GoField[]): string {
  const parts: string[] = [];
  for (let i = 0; i < fields.length; ) {
    const { embedded } = fields[i]!;
    if (!embedded) {
      parts.push(member(value, typeName, fields[i++]!));
      continue;
    }
    const inner: string[] = [];
    for (; fields[i]?.embedded === embedded; i++) inner.push(member(value, embedded, fields[i]!));
    parts.push(`${embedded}:(v1.${embedded}){${inner.join(" ")}}`);
  }
  return `{${parts.join(" ")}}`;
}

function member(value: Json, typeName: string, field: GoField): string {
  const { name } = field;
  const goName = FIELD_NAMES[`${typeName}.${name}`] ?? FIELD_NAMES[name] ?? name[0]!.toUpperCase() + name.slice(1);
  return `${goName}:${goSpew(isObject(value) ? getKey(value, name) : undefined, field.type())}`;
}

function special(value: Json | undefined, name: string): string {
  switch (name) {
    case "Quantity":
      return quantity(goParts(value === undefined || value === null ? undefined : String(value)));
    case "IntOrString":
      return typeof value === "string"
        ? `{Type:(intstr.Type)1 IntVal:(int32)0 StrVal:(string)${value}}`
        : `{Type:(intstr.Type)0 IntVal:(int32)${value ?? 0} StrVal:(string)}`;
    case "Time":
      // Templates have no times.
      return "{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}";
    default:
      return "{Raw:([]uint8)<nil>}";
  }
}

function quantity({ value, scale, decimal, text, format }: GoParts): string {
  const d = decimal
    ? `(*inf.Dec){unscaled:(big.Int){neg:(bool)${decimal.unscaled < 0n} abs:(big.nat)${words(decimal.unscaled)}} scale:(inf.Scale)${decimal.scale}}`
    : "(*inf.Dec)<nil>";
  const i = `{value:(int64)${value} scale:(resource.Scale)${scale}}`;
  return `{i:(resource.int64Amount)${i} d:(resource.infDecAmount){Dec:${d}} s:(string)${text} Format:(resource.Format)${format}}`;
}

/** The 64-bit words of a big.Int, the lowest first. */
function words(unscaled: bigint): string {
  const out: bigint[] = [];
  for (let rest = unscaled < 0n ? -unscaled : unscaled; rest > 0n; rest >>= 64n) out.push(rest & (2n ** 64n - 1n));
  return out.length ? `[${out.join(" ")}]` : "<nil>";
}

/** Go's name of a field where it is not the JSON name with a capital: by the field, or by its struct too. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  "PodTemplateSpec.metadata": "ObjectMeta",
  "PersistentVolumeClaimTemplate.metadata": "ObjectMeta",
  "ISCSIVolumeSource.chapAuthDiscovery": "DiscoveryCHAPAuth",
  "ISCSIVolumeSource.chapAuthSession": "SessionCHAPAuth",
  "GlusterfsVolumeSource.endpoints": "EndpointsName",
  "RBDVolumeSource.monitors": "CephMonitors",
  "RBDVolumeSource.image": "RBDImage",
  "RBDVolumeSource.pool": "RBDPool",
  "RBDVolumeSource.user": "RadosUser",
  "AzureDiskVolumeSource.diskURI": "DataDiskURI",
  "PodSpec.serviceAccount": "DeprecatedServiceAccount",
  apiGroup: "APIGroup",
  apiVersion: "APIVersion",
  awsElasticBlockStore: "AWSElasticBlockStore",
  cephfs: "CephFS",
  csi: "CSI",
  dnsConfig: "DNSConfig",
  dnsPolicy: "DNSPolicy",
  fc: "FC",
  fsGroup: "FSGroup",
  fsGroupChangePolicy: "FSGroupChangePolicy",
  fsType: "FSType",
  gcePersistentDisk: "GCEPersistentDisk",
  gmsaCredentialSpec: "GMSACredentialSpec",
  gmsaCredentialSpecName: "GMSACredentialSpecName",
  grpc: "GRPC",
  httpGet: "HTTPGet",
  httpHeaders: "HTTPHeaders",
  ip: "IP",
  iqn: "IQN",
  iscsi: "ISCSI",
  iscsiInterface: "ISCSIInterface",
  nfs: "NFS",
  os: "OS",
  pdName: "PDName",
  rbd: "RBD",
  seLinuxChangePolicy: "SELinuxChangePolicy",
  seLinuxOptions: "SELinuxOptions",
  sslEnabled: "SSLEnabled",
  storageos: "StorageOS",
  tcpSocket: "TCPSocket",
  tty: "TTY",
  uid: "UID",
  wwids: "WWIDs",
};
