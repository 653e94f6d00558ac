import { getKey, setKey } from "../json.ts";
import type { FieldsV1 } from "../object.ts";
import { compareElements, deserialize, type Path, type PathElement, serialize } from "./path-element.ts";

interface Entry {
  element: PathElement;
  /** The path up to here is in the set itself. */
  member: boolean;
  /** What is in the set below. */
  children: FieldSet | undefined;
}

/**
 * A set of paths. Membership of a path says nothing of the paths below or above it. The operations return new sets, that may share parts; only `insert`
 * changes one. Models structured-merge-diff fieldpath.Set.
 */
export class FieldSet {
  readonly #entries = new Map<string, Entry>();

  insert(path: Path): void {
    let set: FieldSet = this;
    path.forEach((element, i) => {
      const entry = set.#entryOf(element);
      if (i === path.length - 1) entry.member = true;
      else {
        entry.children ??= new FieldSet();
        set = entry.children;
      }
    });
  }

  #entryOf(element: PathElement): Entry {
    const text = serialize(element);
    let entry = this.#entries.get(text);
    if (entry === undefined) {
      entry = { element, member: false, children: undefined };
      this.#entries.set(text, entry);
    }
    return entry;
  }

  has(element: PathElement): boolean {
    return this.#entries.get(serialize(element))?.member ?? false;
  }

  hasPath(path: Path): boolean {
    let set: FieldSet | undefined = this;
    for (const element of path.slice(0, -1)) set = set?.below(element);
    return path.length > 0 && (set?.has(path.at(-1)!) ?? false);
  }

  /** What is in the set below an element; `undefined` when nothing is. */
  below(element: PathElement): FieldSet | undefined {
    const children = this.#entries.get(serialize(element))?.children;
    return children === undefined || children.empty ? undefined : children;
  }

  get empty(): boolean {
    for (const { member, children } of this.#entries.values())
      if (member || (children !== undefined && !children.empty)) return false;
    return true;
  }

  /** A new set out of the entries of this one and of `other`. */
  #combine(
    other: FieldSet | undefined,
    member: (a: boolean, b: boolean) => boolean,
    onlyOther: boolean,
    below: Below,
  ): FieldSet {
    const out = new FieldSet();
    const texts = new Set(this.#entries.keys());
    if (onlyOther && other) for (const text of other.#entries.keys()) texts.add(text);
    for (const text of texts) {
      const a = this.#entries.get(text);
      const b = other ? other.#entries.get(text) : undefined;
      const isMember = member(a?.member ?? false, b?.member ?? false);
      const children = below(a?.children, b?.children, b?.member ?? false);
      if (isMember || (children !== undefined && !children.empty))
        out.#entries.set(text, { element: (a ?? b)!.element, member: isMember, children });
    }
    return out;
  }

  union(other: FieldSet): FieldSet {
    return this.#combine(
      other,
      (a, b) => a || b,
      true,
      (a, b) => (a && b ? a.union(b) : (a ?? b)),
    );
  }

  intersection(other: FieldSet): FieldSet {
    return this.#combine(
      other,
      (a, b) => a && b,
      false,
      (a, b) => (a && b ? a.intersection(b) : undefined),
    );
  }

  /** Without the members of `other`; what is below a member stays. */
  difference(other: FieldSet): FieldSet {
    return this.#combine(
      other,
      (a, b) => a && !b,
      false,
      (a, b) => (a && b ? a.difference(b) : a),
    );
  }

  /** Without the members of `other` and all that is below them. */
  recursiveDifference(other: FieldSet): FieldSet {
    return this.#combine(
      other,
      (a, b) => a && !b,
      false,
      (a, b, gone) => {
        if (gone) return undefined;
        return a && b ? a.recursiveDifference(b) : a;
      },
    );
  }

  /** The same set with some of the paths above its members added: `named` says which elements, and what to ask below them. */
  withNamedFields(named: NamedFields): FieldSet {
    const out = new FieldSet();
    for (const [text, { element, member, children }] of this.#entries) {
      const below = children !== undefined && !children.empty ? children : undefined;
      out.#entries.set(text, {
        element,
        member: member || (below !== undefined && named.isNamed(element)),
        children: below?.withNamedFields(named.below(element)),
      });
    }
    return out;
  }

  #sorted(): Entry[] {
    return [...this.#entries.values()].sort((a, b) => compareElements(a.element, b.element));
  }

  /** All members, those of one level before those of the next. */
  *paths(prefix: Path = []): Generator<Path> {
    const entries = this.#sorted();
    for (const { element, member } of entries) if (member) yield [...prefix, element];
    for (const { element, children } of entries) if (children) yield* children.paths([...prefix, element]);
  }

  /** As managedFields has it, in the order of the real one. */
  toFieldsV1(): FieldsV1 {
    const out: FieldsV1 = {};
    for (const { element, member, children } of this.#sorted()) {
      const below = children === undefined || children.empty ? undefined : children.toFieldsV1();
      if (!member && below === undefined) continue;
      setKey(out, serialize(element), below === undefined ? {} : member ? { ".": {}, ...below } : below);
    }
    return out;
  }

  /** Reads `fieldsV1`. Throws SyntaxError when a key of it is damaged. */
  static fromFieldsV1(fields: FieldsV1): FieldSet {
    const out = new FieldSet();
    for (const key of Object.keys(fields)) {
      if (key === ".") continue;
      const element = deserialize(key);
      if (element === undefined) continue;
      const inner = (getKey(fields, key) ?? {}) as FieldsV1;
      const entry = out.#entryOf(element);
      const children = FieldSet.fromFieldsV1(inner);
      if (!children.empty) entry.children = children;
      entry.member = children.empty || Object.hasOwn(inner, ".");
    }
    return out;
  }

  static of(...paths: Path[]): FieldSet {
    const out = new FieldSet();
    for (const path of paths) out.insert(path);
    return out;
  }
}

type Below = (a: FieldSet | undefined, b: FieldSet | undefined, otherIsMember: boolean) => FieldSet | undefined;

export interface NamedFields {
  isNamed(element: PathElement): boolean;
  below(element: PathElement): NamedFields;
}

/** A path of member names. */
export function fieldPath(...names: string[]): Path {
  return names.map((name) => ({ type: "field", name }));
}
