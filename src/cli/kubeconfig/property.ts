import { isObject, type JsonObject, setKey } from "../../api/json.ts";
import type { Kubeconfig } from "../../api/kubeconfig.ts";
import { CommandError } from "../command.ts";
import { ConvertError, parseBool } from "../flags/convert.ts";

/** A type of client-go's configuration, with the name that Go gives it. */
type Type =
  | { kind: "string" | "bool" | "bytes"; go: string }
  | { kind: "list"; go: string; inner: string }
  | { kind: "map"; go: string; item: Type }
  | { kind: "struct"; go: string; fields: Readonly<Record<string, Type>> };

const TEXT: Type = { kind: "string", go: "string" };
const BOOL: Type = { kind: "bool", go: "bool" };
const BYTES: Type = { kind: "bytes", go: "[]uint8" };
const EXTENSIONS: Type = {
  kind: "map",
  go: "map[string]runtime.Object",
  item: { kind: "struct", go: "runtime.Object", fields: {} },
};

const struct = (go: string, fields: Readonly<Record<string, Type>>): Type => ({ kind: "struct", go, fields });
const mapOf = (item: Type): Type => ({ kind: "map", go: `map[string]*${item.go}`, item });

// Models client-go tools/clientcmd/api/types.go, whose names are not all those of the file.
const CONFIG: Type = struct("api.Config", {
  kind: TEXT,
  apiVersion: TEXT,
  preferences: struct("api.Preferences", { colors: BOOL, extensions: EXTENSIONS }),
  clusters: mapOf(
    struct("api.Cluster", {
      server: TEXT,
      "tls-server-name": TEXT,
      "insecure-skip-tls-verify": BOOL,
      "certificate-authority": TEXT,
      "certificate-authority-data": BYTES,
      "proxy-url": TEXT,
      "disable-compression": BOOL,
      extensions: EXTENSIONS,
    }),
  ),
  users: mapOf(
    struct("api.AuthInfo", {
      "client-certificate": TEXT,
      "client-certificate-data": BYTES,
      "client-key": TEXT,
      "client-key-data": BYTES,
      token: TEXT,
      tokenFile: TEXT,
      "act-as": TEXT,
      "act-as-uid": TEXT,
      "act-as-groups": { kind: "list", go: "[]string", inner: "string" },
      username: TEXT,
      password: TEXT,
      extensions: EXTENSIONS,
    }),
  ),
  contexts: mapOf(struct("api.Context", { cluster: TEXT, user: TEXT, namespace: TEXT, extensions: EXTENSIONS })),
  "current-context": TEXT,
  extensions: EXTENSIONS,
});

/** How the file names a field of the type. */
const FILE_NAMES: Readonly<Record<string, string>> = {
  "act-as": "as",
  "act-as-uid": "as-uid",
  "act-as-groups": "as-groups",
};
const MEMBERS: Readonly<Record<string, string>> = { clusters: "cluster", users: "user", contexts: "context" };

/** The steps of `clusters.10.0.0.1.server`: names of map keys may hold dots. Models kubectl pkg/cmd/config/navigation_step_parser.go. */
function stepsOf(path: string): { steps: string[]; type: Type } {
  const parts = path.split(".");
  const steps: { name: string; type: Type }[] = [];
  let type: Type = CONFIG;
  let at = 0;
  while (at < parts.length) {
    if (type.kind === "map") {
      const known = type.item.kind === "struct" ? Object.keys(type.item.fields) : [];
      const found = parts.slice(at + 1).findIndex((part) => known.includes(part));
      const end = found < 0 ? parts.length : at + 1 + found;
      type = type.item;
      steps.push({ name: parts.slice(at, end).join("."), type });
      at = end;
    } else if (type.kind === "struct") {
      const name = parts[at]!;
      const field: Type | undefined = Object.hasOwn(type.fields, name) ? type.fields[name] : undefined;
      if (!field) {
        const done = steps.map((step) => `{${step.name} ${goType(step.type, steps.indexOf(step))}}`).join(" ");
        throw new CommandError(`unable to parse ${path} after [${done}] at ${goType(type, steps.length - 1)}`);
      }
      steps.push({ name, type: field });
      type = field;
      at++;
    } else throw new CommandError(`unable to parse one or more field values of ${path}`);
  }
  return { steps: steps.map((step) => step.name), type };
}

