import { describe, expect, it } from "vitest";
import { Kubectl } from "../support/kubectl.ts";
import { deployment, prepare, type Situation, service } from "./situations.ts";

// Verdicts, rules and addresses are those of connect(), held by the recorded traffic matrix; exit statuses are curl's own.

const WEB = deployment("web", "nginx");
const CLIENT =
  "---\napiVersion: v1\nkind: Pod\nmetadata: {name: client, namespace: default}\nspec: {containers: [{name: sh, image: nicolaka/netshoot, command: [sleep, infinity]}]}\n";
const SVC = service(
  "web",
  "{type: NodePort, clusterIP: 10.96.0.50, selector: {app: web}, ports: [{name: http, port: 8080, targetPort: 80, nodePort: 30080}]}",
);

const SITUATIONS: Situation[] = [
  {
    name: "a node port on localhost",
    manifest: WEB + SVC,
    ask: "trace localhost:30080",
    status: 0,
    stdout: `localhost:30080 from host

NAMES
  localhost   /etc/hosts   127.0.0.1 localhost; ::1 localhost ip6-localhost ip6-loopback

PATH to 127.0.0.1:30080/TCP
  1   host                               192.168.65.1                                 node port 30080 is published on localhost
  2   node docker-desktop                192.168.65.3                                 KUBE-NODEPORTS has 192.168.65.3:30080
  3   nodePort default/web               192.168.65.3:30080   nodePort 30080 (http)   KUBE-EXT -> KUBE-SVC -> KUBE-SEP (1 of 1)
  4   clusterIP default/web              10.96.0.50:8080      port 8080 (http)        default/web chooses among its endpoints
  5   endpoint default/web               10.244.0.4:80        targetPort 80           from its EndpointSlice
  6   pod default/web-687bf59799-b9rmh   10.244.0.4:80        targetPort 80           pod web-687bf59799-b9rmh listens on 80
  7   container main                     :80                  port 80                 pod web-687bf59799-b9rmh listens on 80

REWRITTEN
  DNAT   host             127.0.0.1:30080 -> 192.168.65.3:30080   node port 30080 is published on localhost
  DNAT   docker-desktop   192.168.65.3:30080 -> 10.244.0.4:80     KUBE-EXT -> KUBE-SVC -> KUBE-SEP (1 of 1)
  SNAT   docker-desktop   192.168.65.1 -> 10.244.0.1              KUBE-POSTROUTING -> MASQUERADE (KUBE-EXT: masquerade traffic for external destinations -> KUBE-MARK-MASQ)

VERDICT answered: pod web-687bf59799-b9rmh listens on 80
CLIENT seen as 10.244.0.1
curl exits 0 (HTTP 200)
`,
  },
  {
    name: "a node port on kind's first worker",
    profile: "kind",
    manifest: WEB + SVC,
    ask: "trace http://172.18.0.3:30080/",
    status: 0,
    stdout: `http://172.18.0.3:30080/ from host

PATH to 172.18.0.3:30080/TCP
  1   host                               172.18.0.1                                 route to 172.18.0.3
  2   node kind-worker                   172.18.0.3                                 KUBE-NODEPORTS has 172.18.0.3:30080
  3   nodePort default/web               172.18.0.3:30080   nodePort 30080 (http)   KUBE-EXT -> KUBE-SVC -> KUBE-SEP (1 of 1)
  4   clusterIP default/web              10.96.0.50:8080    port 8080 (http)        default/web chooses among its endpoints
  5   endpoint default/web               10.244.2.3:80      targetPort 80           from its EndpointSlice
  6   node kind-worker2                  172.18.0.4                                 route to the pod
  7   pod default/web-687bf59799-nsvfv   10.244.2.3:80      targetPort 80           pod web-687bf59799-nsvfv listens on 80
  8   container main                     :80                port 80                 pod web-687bf59799-nsvfv listens on 80

REWRITTEN
  DNAT   kind-worker   172.18.0.3:30080 -> 10.244.2.3:80   KUBE-EXT -> KUBE-SVC -> KUBE-SEP (1 of 1)
  SNAT   kind-worker   172.18.0.1 -> 172.18.0.3            KUBE-POSTROUTING -> MASQUERADE (KUBE-EXT: masquerade traffic for external destinations -> KUBE-MARK-MASQ)

VERDICT answered: pod web-687bf59799-nsvfv listens on 80
CLIENT seen as 172.18.0.3
curl exits 0 (HTTP 200)
`,
  },
  {
    name: "a name, from a pod",
    manifest: WEB + SVC + CLIENT,
    ask: "trace http://web:8080 --from pod/client",
    status: 0,
    stdout: `http://web:8080 from pod/client

NAMES
  web.default.svc.cluster.local.   10.96.0.10   web.default.svc.cluster.local. 30 A 10.96.0.50

PATH to 10.96.0.50:8080/TCP
  1   pod default/client                 10.244.0.5                           default route to its node
  2   node docker-desktop                192.168.65.3                         KUBE-SERVICES has 10.96.0.50:8080
  3   clusterIP default/web              10.96.0.50:8080   port 8080 (http)   KUBE-SVC -> KUBE-SEP (1 of 1)
  4   endpoint default/web               10.244.0.4:80     targetPort 80      from its EndpointSlice
  5   pod default/web-687bf59799-b9rmh   10.244.0.4:80     targetPort 80      pod web-687bf59799-b9rmh listens on 80
  6   container main                     :80               port 80            pod web-687bf59799-b9rmh listens on 80

REWRITTEN
  DNAT   docker-desktop   10.96.0.50:8080 -> 10.244.0.4:80   KUBE-SVC -> KUBE-SEP (1 of 1)

VERDICT answered: pod web-687bf59799-b9rmh listens on 80
CLIENT seen as 10.244.0.5
curl exits 0 (HTTP 200)
`,
  },
  {
    name: "a name with its namespace, from a pod",
    manifest: WEB + SVC + CLIENT,
    ask: "trace http://web.default:8080 --from pod/client",
    status: 0,
    stdout: `http://web.default:8080 from pod/client

NAMES
  web.default.default.svc.cluster.local.   10.96.0.10   NXDOMAIN
  web.default.svc.cluster.local.           10.96.0.10   web.default.svc.cluster.local. 30 A 10.96.0.50

PATH to 10.96.0.50:8080/TCP
  1   pod default/client                 10.244.0.5                           default route to its node
  2   node docker-desktop                192.168.65.3                         KUBE-SERVICES has 10.96.0.50:8080
  3   clusterIP default/web              10.96.0.50:8080   port 8080 (http)   KUBE-SVC -> KUBE-SEP (1 of 1)
  4   endpoint default/web               10.244.0.4:80     targetPort 80      from its EndpointSlice
  5   pod default/web-687bf59799-b9rmh   10.244.0.4:80     targetPort 80      pod web-687bf59799-b9rmh listens on 80
  6   container main                     :80               port 80            pod web-687bf59799-b9rmh listens on 80

REWRITTEN
  DNAT   docker-desktop   10.96.0.50:8080 -> 10.244.0.4:80   KUBE-SVC -> KUBE-SEP (1 of 1)

VERDICT answered: pod web-687bf59799-b9rmh listens on 80
CLIENT seen as 10.244.0.5
curl exits 0 (HTTP 200)
`,
  },
  {
    name: "a ClusterIP from this machine",
    manifest: WEB + SVC,
    ask: "trace http://10.96.0.50:8080",
    status: 0,
    stdout: `http://10.96.0.50:8080 from host

PATH to 10.96.0.50:8080/TCP
  1   host   192.168.65.1      the host has no way to cluster addresses: 10.96.0.50 is lost

VERDICT dropped: the host has no way to cluster addresses: 10.96.0.50 is lost
curl exits 28: Failed to connect to 10.96.0.50 port 8080 after 131072 ms: Couldn't connect to server
HINT only pods and nodes reach the CLUSTER-IP of service/web: --from pod/NAME, or kubectl port-forward service/web 8080:8080
`,
  },
  {
    name: "a ClusterIP from a node",
    manifest: WEB + SVC,
    ask: "trace http://10.96.0.50:8080 --from node/docker-desktop",
    status: 0,
    stdout: `http://10.96.0.50:8080 from node/docker-desktop

PATH to 10.96.0.50:8080/TCP
  1   node docker-desktop                192.168.65.3                         KUBE-SERVICES has 10.96.0.50:8080
  2   clusterIP default/web              10.96.0.50:8080   port 8080 (http)   KUBE-SVC -> KUBE-SEP (1 of 1)
  3   endpoint default/web               10.244.0.4:80     targetPort 80      from its EndpointSlice
  4   pod default/web-687bf59799-b9rmh   10.244.0.4:80     targetPort 80      pod web-687bf59799-b9rmh listens on 80
  5   container main                     :80               port 80            pod web-687bf59799-b9rmh listens on 80

REWRITTEN
  DNAT   docker-desktop   10.96.0.50:8080 -> 10.244.0.4:80   KUBE-SVC -> KUBE-SEP (1 of 1)
  SNAT   docker-desktop   192.168.65.3 -> 10.244.0.1         KUBE-POSTROUTING -> MASQUERADE (KUBE-SVC: source outside the pod range -> KUBE-MARK-MASQ)

VERDICT answered: pod web-687bf59799-b9rmh listens on 80
CLIENT seen as 10.244.0.1
curl exits 0 (HTTP 200)
`,
  },
  {
    name: "no endpoints",
    manifest: SVC + CLIENT,
    ask: "trace web:8080 --from pod/client",
    status: 0,
    stdout: `web:8080 from pod/client

NAMES
  web.default.svc.cluster.local.   10.96.0.10   web.default.svc.cluster.local. 30 A 10.96.0.50

PATH to 10.96.0.50:8080/TCP
  1   pod default/client    10.244.0.4        default route to its node
  2   node docker-desktop   192.168.65.3      KUBE-SERVICES: default/web:http has no endpoints -> REJECT

VERDICT refused: KUBE-SERVICES: default/web:http has no endpoints -> REJECT
curl exits 7: Failed to connect to web port 8080 after 0 ms: Couldn't connect to server
HINT selector app=web matches no pod, and no label in namespace default is near it (kubemu doctor svc/web)
`,
  },
  {
    name: "a wrong targetPort",
    manifest:
      WEB +
      CLIENT +
      service("web", "{clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}"),
    ask: "trace web --from pod/client",
    status: 0,
    stdout: `web from pod/client

NAMES
  web.default.svc.cluster.local.   10.96.0.10   web.default.svc.cluster.local. 30 A 10.96.0.50

PATH to 10.96.0.50:80/TCP
  1   pod default/client                 10.244.0.5                          default route to its node
  2   node docker-desktop                192.168.65.3                        KUBE-SERVICES has 10.96.0.50:80
  3   clusterIP default/web              10.96.0.50:80     port 80           KUBE-SVC -> KUBE-SEP (1 of 1)
  4   endpoint default/web               10.244.0.4:8080   targetPort 8080   from its EndpointSlice
  5   pod default/web-687bf59799-b9rmh   10.244.0.4:8080   targetPort 8080   nothing in pod web-687bf59799-b9rmh listens on 8080

REWRITTEN
  DNAT   docker-desktop   10.96.0.50:80 -> 10.244.0.4:8080   KUBE-SVC -> KUBE-SEP (1 of 1)

VERDICT refused: nothing in pod web-687bf59799-b9rmh listens on 8080
curl exits 7: Failed to connect to web port 80 after 0 ms: Couldn't connect to server
HINT port 80 leads to targetPort 8080, where nobody listens; deployment/web listens on 80/TCP (kubemu doctor svc/web)
`,
  },
  {
    name: "a port that the Service does not have",
    manifest: WEB + SVC + CLIENT,
    ask: "trace web:81 --from pod/client",
    status: 0,
    stdout: `web:81 from pod/client

NAMES
  web.default.svc.cluster.local.   10.96.0.10   web.default.svc.cluster.local. 30 A 10.96.0.50

PATH to 10.96.0.50:81/TCP
  1   pod default/client    10.244.0.5        default route to its node
  2   node docker-desktop   192.168.65.3      default/web has no port 81/TCP, and no machine has the address 10.96.0.50

REWRITTEN
  SNAT   docker-desktop   10.244.0.5 -> 192.168.65.3   the network plug-in masquerades what pods send outside

VERDICT dropped: default/web has no port 81/TCP, and no machine has the address 10.96.0.50
curl exits 28: Failed to connect to web port 81 after 131072 ms: Couldn't connect to server
HINT service/web in namespace default has 8080/TCP
`,
  },
  {
    name: "a name that nobody knows",
    manifest: CLIENT,
    ask: "trace wbe --from pod/client",
    status: 0,
    stdout: `wbe from pod/client

NAMES
  wbe.default.svc.cluster.local.   10.96.0.10   NXDOMAIN
  wbe.svc.cluster.local.           10.96.0.10   NXDOMAIN
  wbe.cluster.local.               10.96.0.10   NXDOMAIN
  wbe.                             10.96.0.10   NXDOMAIN

VERDICT nameNotFound: no name server knows an address of wbe
curl exits 6: Could not resolve host: wbe
`,
  },
  {
    name: "a load balancer on localhost",
    manifest:
      WEB +
      service(
        "web",
        "{type: LoadBalancer, clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}",
      ),
    ask: "trace localhost",
    status: 0,
    stdout: `localhost from host

NAMES
  localhost   /etc/hosts   127.0.0.1 localhost; ::1 localhost ip6-localhost ip6-loopback

PATH to 127.0.0.1:80/TCP
  1   host                               192.168.65.1                          default/web is published on localhost
  2   loadBalancer default/web           localhost:80         port 80          default/web is published on localhost
  3   node docker-desktop                192.168.65.3                          KUBE-NODEPORTS has 192.168.65.3:30080
  4   nodePort default/web               192.168.65.3:30080   nodePort 30080   KUBE-EXT -> KUBE-SVC -> KUBE-SEP (1 of 1)
  5   clusterIP default/web              10.96.0.50:80        port 80          default/web chooses among its endpoints
  6   endpoint default/web               10.244.0.4:80        targetPort 80    from its EndpointSlice
  7   pod default/web-687bf59799-b9rmh   10.244.0.4:80        targetPort 80    pod web-687bf59799-b9rmh listens on 80
  8   container main                     :80                  port 80          pod web-687bf59799-b9rmh listens on 80

REWRITTEN
  DNAT   host             127.0.0.1:80 -> 192.168.65.3:30080    default/web is published on localhost
  DNAT   docker-desktop   192.168.65.3:30080 -> 10.244.0.4:80   KUBE-EXT -> KUBE-SVC -> KUBE-SEP (1 of 1)
  SNAT   docker-desktop   192.168.65.1 -> 10.244.0.1            KUBE-POSTROUTING -> MASQUERADE (KUBE-EXT: masquerade traffic for external destinations -> KUBE-MARK-MASQ)

VERDICT answered: pod web-687bf59799-b9rmh listens on 80
CLIENT seen as 10.244.0.1
curl exits 0 (HTTP 200)
`,
  },
  {
    name: "an ExternalName, from a pod",
    lines: ["outside add www.example.com 198.51.100.90 --http hello"],
    manifest: CLIENT + service("www", "{type: ExternalName, externalName: www.example.com}"),
    ask: "trace http://www/ --from pod/client",
    status: 0,
    stdout: `http://www/ from pod/client

NAMES
  www.default.svc.cluster.local.   10.96.0.10   www.default.svc.cluster.local. 30 CNAME www.example.com.; www.example.com. 60 A 198.51.100.90

PATH to 198.51.100.90:80/TCP
  1   pod default/client        10.244.0.4                   default route to its node
  2   node docker-desktop       192.168.65.3                 the network plug-in masquerades what pods send outside
  3   outside www.example.com   198.51.100.90:80   port 80   www.example.com listens on 80

REWRITTEN
  SNAT   docker-desktop   10.244.0.4 -> 192.168.65.3   the network plug-in masquerades what pods send outside

VERDICT answered: www.example.com listens on 80
CLIENT seen as 192.168.65.3
curl exits 0 (HTTP 404)
`,
  },
  {
    name: "TLS to an ExternalName",
    lines: ["outside add www.example.com 198.51.100.90 --http hello"],
    manifest: CLIENT + service("www", "{type: ExternalName, externalName: www.example.com}"),
    ask: "trace https://www/ --from pod/client",
    status: 0,
    stdout: `https://www/ from pod/client

NAMES
  www.default.svc.cluster.local.   10.96.0.10   www.default.svc.cluster.local. 30 CNAME www.example.com.; www.example.com. 60 A 198.51.100.90

PATH to 198.51.100.90:443/TCP
  1   pod default/client        10.244.0.4                     default route to its node
  2   node docker-desktop       192.168.65.3                   the network plug-in masquerades what pods send outside
  3   outside www.example.com   198.51.100.90:443   port 443   www.example.com listens on 443

REWRITTEN
  SNAT   docker-desktop   10.244.0.4 -> 192.168.65.3   the network plug-in masquerades what pods send outside

VERDICT answered: www.example.com listens on 443
CLIENT seen as 192.168.65.3
curl exits 60: SSL: no alternative certificate subject name matches target host name 'www'
`,
  },
  {
    name: "source ranges that do not hold this machine",
    manifest:
      WEB +
      service(
        "web",
        "{type: LoadBalancer, clusterIP: 10.96.0.50, loadBalancerSourceRanges: [203.0.113.0/24], selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}",
      ),
    lines: [
      [
        "patch",
        "service",
        "web",
        "--subresource=status",
        "--type=merge",
        "-p",
        '{"status":{"loadBalancer":{"ingress":[{"ip":"192.168.65.200"}]}}}',
      ],
    ],
    profile: "bare",
    ask: "trace http://192.168.65.200/",
    status: 0,
    stdout: `http://192.168.65.200/ from host

PATH to 192.168.65.200:80/TCP
  1   host                       192.168.65.1                  route to 192.168.65.200
  2   loadBalancer default/web   192.168.65.200:80   port 80   VIP on the nodes
  3   node node-1                192.168.65.3                  KUBE-PROXY-FIREWALL: default/web traffic not accepted by its loadBalancerSourceRanges -> DROP

VERDICT dropped: KUBE-PROXY-FIREWALL: default/web traffic not accepted by its loadBalancerSourceRanges -> DROP
curl exits 28: Failed to connect to 192.168.65.200 port 80 after 131072 ms: Couldn't connect to server
HINT loadBalancerSourceRanges 203.0.113.0/24 do not hold this machine (192.168.65.1): its packets are dropped (kubemu doctor svc/web)
`,
  },
  {
    name: "externalTrafficPolicy Local on a node without a pod",
    profile: "kind",
    manifest:
      WEB +
      service(
        "web",
        "{type: NodePort, clusterIP: 10.96.0.50, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]}",
      ),
    ask: "trace http://172.18.0.2:30080/",
    status: 0,
    stdout: `http://172.18.0.2:30080/ from host

PATH to 172.18.0.2:30080/TCP
  1   host                      172.18.0.1      route to 172.18.0.2
  2   node kind-control-plane   172.18.0.2      KUBE-EXTERNAL-SERVICES: default/web has no local endpoints -> DROP

VERDICT dropped: KUBE-EXTERNAL-SERVICES: default/web has no local endpoints -> DROP
curl exits 28: Failed to connect to 172.18.0.2 port 30080 after 131072 ms: Couldn't connect to server
HINT externalTrafficPolicy Local drops what reaches its node port on kind-control-plane, kind-worker: no pod of it runs there (kubemu doctor svc/web)
`,
  },
  {
    name: "a pod's own Service, from it",
    manifest:
      "---\napiVersion: v1\nkind: Pod\nmetadata: {name: one, namespace: default, labels: {app: one}}\nspec: {containers: [{name: main, image: nginx}]}\n" +
      service("one", "{clusterIP: 10.96.0.51, selector: {app: one}, ports: [{port: 80}]}"),
    ask: "trace 10.96.0.51 --from pod/one",
    status: 0,
    stdout: `10.96.0.51 from pod/one

PATH to 10.96.0.51:80/TCP
  1   pod default/one         10.244.0.4                      default route to its node
  2   node docker-desktop     192.168.65.3                    KUBE-SERVICES has 10.96.0.51:80
  3   clusterIP default/one   10.96.0.51:80   port 80         KUBE-SVC -> KUBE-SEP (1 of 1)
  4   endpoint default/one    10.244.0.4:80   targetPort 80   from its EndpointSlice
  5   pod default/one         10.244.0.4:80   targetPort 80   pod one listens on 80
  6   container main          :80             port 80         pod one listens on 80

REWRITTEN
  DNAT   docker-desktop   10.96.0.51:80 -> 10.244.0.4:80   KUBE-SVC -> KUBE-SEP (1 of 1)
  SNAT   docker-desktop   10.244.0.4 -> 10.244.0.1         KUBE-POSTROUTING -> MASQUERADE (KUBE-SEP: the endpoint is the client -> KUBE-MARK-MASQ)

VERDICT answered: pod one listens on 80
CLIENT seen as 10.244.0.1
curl exits 0 (HTTP 200)
`,
  },
  {
    name: "a headless Service whose port is not the target port",
    manifest:
      WEB + CLIENT + service("web", "{clusterIP: None, selector: {app: web}, ports: [{port: 8080, targetPort: 80}]}"),
    ask: "trace web:8080 --from pod/client",
    status: 0,
    stdout: `web:8080 from pod/client

NAMES
  web.default.svc.cluster.local.   10.96.0.10   web.default.svc.cluster.local. 30 A 10.244.0.4

PATH to 10.244.0.4:8080/TCP
  1   pod default/client                 10.244.0.5           default route to its node
  2   node docker-desktop                192.168.65.3         route to the pod
  3   pod default/web-687bf59799-b9rmh   10.244.0.4:8080      nothing in pod web-687bf59799-b9rmh listens on 8080

VERDICT refused: nothing in pod web-687bf59799-b9rmh listens on 8080
curl exits 7: Failed to connect to web port 8080 after 0 ms: Couldn't connect to server
HINT it is headless: its name leads to the pods themselves, which listen on 80 and not on 8080 (kubemu doctor svc/web)
`,
  },
  {
    name: "a pod's address from this machine",
    lines: ["run web --image=nginx"],
    ask: "trace http://10.244.0.4/",
    status: 0,
    stdout: `http://10.244.0.4/ from host

PATH to 10.244.0.4:80/TCP
  1   host   192.168.65.1      the host has no way to pods: 10.244.0.4 is lost

VERDICT dropped: the host has no way to pods: 10.244.0.4 is lost
curl exits 28: Failed to connect to 10.244.0.4 port 80 after 131072 ms: Couldn't connect to server
HINT only pods and nodes reach pod web: --from pod/NAME, or kubectl port-forward pod/web 8080:80
`,
  },
  {
    name: "a UDP port asked by TCP",
    manifest:
      WEB +
      CLIENT +
      service("web", "{clusterIP: 10.96.0.50, selector: {app: web}, ports: [{port: 80, protocol: UDP}]}"),
    ask: "trace web --from pod/client",
    status: 0,
    stdout: `web from pod/client

NAMES
  web.default.svc.cluster.local.   10.96.0.10   web.default.svc.cluster.local. 30 A 10.96.0.50

PATH to 10.96.0.50:80/TCP
  1   pod default/client    10.244.0.5        default route to its node
  2   node docker-desktop   192.168.65.3      default/web has no port 80/TCP, and no machine has the address 10.96.0.50

REWRITTEN
  SNAT   docker-desktop   10.244.0.5 -> 192.168.65.3   the network plug-in masquerades what pods send outside

VERDICT dropped: default/web has no port 80/TCP, and no machine has the address 10.96.0.50
curl exits 28: Failed to connect to web port 80 after 131072 ms: Couldn't connect to server
HINT service/web in namespace default has 80/UDP
`,
  },
  {
    name: "the API server, from a pod in a cloud",
    profile: "cloud",
    manifest: CLIENT,
    ask: "trace https://kubernetes/ --from pod/client",
    status: 0,
    stdout: `https://kubernetes/ from pod/client

NAMES
  kubernetes.default.svc.cluster.local.   10.96.0.10   kubernetes.default.svc.cluster.local. 30 A 10.96.0.1

PATH to 10.96.0.1:443/TCP
  1   pod default/client               10.244.0.2                         default route to its node
  2   node ip-10-0-1-11.ec2.internal   10.0.1.11                          KUBE-SERVICES has 10.96.0.1:443
  3   clusterIP default/kubernetes     10.96.0.1:443   port 443 (https)   KUBE-SVC -> KUBE-SEP (1 of 1)
  4   endpoint default/kubernetes      10.0.0.25:443   targetPort 443     from its EndpointSlice
  5   process kube-apiserver           :443            port 443           the API server listens there

REWRITTEN
  DNAT   ip-10-0-1-11.ec2.internal   10.96.0.1:443 -> 10.0.0.25:443   KUBE-SVC -> KUBE-SEP (1 of 1)
  SNAT   ip-10-0-1-11.ec2.internal   10.244.0.2 -> 10.0.1.11          the network plug-in masquerades what pods send outside

VERDICT answered: the API server listens there
CLIENT seen as 10.0.1.11
curl exits 60: SSL certificate problem: unable to get local issuer certificate
`,
  },
  {
    name: "internalTrafficPolicy Local on a node without a pod",
    profile: "kind",
    manifest:
      deployment("web", "nginx").replace("containers:", "nodeName: kind-worker\n      containers:") +
      service(
        "web",
        "{clusterIP: 10.96.0.50, internalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]}",
      ),
    ask: "trace 10.96.0.50 --from node/kind-worker2",
    status: 0,
    stdout: `10.96.0.50 from node/kind-worker2

PATH to 10.96.0.50:80/TCP
  1   node kind-worker2   172.18.0.4      KUBE-SERVICES: default/web has no local endpoints -> DROP

VERDICT dropped: KUBE-SERVICES: default/web has no local endpoints -> DROP
curl exits 28: Failed to connect to 10.96.0.50 port 80 after 131072 ms: Couldn't connect to server
HINT internalTrafficPolicy Local drops what pods on kind-worker2 send: no pod of it runs there (kubemu doctor svc/web)
`,
  },
  {
    name: "as Mermaid",
    manifest: WEB + SVC,
    ask: "trace localhost:30080 -o mermaid",
    status: 0,
    stdout: `flowchart LR
  h1["host<br/>192.168.65.1"]
  h2["node docker-desktop<br/>192.168.65.3"]
  h3["nodePort default/web<br/>192.168.65.3:30080<br/>nodePort 30080 (http)"]
  h4["clusterIP default/web<br/>10.96.0.50:8080<br/>port 8080 (http)"]
  h5["endpoint default/web<br/>10.244.0.4:80<br/>targetPort 80"]
  h6["pod default/web-687bf59799-b9rmh<br/>10.244.0.4:80<br/>targetPort 80"]
  h7["container main<br/>:80<br/>port 80"]
  end1(["answered<br/>curl exits 0 (HTTP 200)"])
  h1 -->|"node port 30080 is published on localhost"| h2
  h2 -->|"KUBE-NODEPORTS has 192.168.65.3:30080"| h3
  h3 -->|"KUBE-EXT -> KUBE-SVC -> KUBE-SEP (1 of 1)"| h4
  h4 -->|"default/web chooses among its endpoints"| h5
  h5 -->|"from its EndpointSlice"| h6
  h6 -->|"pod web-687bf59799-b9rmh listens on 80"| h7
  h7 -->|"pod web-687bf59799-b9rmh listens on 80"| end1
`,
  },
  {
    name: "as dot",
    manifest: SVC + CLIENT,
    ask: "trace web:8080 --from pod/client -o dot",
    status: 0,
    stdout: `digraph trace {
  rankdir=LR;
  node [shape=box];
  h1 [label="pod default/client\\n10.244.0.4"];
  h2 [label="node docker-desktop\\n192.168.65.3"];
  end [shape=ellipse, label="refused\\ncurl exits 7: Failed to connect to web port 8080 after 0 ms: Couldn't connect to server"];
  h1 -> h2 [label="default route to its node"];
  h2 -> end [label="KUBE-SERVICES: default/web:http has no endpoints -> REJECT"];
}
`,
  },
  {
    name: "as JSON",
    manifest: CLIENT,
    ask: "trace wbe --from pod/client -o json",
    status: 0,
    stdout: `{
    "attempts": [],
    "curl": {
        "exit": 6,
        "message": "curl: (6) Could not resolve host: wbe"
    },
    "from": "pod/client",
    "host": "wbe",
    "names": [
        {
            "name": "wbe.default.svc.cluster.local.",
            "records": [],
            "result": "NXDOMAIN",
            "source": "10.96.0.10"
        },
        {
            "name": "wbe.svc.cluster.local.",
            "records": [],
            "result": "NXDOMAIN",
            "source": "10.96.0.10"
        },
        {
            "name": "wbe.cluster.local.",
            "records": [],
            "result": "NXDOMAIN",
            "source": "10.96.0.10"
        },
        {
            "name": "wbe.",
            "records": [],
            "result": "NXDOMAIN",
            "source": "10.96.0.10"
        }
    ],
    "rule": "no name server knows an address of wbe",
    "url": "wbe",
    "verdict": "nameNotFound"
}
`,
  },
];

