import { byteLength } from "../../api/encoding/text.ts";
import {
  header,
  httpDate,
  type Image,
  type ImageAnswer,
  type ImageRequest,
  type PodView,
  splitTarget,
  tcp,
} from "../image.ts";
import { clfTime } from "./echoserver.ts";

const PAGE = `<html ng-app="redis">
  <head>
    <title>Guestbook</title>
    <link rel="stylesheet" href="//netdna.bootstrapcdn.com/bootstrap/3.1.1/css/bootstrap.min.css">
    <script src="https://ajax.googleapis.com/ajax/libs/angularjs/1.2.12/angular.min.js"></script>
    <script src="controllers.js"></script>
    <script src="https://cdnjs.cloudflare.com/ajax/libs/angular-ui-bootstrap/2.5.6/ui-bootstrap-tpls.js"></script>
  </head>
  <body ng-controller="RedisCtrl">
    <div style="width: 50%; margin-left: 20px">
      <h2>Guestbook</h2>
    <form>
    <fieldset>
    <input ng-model="msg" placeholder="Messages" class="form-control" type="text" name="input"><br>
    <button type="button" class="btn btn-primary" ng-click="controller.onRedis()">Submit</button>
    </fieldset>
    </form>
    <div>
      <div ng-repeat="msg in messages track by $index">
        {{msg}}
      </div>
    </div>
    </div>
  </body>
</html>
`;

/** A script that does for the page what the image's does: its own text is another. */
const SCRIPT = `angular.module('redis', ['ui.bootstrap']).controller('RedisCtrl', ['$scope', '$http', function (scope, http) {
  var list = function (text) { return text === '' ? [] : text.split(','); };
  var ask = function (query) { return http.get('guestbook.php?' + query); };
  scope.messages = [];
  scope.controller = {
    onRedis: function () {
      scope.messages.push(scope.msg);
      scope.msg = '';
      ask('cmd=set&key=messages&value=' + encodeURIComponent(scope.messages.join()));
    }
  };
  ask('cmd=get&key=messages').success(function (answer) { scope.messages = list(answer.data); });
}]);
`;

const PREDIS = "/var/www/html/Predis/Connection/AbstractConnection.php";

/** The guestbook's front end: Apache and a PHP program that keeps the messages in Redis. */
export const gbFrontend: Image = {
  entrypoint: ["docker-php-entrypoint"],
  cmd: ["apache2-foreground"],
  env: { GET_HOSTS_FROM: "dns" },
  workingDir: "/var/www/html",
  files: () => ({ "/var/www/html/index.html": PAGE, "/var/www/html/controllers.js": SCRIPT }),
  toolbox: { base: "debian", extra: ["curl", "php"] },
  process: (argv) =>
    argv.at(-1) !== "apache2-foreground"
      ? undefined
      : { lifetime: { runs: true }, listens: tcp(80), http: (request, view) => answer(request, view) },
};

function answer(request: ImageRequest, view: PodView): ImageAnswer {
  const { path, query } = splitTarget(request.target);
  if (path === "/" || path === "/index.html") return page(request, view, 200, "text/html", PAGE);
  if (path === "/controllers.js") return page(request, view, 200, "application/javascript", SCRIPT);
  if (path === "/guestbook.php") return program(request, view, query);
  const host = header(request, "host")?.replace(/:\d+$/, "") ?? view.pod.status?.podIP ?? "";
  const notFound = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n<p>The requested URL was not found on this server.</p>\n<hr>\n<address>Apache/2.4.54 (Debian) Server at ${host} Port 80</address>\n</body></html>\n`;
  return page(request, view, 404, "text/html; charset=iso-8859-1", notFound);
}

/**
 * `cmd=set&value=…` writes to the leader, any other `cmd` reads from the followers, all under one key. Without `cmd` the real one shows
 * phpinfo().
 */
function program(request: ImageRequest, view: PodView, query: string): ImageAnswer {
  const given = new URLSearchParams(query);
  const command = given.get("cmd");
  if (command === null) return page(request, view, 501, "text/plain", "kubemu does not simulate phpinfo()\n");
  const role = command === "set" ? "LEADER" : "FOLLOWER";
  const host =
    view.env.GET_HOSTS_FROM === "env" ? (view.env[`REDIS_${role}_SERVICE_HOST`] ?? "") : `redis-${role.toLowerCase()}`;
  const key = "guestbook";
  const called = view.call(host, 6379, command === "set" ? ["SET", key, given.get("value") ?? ""] : ["GET", key]);
  if ("failure" in called) {
    const why = {
      unresolved: "php_network_getaddresses: getaddrinfo failed: Name or service not known",
      refused: "Connection refused",
      timedOut: "Connection timed out",
      noRoute: "No route to host",
      closed: "Error while reading line from the server.",
    }[called.failure];
    const delay = called.failure === "timedOut" ? { delayMs: 5000 } : {};
    return { ...php(request, view, fatal("ConnectionException", `${why} [tcp://${host}:6379]`)), ...delay };
  }
  const { reply } = called;
  if (reply !== null && typeof reply === "object" && "error" in reply)
    return php(request, view, fatal("ServerException", reply.error));
  return php(request, view, command === "set" ? '{"message": "Updated"}' : `{"data": "${reply ?? ""}"}`);
}

/** What PHP shows of an exception that nobody catches. */
function fatal(kind: "ConnectionException" | "ServerException", text: string): string {
  const name = kind === "ConnectionException" ? `Predis\\Connection\\${kind}` : `Predis\\Response\\${kind}`;
  return `<br />\n<b>Fatal error</b>:  Uncaught ${name}: ${text} in ${PREDIS}:155\nStack trace:\n#0 {main}\n  thrown in <b>${PREDIS}</b> on line <b>155</b><br />\n`;
}

const php = (request: ImageRequest, view: PodView, body: string) =>
  page(request, view, 200, "application/json", body, [["X-Powered-By", "PHP/7.4.33"]]);

function page(
  request: ImageRequest,
  view: PodView,
  status: number,
  type: string,
  body: string,
  more: readonly (readonly [string, string])[] = [],
) {
  const size = byteLength(body);
  const asked = `"${request.method} ${request.target} HTTP/${request.version}"`;
  const from = `"${header(request, "referer") ?? "-"}" "${header(request, "user-agent") ?? "-"}"`;
  return {
    status,
    headers: [
      ["Date", httpDate(view.now)],
      ["Server", "Apache/2.4.54 (Debian)"],
      ...more,
      ["Content-Length", String(size)],
      ["Content-Type", type],
    ] as const,
    body: request.method === "HEAD" ? "" : body,
    log: [
      {
        stream: "stdout" as const,
        text: `${request.client.address} - - [${clfTime(view.now)}] ${asked} ${status} ${size} ${from}`,
      },
    ],
  };
}
