import { type Gvk, gvkText, idOf, idText, isSelected, parseApiVersion } from "./ids.ts";
import { KustomizeError, within } from "./problem.ts";
import { get, getOrCreate } from "./yaml/fields.ts";
import { fieldOf, type Node, type NodeKind } from "./yaml/node.ts";

/** Where something is to be changed: the fields of a kind on a path, `spec/template/spec/containers[]/image`. Models types.FieldSpec. */
export interface FieldSpec extends Gvk {
  path: string;
  create: boolean;
}

export interface SpecAction {
  set(node: Node): void;
  /** What is made where the spec says that a missing field is to be; undefined: nothing. */
  kind?: NodeKind;
  tag?: string;
}

/** Models utils.PathSplitter: `\` before a delimiter keeps it. */
export function splitPath(path: string, delimiter: string): string[] {
  let parts = path.split(delimiter);
  if (parts.length > 1 && parts[0] === "") parts = parts.slice(1);
  const result = [parts[0]!];
  for (const part of parts.slice(1)) {
    const last = result.at(-1)!;
    if (last.endsWith("\\")) result[result.length - 1] = last.slice(0, -1) + delimiter + part;
    else result.push(part);
  }
  return result;
}

/** Carries the action out on the fields of an object that the spec names. Throws KustomizeError. Models api/filters/fieldspec. */
export function applyFieldSpec(object: Node, spec: FieldSpec, action: SpecAction): void {
  const { group, version } = parseApiVersion(fieldOf(object, "apiVersion")?.value ?? "");
  if (!isSelected({ group, version, kind: fieldOf(object, "kind")?.value ?? "" }, spec)) return;
  within(`considering field '${spec.path}' of object ${idText(idOf(object))}`, () =>
    new Walker(spec, action).visit(object, splitPath(spec.path, "/")),
  );
}

class Walker {
  private readonly spec: FieldSpec;
  private readonly action: SpecAction;

  constructor(spec: FieldSpec, action: SpecAction) {
    this.spec = spec;
    this.action = action;
  }

  visit(node: Node, path: readonly string[]): void {
    if (path.length === 0) this.action.set(node);
    else if (node.tag === "!!null") return;
    else if (node.kind === "map") this.visitField(node, path);
    else if (node.kind === "list") this.visitItems(node, path);
    else throw new KustomizeError("expected sequence or mapping node");
  }

  private visitItems(node: Node, path: readonly string[]): void {
    // The path is printed as Go prints a list.
    within(`visit traversal on path: [${path.join(" ")}]`, () => {
      for (const item of node.content) this.visit(item, path);
    });
  }

  private visitField(node: Node, path: readonly string[]): void {
    const part = path[0]!;
    const isList = part.endsWith("[]");
    const name = isList ? part.slice(0, -2) : part;
    if (name === "") throw new KustomizeError("cannot set or create an empty field name");
    const { kind: createKind, tag = "" } = this.action;
    const creates = this.spec.create && createKind !== undefined && !isList;
    const isLast = path.length <= 1;
    const kind = creates ? (isLast ? createKind : "map") : isList ? "list" : undefined;
    const field = within(`fieldName: ${name}`, () => (creates ? getOrCreate(node, name, kind!) : get(node, name)));
    if (field === undefined) return;
    if (field.tag === "!!null" && kind !== undefined) {
      field.kind = kind;
      field.tag = creates ? (isLast ? tag : "!!map") : "";
    }
    this.visit(field, path.slice(1));
  }
}

/** `Deployment.v1.apps:true:spec/replicas`. */
export function specText(spec: FieldSpec): string {
  return `${gvkText(spec)}:${spec.create}:${spec.path}`;
}

/** Adds a spec unless there is one for the same. Throws KustomizeError when they contradict. Models FsSlice.MergeOne. */
export function mergeSpec(specs: readonly FieldSpec[], added: FieldSpec): FieldSpec[] {
  const same = specs.find((spec) => spec.path === added.path && isSelected(spec, added));
  if (same === undefined) return [...specs, added];
  if (same.create !== added.create) throw new KustomizeError("conflicting fieldspecs");
  return [...specs];
}

export function mergeSpecs(specs: readonly FieldSpec[], added: readonly FieldSpec[]): FieldSpec[] {
  return added.reduce<FieldSpec[]>((all, spec) => mergeSpec(all, spec), [...specs]);
}
