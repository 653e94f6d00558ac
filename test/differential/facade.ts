import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Session } from "../../src/cli/session.ts";

/** kubemu's API server as HTTP on loopback, for a real kubectl. One socket for the whole run, a fresh cluster for each sequence. */
export class Facade {
  session: Session | undefined;
  /** `GET /api/v1/… 200`, for the report of a difference. */
  readonly requests: string[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) => {
        console.error("facade:", request.method, request.url, error);
        if (!response.headersSent) response.writeHead(500);
        response.end(String(error));
      });
    });
  }

  static async listen(): Promise<Facade> {
    const facade = new Facade();
    await new Promise<void>((resolve) => facade.server.listen(0, "127.0.0.1", resolve));
    return facade;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { session } = this;
    if (!session) throw new Error("no cluster");
    const url = new URL(request.url ?? "/", this.url);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const abort = new AbortController();
    response.on("close", () => abort.abort());
    const answer = await session.http({
      method: request.method ?? "GET",
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: Buffer.concat(chunks).toString("utf8"),
      signal: abort.signal,
    });
    await session.commit();
    this.requests.push(`${request.method} ${request.url} ${answer.status}`);
    response.writeHead(answer.status, answer.headers);
    if (typeof answer.body === "string") {
      response.end(answer.body);
      return;
    }
    response.flushHeaders();
    for await (const chunk of answer.body) {
      if (abort.signal.aborted) break;
      response.write(chunk);
    }
    response.end();
  }
}
