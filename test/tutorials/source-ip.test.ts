import { tutorial } from "./page.ts";

tutorial({
  title: "Using Source IP: ClusterIP and NodePort",
  source: "kubernetes/website content/en/docs/tutorials/services/source-ip.md",
  profile: "kind",
  counts: { commands: 11, shown: 10, deviations: 2, typedOtherwise: 2 },
  steps: [
    {
      run: "kubectl create deployment source-ip-app --image=registry.k8s.io/echoserver:1.10",
      shows: `deployment.apps/source-ip-app created
`,
      prints: `deployment.apps/source-ip-app created
`,
    },
    {
      run: "kubectl get nodes",
      shows: `NAME STATUS ROLES AGE VERSION
kubernetes-node-6jst Ready <none> 2h v1.13.0
kubernetes-node-cx31 Ready <none> 2h v1.13.0
kubernetes-node-jj1t Ready <none> 2h v1.13.0
`,
      prints: `NAME                 STATUS   ROLES           AGE   VERSION
kind-control-plane   Ready    control-plane   1s    v1.36.2
kind-worker          Ready    <none>          1s    v1.36.2
kind-worker2         Ready    <none>          1s    v1.36.2
`,
      deviates: "nodes, roles and version are this cluster's",
    },
    {
      run: "kubemu on node/kind-worker -- curl -s http://localhost:10249/proxyMode",
      instead: "a shell on the node is `kubemu on`",
      shows: "iptables",
      prints: "iptables",
    },
    {
      run: "kubectl expose deployment source-ip-app --name=clusterip --port=80 --target-port=8080",
      shows: `service/clusterip exposed
`,
      prints: `service/clusterip exposed
`,
    },
    {
      run: "kubectl get svc clusterip",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
clusterip ClusterIP 10.0.170.92 <none> 80/TCP 51s
`,
      prints: `NAME        TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE
clusterip   ClusterIP   10.101.3.4   <none>        80/TCP    1s
`,
    },
    {
      run: "kubectl run busybox -it --image=busybox:1.28 --restart=Never --rm",
      instead: "the Service's address by its variable",
      typed: ["ip addr", "wget -qO - $CLUSTERIP_SERVICE_HOST", "exit"],
      shows: `client_address=10.244.3.8
`,
      prints: `/ # ip addr
1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
    inet6 ::1/128 scope host 
       valid_lft forever preferred_lft forever
2: eth0@if6: <BROADCAST,MULTICAST,UP,LOWER_UP,M-DOWN> mtu 1500 qdisc noqueue 
    link/ether 0a:58:0a:f4:02:03 brd ff:ff:ff:ff:ff:ff
    inet 10.244.2.3/24 brd 10.244.2.255 scope global eth0
       valid_lft forever preferred_lft forever
    inet6 fe80::858:aff:fef4:203/64 scope link 
       valid_lft forever preferred_lft forever
/ # wget -qO - $CLUSTERIP_SERVICE_HOST


Hostname: source-ip-app-6f55c4d64f-tg7j7

Pod Information:
	-no pod information available-

Server values:
	server_version=nginx: 1.14.2 - lua: 10015

Request Information:
	client_address=10.244.2.3
	method=GET
	real path=/
	query=
	request_version=1.1
	request_scheme=http
	request_uri=http://10.101.3.4:8080/

Request Headers:
	connection=close
	host=10.101.3.4
	user-agent=Wget

Request Body:
	-no body in request-

/ # exit
Session ended, resume using 'kubectl attach busybox -c busybox -n default -i -t' command
pod "busybox" deleted from default namespace
`,
      warns: `All commands and output from this session will be recorded in container logs, including credentials and sensitive information passed through the command prompt.
If you don't see a command prompt, try pressing enter.
`,
      deviates:
        "the page shows echoserver 1.4's words; 1.10 describes the request in sections; the interface is plugged into a bridge as eth0@if5",
    },
    {
      run: "kubectl expose deployment source-ip-app --name=nodeport --port=80 --target-port=8080 --type=NodePort",
      shows: `service/nodeport exposed
`,
      prints: `service/nodeport exposed
`,
    },
    {
      run: `NODEPORT=$(kubectl get -o jsonpath="{.spec.ports[0].nodePort}" services nodeport)
NODES=$(kubectl get nodes -o jsonpath='{ $.items[*].status.addresses[?(@.type=="InternalIP")].address }')`,
    },
    {
      run: "for node in $NODES; do curl -s $node:$NODEPORT | grep -i client_address; done",
      shows: `client_address=10.180.1.1
client_address=10.240.0.5
client_address=10.240.0.3
`,
      prints: `	client_address=172.18.0.2
	client_address=10.244.1.1
	client_address=172.18.0.4
`,
    },
    {
      run: 'kubectl patch svc nodeport -p \'{"spec":{"externalTrafficPolicy":"Local"}}\'',
      shows: `service/nodeport patched
`,
      prints: `service/nodeport patched
`,
    },
    {
      run: "for node in $NODES; do curl --connect-timeout 1 -s $node:$NODEPORT | grep -i client_address; done",
      shows: `client_address=198.51.100.79
`,
      prints: `	client_address=172.18.0.1
`,
    },
  ],
});

tutorial({
  title: "Using Source IP: LoadBalancer",
  source: "kubernetes/website content/en/docs/tutorials/services/source-ip.md",
  profile: "cloud",
  counts: { commands: 12, shown: 8, deviations: 4, typedOtherwise: 5 },
  steps: [
    {
      run: "kubectl create deployment source-ip-app --image=registry.k8s.io/echoserver:1.10",
      instead: "left by the page before",
      prints: `deployment.apps/source-ip-app created
`,
    },
    {
      run: "kubectl expose deployment source-ip-app --name=loadbalancer --port=80 --target-port=8080 --type=LoadBalancer",
      shows: `service/loadbalancer exposed
`,
      prints: `service/loadbalancer exposed
`,
    },
    {
      run: "kubectl get svc loadbalancer",
      after: 300,
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
loadbalancer LoadBalancer 10.0.65.118 203.0.113.140 80/TCP 5m
`,
      prints: `NAME           TYPE           CLUSTER-IP     EXTERNAL-IP                                                               PORT(S)        AGE
loadbalancer   LoadBalancer   10.105.166.1   a72d607bcd095c94a584f80a0b220801-1926629308.us-east-1.elb.amazonaws.com   80:32289/TCP   5m1s
`,
      deviates: "this cloud's load balancers have names, and the column shows the node port as well",
    },
    {
      run: "curl -s $(kubectl get svc loadbalancer -o jsonpath='{.status.loadBalancer.ingress[0].hostname}') | grep client_address",
      instead: "the load balancer's name filled in; grep leaves the line that the page shows",
      shows: `client_address=10.240.0.5
`,
      prints: `	client_address=10.0.1.12
`,
    },
    {
      run: 'kubectl patch svc loadbalancer -p \'{"spec":{"externalTrafficPolicy":"Local"}}\'',
      prints: `service/loadbalancer patched
`,
    },
    {
      run: "kubectl get svc loadbalancer -o yaml | grep -i healthCheckNodePort",
      shows: `  healthCheckNodePort: 32122
`,
      prints: `  healthCheckNodePort: 32039
`,
    },
    {
      run: "kubectl get pod -o wide -l app=source-ip-app",
      shows: `NAME READY STATUS RESTARTS AGE IP NODE
source-ip-app-826191075-qehz4 1/1 Running 0 20h 10.180.1.136 kubernetes-node-6jst
`,
      prints: `NAME                             READY   STATUS    RESTARTS   AGE    IP           NODE                        NOMINATED NODE   READINESS GATES
source-ip-app-6f55c4d64f-tg7j7   1/1     Running   0          5m7s   10.244.0.2   ip-10-0-1-11.ec2.internal   <none>           <none>
`,
      deviates: "kubectl 1.36 has the columns NOMINATED NODE and READINESS GATES, and the node is another",
    },
    {
      run: "CHECK=localhost:$(kubectl get svc loadbalancer -o jsonpath='{.spec.healthCheckNodePort}')/healthz; NODE=$(kubectl get pod -l app=source-ip-app -o jsonpath='{.items[0].spec.nodeName}'); kubemu on node/$NODE -- curl -s $CHECK",
      instead: "a shell on the node is `kubemu on`, the port filled in",
      shows: `1 Service Endpoints found
`,
      prints: `{
	"service": {
		"namespace": "default",
		"name": "loadbalancer"
	},
	"localEndpoints": 1,
	"serviceProxyHealthy": true
}`,
      deviates: "kube-proxy has answered in JSON since 1.2",
    },
    {
      run: "kubemu on $(kubectl get nodes -o name | grep -v $NODE | head -1) -- curl -s $CHECK",
      instead: "a shell on another node",
      shows: `No Service Endpoints Found
`,
      prints: `{
	"service": {
		"namespace": "default",
		"name": "loadbalancer"
	},
	"localEndpoints": 0,
	"serviceProxyHealthy": true
}`,
      deviates: "kube-proxy has answered in JSON since 1.2",
    },
    {
      run: "curl -s $(kubectl get svc loadbalancer -o jsonpath='{.status.loadBalancer.ingress[0].hostname}') | grep client_address",
      instead: "the load balancer's name filled in; grep leaves the line that the page shows",
      after: 10,
      shows: `client_address=198.51.100.79
`,
      prints: `	client_address=10.0.0.200
`,
    },
    {
      run: "kubectl delete svc -l app=source-ip-app",
      prints: `service "loadbalancer" deleted from default namespace
`,
    },
    {
      run: "kubectl delete deployment source-ip-app",
      prints: `deployment.apps "source-ip-app" deleted from default namespace
`,
    },
  ],
});