describe("trace", () => {
  it("is held by at least twenty situations, each another one", () => {
    expect(new Set(SITUATIONS.map(({ name }) => name)).size).toBe(24);
    expect(new Set(SITUATIONS.map(({ stdout }) => stdout)).size).toBe(24);
  });

  it.each(SITUATIONS)("$name", async (situation) => {
    const kubectl = new Kubectl(situation.profile ? { profile: situation.profile } : {});
    await prepare(kubectl, situation);
    const before = kubectl.read("/state.json");
    const ran = await kubectl.run(situation.ask);
    expect(ran).toEqual({
      stdout: situation.stdout,
      stderr: "",
      status: situation.status,
    });
    // It records nothing.
    expect(kubectl.read("/state.json")).toBe(before);
  });

  it.each([
    ["trace", "error: exactly one URL is required, got 0\nSee 'kubemu trace -h' for help and examples\n"],
    ["trace web --from moon", 'error: unknown place "moon": expected host, node/NAME or pod/NAME\n'],
    ["trace web -o xml", 'error: unknown output format "xml", must be one of: json, mermaid, dot\n'],
    ["trace http://a:b/", 'error: cannot trace "http://a:b/": URL using bad/illegal format or missing URL\n'],
    ["trace web --from pod/nothere", 'Error from server (NotFound): pods "nothere" not found\n'],
  ])("%s", async (line, stderr) => {
    expect(await new Kubectl().run(line)).toEqual({ stdout: "", stderr, status: 1 });
  });

  it("says who knows the name of a Service when the machine does not", async () => {
    const kubectl = new Kubectl({ files: { "web.yaml": WEB + SVC } });
    await kubectl.ok("apply -f web.yaml");
    for (const host of ["web", "web.default", "web.default.svc.cluster.local"])
      expect((await kubectl.ok(`trace http://${host}:8080`)).split("\n").slice(-4)).toEqual([
        `VERDICT nameNotFound: no name server knows an address of ${host}`,
        `curl exits 6: Could not resolve host: ${host}`,
        "HINT only pods know service/web in namespace default by its name: --from pod/NAME",
        "",
      ]);
    for (const host of ["wbe", "web.other"]) expect(await kubectl.ok(`trace http://${host}`)).not.toContain("HINT");
  });

  it("draws boxes that fit a terminal of 80 columns, and leaves nothing out", async () => {
    const kubectl = new Kubectl({ files: { "web.yaml": WEB + SVC }, env: { NO_COLOR: "1" } });
    await kubectl.ok("apply -f web.yaml");
    kubectl.terminal = true;
    const lines = (await kubectl.ok("trace localhost:30080")).replace(/\x1b\[\d+m/g, "").split("\n");
    const boxes = lines.filter((line) => /^[┌│├└]/.test(line));
    expect(Math.max(...boxes.map((line) => line.length))).toBe(80);
    const at = lines.findIndex((line) => line.startsWith("│ 6 │"));
    expect(lines.slice(at, at + 4)).toEqual([
      "│ 6 │ pod             │ 10.244.0.4:80      │ targetPort 80   │ pod             │",
      "│   │ default/web-    │                    │                 │ web-687bf59799- │",
      "│   │ 687bf59799-     │                    │                 │ b9rmh listens   │",
      "│   │ b9rmh           │                    │                 │ on 80           │",
    ]);
  });
});
