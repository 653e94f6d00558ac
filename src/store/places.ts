import type { KubeObject } from "../api/object.ts";
import type { Document } from "./document.ts";
import { namespaceOf } from "./keys.ts";
import type { Rows } from "./rows.ts";

/** An object for a look, without managedFields as a rule, and the way to all of it. */
export interface Brief {
  readonly object: KubeObject;
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
  brief(key: string): KubeObject;
  whole(key: string): KubeObject;
}

/** The rows of a list, and the way to the objects. */
export class StoredRows {
  readonly rows: Rows;
  readonly #source: StoredSource;

  constructor(rows: Rows, source: StoredSource) {
    this.rows = rows;
    this.#source = source;
  }

  namespace(index: number): string {
    return namespaceOf(this.rows.keyAt(index));
  }

  /** The object without managedFields. */
  brief(index: number): KubeObject {
    return this.#source.brief(this.rows.keyAt(index));
  }

  whole(index: number): KubeObject {
    return this.#source.whole(this.rows.keyAt(index));
  }
}
