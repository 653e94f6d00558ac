import { TableFiles } from "./table-files.ts";

/** What the Go types of the API server (and of kubectl's preferences) say of a kind's fields, read from the generated tables in go-types/. */

export interface GoField {
  name: string;
  /** Looked up when asked for: types refer to one another in circles. */
  type(): GoType;
  omitEmpty: boolean;
  omitZero: boolean;
  /** The embedded struct that it belongs to, which error messages name; else "". */
  embedded: string;
}

export type GoNumber = "int" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" | "float64";

/** `text` is the type as Go prints it: `v1.ServiceAffinity`, `[]string`. */
export type GoType = { text: string } & (
  | { kind: "struct"; name: string; fields: ReadonlyMap<string, GoField> }
  | { kind: "pointer" | "slice" | "map"; item: GoType }
  | { kind: "string" | "bool" | "bytes" | GoNumber }
  /** A type that reads its JSON itself: Time, Quantity, IntOrString … */
  | { kind: "special"; name: string }
);

interface TypesFile {
  packageName: string;
  uses: readonly string[];
  types: Readonly<Record<string, string>>;
}

const FILES = new TableFiles<TypesFile>({
  admissionregistration: () => import("./go-types/admissionregistration.ts"),
  apiextensions: () => import("./go-types/apiextensions.ts"),
  apiregistration: () => import("./go-types/apiregistration.ts"),
  apps: () => import("./go-types/apps.ts"),
  authentication: () => import("./go-types/authentication.ts"),
  authorization: () => import("./go-types/authorization.ts"),
  autoscaling: () => import("./go-types/autoscaling.ts"),
  "autoscaling-v2": () => import("./go-types/autoscaling-v2.ts"),
  batch: () => import("./go-types/batch.ts"),
  certificates: () => import("./go-types/certificates.ts"),
  coordination: () => import("./go-types/coordination.ts"),
  core: () => import("./go-types/core.ts"),
  "core-more": () => import("./go-types/core-more.ts"),
  discovery: () => import("./go-types/discovery.ts"),
  events: () => import("./go-types/events.ts"),
  flowcontrol: () => import("./go-types/flowcontrol.ts"),
  "kubectl-v1alpha1": () => import("./go-types/kubectl-v1alpha1.ts"),
  "kubectl-v1beta1": () => import("./go-types/kubectl-v1beta1.ts"),
  kustomize: () => import("./go-types/kustomize.ts"),
  meta: () => import("./go-types/meta.ts"),
  networking: () => import("./go-types/networking.ts"),
  "networking-more": () => import("./go-types/networking-more.ts"),
  node: () => import("./go-types/node.ts"),
  policy: () => import("./go-types/policy.ts"),
  rbac: () => import("./go-types/rbac.ts"),
  resource: () => import("./go-types/resource.ts"),
  scheduling: () => import("./go-types/scheduling.ts"),
  storage: () => import("./go-types/storage.ts"),
});

/** The files of an API group, `core` or `autoscaling-v2`: the first has the kinds that Services need, where there are two. */
export function schemaFilesOf(group: string, version: string): string[] {
  const name = group === "" ? "core" : group.split(".")[0]!;
  const file = version === "v1" ? name : `${name}-${version}`;
  return [file, `${file}-more`];
}

/** The type of a kind; undefined: no such kind. Loads the tables of its group and of those that it refers to. */
export async function loadGoType(ref: { group: string; version: string; kind: string }): Promise<GoType | undefined> {
  for (const file of schemaFilesOf(ref.group, ref.version)) {
    await FILES.load(file);
    const types = FILES.get(file)?.types;
    if (types && Object.hasOwn(types, ref.kind)) return named(file, ref.kind);
  }
  return undefined;
}

const known = new Map<string, GoType>();

function named(file: string, name: string): GoType {
  const key = `${file}.${name}`;
  let type = known.get(key);
  if (!type) {
    type = define(file, name);
    known.set(key, type);
  }
  return type;
}

function define(fileName: string, name: string): GoType {
  const file = FILES.get(fileName)!;
  const definition = file.types[name]!;
  const [body = "", packageName = file.packageName] = /^[=!]/.test(definition) ? definition.split(" ") : [definition];
  const text = `${packageName}.${name}`;
  if (body.startsWith("!")) return { kind: "special", name, text };
  if (body.startsWith("=")) return { ...typeOf(fileName, body.slice(1)), text };
  const fields = new Map<string, GoField>();
  for (const line of definition.split(";").filter(Boolean)) {
    const [field = "", fieldType = "", options = ""] = line.split(" ");
    const [flags = "", embedded = ""] = options.split("@");
    let type: GoType | undefined;
    fields.set(field, {
      name: field,
      type: () => {
        type ??= typeOf(fileName, fieldType);
        return type;
      },
      omitEmpty: flags.includes("?"),
      omitZero: flags.includes("0"),
      embedded,
    });
  }
  return { kind: "struct", name, text, fields };
}

/** The type of a text of the tables: `*int32`, `[]ServicePort`, `map[string]meta.Quantity`. */
function typeOf(file: string, text: string): GoType {
  if (text.startsWith("*")) {
    const item = typeOf(file, text.slice(1));
    return { kind: "pointer", item, text: `*${item.text}` };
  }
  if (text === "[]uint8") return { kind: "bytes", text };
  if (text.startsWith("[]")) {
    const item = typeOf(file, text.slice(2));
    return { kind: "slice", item, text: `[]${item.text}` };
  }
  if (text.startsWith("map[")) {
    const end = text.indexOf("]");
    const item = typeOf(file, text.slice(end + 1));
    return { kind: "map", item, text: `map[${typeOf(file, text.slice(4, end)).text}]${item.text}` };
  }
  const dot = text.indexOf(".");
  if (dot >= 0) return named(text.slice(0, dot), text.slice(dot + 1));
  if (Object.hasOwn(FILES.get(file)!.types, text)) return named(file, text);
  return { kind: text as "string" | "bool" | GoNumber, text };
}
