import type { Json } from "../api/json.ts";
import type { KubeObject } from "../api/object.ts";
import type { Document } from "./document.ts";
import { namespaceOf } from "./keys.ts";

/** An object for a look, without managedFields as a rule, and the way to all of it. */
export interface Brief {
  readonly object: KubeObject;
  /** What is stored of it for tables, and where it stands: known without a look at the object. */
  readonly row?: readonly Json[];
  readonly namespace?: string;
  whole(): KubeObject;
}

/** The objects of a list, none of them parsed before somebody looks at it. */
export interface Places {
  count: number;
  at(index: number): Brief;
}

/** A line of the document. Each look at the object parses it, so that none is kept. */
export class Unread implements Brief {
  readonly #document: Document;
  readonly #place: number;
  readonly #parsed: Map<string, KubeObject | undefined>;

  constructor(document: Document, place: number, parsed: Map<string, KubeObject | undefined>) {
    this.#document = document;
    this.#place = place;
    this.#parsed = parsed;
  }

  get object(): KubeObject {
    return this.#document.parseBriefly(this.#place);
  }

  whole(): KubeObject {
    const key = this.#document.keyAt(this.#place);
    const object = this.#parsed.get(key) ?? this.#document.parseAt(this.#place);
    this.#parsed.set(key, object);
    return object;
  }
}

/** Where the rest of objects is, of which the rows are there. */
interface StoredSource {
  keyAt(index: number): string;
  brief(key: string): KubeObject;
  whole(key: string): KubeObject;
}

/** An object of which the row is enough as a rule. There are as many as lines are printed: they are kept small. */
export class Stored implements Brief {
  readonly row: readonly Json[];
  readonly #index: number;
  readonly #source: StoredSource;

  constructor(row: readonly Json[], index: number, source: StoredSource) {
    this.row = row;
    this.#index = index;
    this.#source = source;
  }

  get namespace(): string {
    return namespaceOf(this.#source.keyAt(this.#index));
  }

  get object(): KubeObject {
    return this.#source.brief(this.#source.keyAt(this.#index));
  }

  whole(): KubeObject {
    return this.#source.whole(this.#source.keyAt(this.#index));
  }
}