/** The values of maps are pointers. */
function goType(type: Type, index: number): string {
  return index === 1 && type.kind === "struct" ? `*${type.go}` : type.go;
}

/** Sets or (`value` undefined) unsets a property in place. Throws CommandError. Models kubectl pkg/cmd/config/set.go (modifyConfig). */
export function changeProperty(config: Kubeconfig, path: string, value: string | undefined, rawBytes = false): void {
  const { steps, type } = stepsOf(path);
  const [section = "", name, field] = steps;
  const member = MEMBERS[section];
  const target = config as unknown as JsonObject;
  if (member === undefined) {
    const owner = steps.length > 1 ? ownerOf(target, section) : target;
    assign(owner, steps.at(-1)!, type, value, rawBytes);
    return;
  }
  const list = target[section] as { name: string }[];
  if (name === undefined) {
    if (value !== undefined) throw new CommandError(`can't set a map to a value: ${goMap(list)}`);
    target[section] = [];
    return;
  }
  let entry = list.find((one) => one.name === name) as unknown as JsonObject | undefined;
  if (field === undefined) {
    if (value !== undefined) throw new CommandError(`can't set a map to a value: ${goMap(list)}`);
    target[section] = list.filter((one) => one.name !== name) as unknown as JsonObject[];
    return;
  }
  if (!entry) {
    if (value === undefined) throw new CommandError(`current map key \`${name}\` is invalid`);
    entry = { name, [member]: {} };
    (target[section] as JsonObject[]).push(entry);
  }
  assign(entry[member] as JsonObject, FILE_NAMES[field] ?? field, type, value, rawBytes);
}

function ownerOf(target: JsonObject, section: string): JsonObject {
  if (!isObject(target[section])) target[section] = {};
  return target[section] as JsonObject;
}

/** Go prints the pointers that the map holds; the addresses are of no use. */
function goMap(list: readonly { name: string }[]): string {
  return `map[${list.map((one) => `${one.name}:0xc000000000`).join(" ")}]`;
}

function assign(owner: JsonObject, name: string, type: Type, value: string | undefined, rawBytes: boolean): void {
  if (value === undefined) {
    if (name === "current-context") owner[name] = "";
    else delete owner[name];
    return;
  }
  switch (type.kind) {
    case "string":
      setKey(owner, name, value);
      return;
    case "bool":
      try {
        setKey(owner, name, parseBool(value));
      } catch (error) {
        if (error instanceof ConvertError) throw new CommandError(error.message);
        throw error;
      }
      return;
    case "bytes":
      setKey(owner, name, rawBytes ? Buffer.from(value).toString("base64") : checkBase64(value));
      return;
    case "list":
      throw new CommandError(`unrecognized slice type. ${type.inner}`);
    default:
      throw new CommandError(`can't set a map to a value: map[]`);
  }
}

/** Models Go's base64.StdEncoding.DecodeString: where the first byte is that does not fit. */
function checkBase64(text: string): string {
  const clean = text.replace(/[\r\n]/g, "");
  const fail = (at: number) => new CommandError(`error decoding input value: illegal base64 data at input byte ${at}`);
  const bad = clean.search(/[^A-Za-z0-9+/]/);
  const end = bad < 0 ? clean.length : bad;
  const padding = clean.slice(end);
  const wanted = end % 4 === 2 ? "==" : end % 4 === 3 ? "=" : "";
  if (padding !== wanted || end % 4 === 1) throw fail(bad < 0 ? clean.length : end);
  return clean;
}
