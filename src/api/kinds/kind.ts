import type { Json } from "../json.ts";
import type { KubeObject } from "../object.ts";
import type { Snapshot } from "../snapshot.ts";
import type { FieldError } from "../status.ts";

/** One column of a server-printed Table (metav1.TableColumnDefinition); `priority` above 0 shows with `-o wide` alone. */
export interface Column {
  name: string;
  type: "string" | "integer" | "number" | "boolean" | "date";
  format?: string;
  priority: number;
  description?: string;
}

export interface RowContext {
  /** Milliseconds since 1970, for ages. */
  now: number;
}

/** What a kind prints: `export const table` of its folder's columns.ts. `cells` has one value a column. Models kubernetes pkg/printers/internalversion/printers.go. */
export interface TablePrinter<T extends KubeObject = KubeObject> {
  columns: Column[];
  cells(object: T, context: RowContext): Json[];
  /** The order of the rows, where it is not that of the names. */
  order?(a: T, b: T): number;
}

/** What the strategy of a kind may look at. */
export interface RequestContext {
  snapshot: Snapshot;
  now: number;
  /** "" for the main resource, else `status`, `scale`. */
  subresource: string;
  /** Tells the client something, even where the request fails. */
  warn(text: string): void;
}

/**
 * `export const conversion` of a kind's folder: between the version that is stored and the other one that clients may speak. Both
 * leave what they are given as it is. Models the Convert functions of kubernetes pkg/apis/<group>/<version>.
 */
export interface KindConversion {
  /** What a client sent, decoded, with the defaults of its version where the stored one's come too late. */
  toStored(object: KubeObject): KubeObject;
  fromStored(object: KubeObject): KubeObject;
}

/**
 * `export const behaviour` of a kind's folder's behaviour.ts: what one kind does of its own, beyond what all kinds share. Every member is optional: a kind with none is stored, listed and
 * validated by its schema. The objects are private copies: change them in place.
 * Models the strategies of kubernetes pkg/registry (PrepareForCreate, Validate, …).
 */
export interface KindBehaviour<T extends KubeObject = KubeObject> {
  /** Fills server-side defaults. Models pkg/apis/<group>/<version>/defaults.go. */
  setDefaults?(object: T, context: RequestContext): void;
  /** Clears what a client may not set, sets first values. `generation` is set by the caller. */
  prepareForCreate?(object: T, context: RequestContext): void;
  /** Keeps what this request may not change. `status` is kept (or, for the status subresource, all but it) by the caller. */
  prepareForUpdate?(next: T, previous: T, context: RequestContext): void;
  /** In the order of the real one: kubectl prints causes as they come. */
  validate?(object: T, context: RequestContext): FieldError[];
  validateUpdate?(next: T, previous: T, context: RequestContext): FieldError[];
  /** Subresources of the status only: `status`, and `approval` of signing requests. */
  validateStatusUpdate?(next: T, previous: T, context: RequestContext): FieldError[];
  /** Texts after `Warning: `. */
  warnings?(next: T, previous: T | undefined, context: RequestContext): string[];
  /** Rule for metadata.name; default: DNS subdomain. */
  validateName?(name: string, prefix: boolean): string[];
  /** True: the names of finalizers that are not the system's need no domain, as the kind is asked by no rules of kubernetes' own. */
  anyFinalizers?: boolean;
  /** True: the kind has no rules for its metadata; those of all kinds are asked when its own have found nothing. */
  metadataLast?: boolean;
  /** False: a name made of generateName is the base itself; default: random characters follow it. */
  extendsGenerateName?: boolean;
  /** Fields beside metadata.name and metadata.namespace that a field selector may name. */
  selectableFields?(object: T): Record<string, string>;
  /** The names in `selectableFields` when there is no object to ask. */
  selectableFieldNames?: readonly string[];
  /** Why a field selector may not name another field, where the kind has words of its own. */
  refuseFieldLabel?(label: string): string;
  /** True when a spec change bumps metadata.generation (kinds with a status subresource); default false. */
  hasGeneration?: boolean;
  /** True: in an update, too, empty lists and maps are told from none, as the kind's strategy takes them for a change (reflect.DeepEqual). */
  tellsEmpty?: boolean;
  /** A change beside the spec's that bumps metadata.generation too. */
  alsoCounts?(next: T, previous: T): boolean;
  /** True when the kind has a status that a write to the main resource does not touch; default: has a `status` subresource. */
  hasStatus?: boolean;
  /** The kind has a scale subresource, of spec.replicas and status.replicas: what it says is the selector of the pods. */
  scaleSelector?(object: T): string;
}
