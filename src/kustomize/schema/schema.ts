/** What is known of a field: enough to merge it. Models kyaml openapi.ResourceSchema. */
export interface Schema {
  field(name: string): Schema | undefined;
  /** Of the items of a list. */
  readonly elements: Schema | undefined;
  /** The keys by which items of a list are told apart, none for scalars; undefined for what is replaced as a whole. */
  readonly mergeKeys: readonly string[] | undefined;
}

/** The schema of a kind, by its apiVersion and kind. */
export type SchemaSource = (apiVersion: string, kind: string) => Schema | undefined;
