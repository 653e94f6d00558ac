import type { ApiClient } from "../apiserver/client.ts";

/** The methods of a client that are requests. */
export type Requests = Omit<ApiClient, "takeWarnings">;

/** What is done around each request: `send` and `open` are the request itself, which `name` and `args` tell of. */
export interface Around {
  request<R>(name: keyof Requests, args: readonly unknown[], send: () => Promise<R>): Promise<R>;
  stream<R>(name: keyof Requests, args: readonly unknown[], open: () => AsyncIterable<R>): AsyncIterable<R>;
}

/** The requests of a client, each with something done around it. */
export function aroundClient(client: ApiClient, { request, stream }: Around): Requests {
  const one =
    <A extends unknown[], R>(name: keyof Requests, method: (...args: A) => Promise<R>) =>
    (...args: A) =>
      request(name, args, () => method.apply(client, args));
  const many =
    <A extends unknown[], R>(name: keyof Requests, method: (...args: A) => AsyncIterable<R>) =>
    (...args: A) =>
      stream(name, args, () => method.apply(client, args));
  return {
    get: one("get", client.get),
    list: one("list", client.list),
    getTable: one("getTable", client.getTable),
    listTable: one("listTable", client.listTable),
    create: one("create", client.create),
    update: one("update", client.update),
    patch: one("patch", client.patch),
    delete: one("delete", client.delete),
    deleteCollection: one("deleteCollection", client.deleteCollection),
    watch: many("watch", client.watch),
    watchTable: many("watchTable", client.watchTable),
    raw: one("raw", client.raw),
  };
}
