import { formatFloatG } from "../api/encoding/go-number.ts";
import { formatGoValue } from "../api/encoding/go-value.ts";
import { compareStrings, type Json } from "../api/json.ts";
import { applyFieldSpec, type FieldSpec } from "./field-spec.ts";
import { gvkText, inCluster, type ResId, sameGvkAndName, sameId } from "./ids.ts";
import { gvkGiven } from "./kustomization.ts";
import { KustomizeError, within } from "./problem.ts";
import type { ResMap } from "./res-map.ts";
import type { VarArgs } from "./types.ts";
import { lookUpValue, type Primitive } from "./yaml/look-up.ts";
import { isMissingOrNull, isText, type Node } from "./yaml/node.ts";

interface Var {
  name: string;
  target: ResId;
  fieldPath: string;
}

function varOf({ name = "", objref = {}, fieldref }: VarArgs): Var {
  const { apiVersion = "" } = objref;
  const parts = apiVersion.split("/");
  let { group = "", version = "" } = objref;
  if (apiVersion !== "" && parts.length === 2) [group, version] = [parts[0]!, parts[1]!];
  else if (apiVersion !== "" && parts.length === 1) version = apiVersion;
  const target = {
    group,
    version,
    kind: objref.kind ?? "",
    name: objref.name ?? "",
    namespace: objref.namespace ?? "",
  };
  return { name, target, fieldPath: fieldref?.fieldPath ?? "" };
}

/** As Go's `%v` prints a Var: its object by the kind alone. */
function shown({ name, target, fieldPath }: Var): string {
  return `{${name} ${gvkText(target)} {${fieldPath}}}`;
}

function shownAsGiven({ name = "", objref, fieldref }: VarArgs): string {
  return `{${name} ${gvkText(gvkGiven(objref))} {${fieldref?.fieldPath ?? ""}}}`;
}

/** Vars by name. Models types.VarSet. */
export class VarSet {
  readonly vars = new Map<string, Var>();

  mergeSet(other: VarSet): void {
    for (const one of other.vars.values()) this.add(one);
  }

  private add(one: Var): void {
    if (this.vars.has(one.name)) throw new KustomizeError(`var '${one.name}' already encountered`);
    this.vars.set(one.name, { ...one, fieldPath: one.fieldPath || "metadata.name" });
  }

  /** Notes on resources which vars they give a value to. Throws KustomizeError. Models ResAccumulator.MergeVars. */
  merge(args: readonly VarArgs[], map: ResMap): void {
    const incoming = args.map(varOf);
    within(`merging vars [${args.map(shownAsGiven).join(" ")}]`, () => this.mergeAll(incoming, map));
  }

  private mergeAll(incoming: readonly Var[], map: ResMap): void {
    for (const one of incoming) {
      const { target } = one;
      const exact = target.namespace !== "" || inCluster(target);
      const matched = map.byAnyId((id) => (exact ? sameId(target, id) : sameGvkAndName(target, id)));
      if (matched.length > 1)
        throw new KustomizeError(
          `found ${matched.length} resId matches for var ${shown(one)} (unable to disambiguate)`,
        );
      matched[0]?.varNames.push(one.name);
    }
    for (const one of incoming) this.add(one);
  }

  /** Puts the values where `$(NAME)` stands. Throws KustomizeError. @param log takes what Go's log prints */
  resolve(map: ResMap, specs: readonly FieldSpec[], log: (line: string) => void): void {
    const values = new Map<string, Json>();
    for (const one of [...this.vars.values()].sort((a, b) => compareStrings(a.name, b.name)))
      values.set(one.name, varValue(one, map));
    if (values.size === 0) return;
    const used = new Set<string>();
    const replace = (input: string) => replaceVars(input, values, used, log);
    for (const { node } of map.list)
      for (const spec of specs) applyFieldSpec(node, spec, { set: (at) => setVars(at, replace) });
    map.dropEmpty();
    const unused = [...values.keys()].filter((name) => !used.has(name));
    if (unused.length > 0) log(`well-defined vars that were never replaced: ${unused.join(",")}`);
  }
}

function varValue(one: Var, map: ResMap): Json {
  const source = map.list.find((resource) => resource.varNames.includes(one.name));
  if (source === undefined)
    throw new KustomizeError(`var '${shown(one)}' cannot be mapped to a field in the set of known resources`);
  try {
    return lookUpValue(source.node, one.fieldPath);
  } catch (error) {
    if (!(error instanceof KustomizeError)) throw error;
    throw new KustomizeError(`field specified in var '${shown(one)}' not found in corresponding resource`);
  }
}

type Replacer = (input: string) => Primitive;

/** Models api/filters/refvar. */
function setVars(at: Node, replace: Replacer): void {
  if (isMissingOrNull(at)) return;
  if (at.kind === "scalar") {
    if (isText(at)) update(at, replace(at.value));
  } else if (at.kind === "map") {
    for (let i = 0; i + 1 < at.content.length; i += 2) {
      const [key, value] = [at.content[i]!, at.content[i + 1]!];
      if (!isText(key)) throw new KustomizeError(`invalid map key: value='${key.value}', tag='${key.tag}'`);
      if (isText(value)) update(value, replace(value.value));
    }
  } else {
    for (const item of at.content) {
      if (!isText(item)) throw new KustomizeError("invalid value type expect a string");
      update(item, replace(item.value));
    }
  }
}

function update(node: Node, value: Primitive): void {
  node.style = "";
  node.kind = "scalar";
  if (typeof value === "string") {
    node.tag = "!!str";
    node.value = value;
  } else if (typeof value === "boolean") {
    node.tag = "!!bool";
    node.value = String(value);
  } else {
    node.tag = Number.isInteger(value) ? "!!int" : "!!float";
    node.value = String(value);
  }
}

/** Models DoReplacements: what is nothing but one variable keeps its type, `$$` is a `$`. */
function replaceVars(
  input: string,
  values: ReadonlyMap<string, Json>,
  used: Set<string>,
  log: (line: string) => void,
): Primitive {
  const replacement = (name: string): Primitive => {
    const value = values.get(name);
    if (value === undefined) return `$(${name})`;
    if (typeof value === "object") {
      const type = Array.isArray(value) ? "[]interface {}" : "map[string]interface {}";
      log(`MakePrimitiveReplacer: bad replacement type=${type} val=${formatGoValue(value)}`);
      return `$(${name})`;
    }
    used.add(name);
    return value;
  };
  const whole = /^\$\(([^)]*)\)$/.exec(input);
  if (whole) return replacement(whole[1]!);
  return input.replace(/\$(?:\$|\(([^)]*)\)|([^$]))/gs, (match, name: string | undefined) => {
    if (match === "$$") return "$";
    return name === undefined ? match : shownValue(replacement(name));
  });
}

function shownValue(value: Primitive): string {
  return typeof value === "number" && !Number.isInteger(value) ? formatFloatG(value) : String(value);
}
