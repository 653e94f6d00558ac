import type { Admin } from "../admin/admin.ts";
import type { User } from "../api/types/user.ts";
import type { ApiClient, HttpRequest, HttpResponse } from "../apiserver/client.ts";

/** A connection to the cluster for one command. */
export interface Session {
  client: ApiClient;
  /** The client of somebody else, whose rights are asked about. */
  impersonate(user: User): Promise<ApiClient>;
  /** The client of whoever has the token, who may act as somebody else. */
  signIn(token: string, as?: User): Promise<ApiClient>;
  admin: Admin;
  /** The API server as HTTP, for what listens. */
  http(request: HttpRequest): Promise<HttpResponse>;
  /** Makes lasting what was written so far; called before any output of it is printed, and once at the end. */
  commit(): Promise<void>;
}
