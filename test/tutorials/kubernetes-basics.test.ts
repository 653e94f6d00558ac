import { tutorial } from "./page.ts";

tutorial({
  title: "Using kubectl to Create a Deployment",
  source: "kubernetes/website content/en/docs/tutorials/kubernetes-basics/deploy-app/deploy-intro.md",
  counts: { commands: 10, shown: 0, deviations: 0, typedOtherwise: 0 },
  steps: [
    {
      run: "kubectl version",
      prints: `Client Version: v1.36.2
Kustomize Version: v5.8.1
Server Version: v1.36.2
`,
    },
    {
      run: "kubectl get nodes",
      prints: `NAME             STATUS   ROLES           AGE   VERSION
docker-desktop   Ready    control-plane   1s    v1.36.2
`,
    },
    {
      run: "kubectl get nodes --help",
      has: ["Usage: kubectl get (TYPE [NAME | -l LABELS] | TYPE/NAME ...)"],
    },
    {
      run: "kubectl create deployment kubernetes-bootcamp --image=gcr.io/google-samples/kubernetes-bootcamp:v1",
      prints: `deployment.apps/kubernetes-bootcamp created
`,
    },
    {
      run: "kubectl get deployments",
      prints: `NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
kubernetes-bootcamp   1/1     1            1           1s
`,
    },
    {
      run: "kubectl proxy",
      stays: true,
    },
    {
      run: "curl http://localhost:8001/version",
      prints: `{
  "major": "1",
  "minor": "36",
  "emulationMajor": "1",
  "emulationMinor": "36",
  "minCompatibilityMajor": "1",
  "minCompatibilityMinor": "35",
  "gitVersion": "v1.36.2",
  "gitCommit": "",
  "gitTreeState": "clean",
  "buildDate": "2026-06-10T00:00:00Z",
  "goVersion": "go1.26.4",
  "compiler": "gc",
  "platform": "linux/amd64"
}`,
    },
    {
      run: `export POD_NAME=$(kubectl get pods -o go-template --template '{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}')
echo Name of the Pod: $POD_NAME`,
      prints: `Name of the Pod: kubernetes-bootcamp-66d5c96cb-ggk6z
`,
    },
    {
      run: "curl http://localhost:8001/api/v1/namespaces/default/pods/$POD_NAME:8080/proxy/",
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-ggk6z | v=1
`,
    },
    {
      run: "(Ctrl-C in the second terminal)",
      ends: true,
      prints: `Starting to serve on 127.0.0.1:8001
`,
      exit: 130,
    },
  ],
});

tutorial({
  title: "Viewing Pods and Nodes",
  source: "kubernetes/website content/en/docs/tutorials/kubernetes-basics/explore/explore-intro.md",
  counts: { commands: 9, shown: 0, deviations: 0, typedOtherwise: 1 },
  steps: [
    {
      run: "kubectl create deployment kubernetes-bootcamp --image=gcr.io/google-samples/kubernetes-bootcamp:v1",
      instead: "left by the page before",
      prints: `deployment.apps/kubernetes-bootcamp created
`,
    },
    {
      run: "kubectl get pods",
      prints: `NAME                                  READY   STATUS    RESTARTS   AGE
kubernetes-bootcamp-66d5c96cb-ggk6z   1/1     Running   0          1s
`,
    },
    {
      run: "kubectl describe pods",
      has: [
        "Status:           Running",
        "IP:               10.244.0.4",
        "    Image:          gcr.io/google-samples/kubernetes-bootcamp:v1",
        "    Port:           <none>",
        "  Normal  Started    2s    kubelet            spec.containers{kubernetes-bootcamp}: Container started",
      ],
    },
    {
      run: "kubectl proxy",
      stays: true,
    },
    {
      run: `export POD_NAME="$(kubectl get pods -o go-template --template '{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}')"
echo Name of the Pod: $POD_NAME`,
      prints: `Name of the Pod: kubernetes-bootcamp-66d5c96cb-ggk6z
`,
    },
    {
      run: "curl http://localhost:8001/api/v1/namespaces/default/pods/$POD_NAME:8080/proxy/",
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-ggk6z | v=1
`,
    },
    {
      run: "(Ctrl-C in the second terminal)",
      ends: true,
      prints: `Starting to serve on 127.0.0.1:8001
`,
      exit: 130,
    },
    {
      run: 'kubectl exec "$POD_NAME" -- env',
      prints: `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
HOSTNAME=kubernetes-bootcamp-66d5c96cb-ggk6z
NPM_CONFIG_LOGLEVEL=info
NODE_VERSION=6.3.1
KUBERNETES_SERVICE_HOST=10.96.0.1
KUBERNETES_SERVICE_PORT=443
KUBERNETES_SERVICE_PORT_HTTPS=443
KUBERNETES_PORT=tcp://10.96.0.1:443
KUBERNETES_PORT_443_TCP=tcp://10.96.0.1:443
KUBERNETES_PORT_443_TCP_PROTO=tcp
KUBERNETES_PORT_443_TCP_PORT=443
KUBERNETES_PORT_443_TCP_ADDR=10.96.0.1
HOME=/root
`,
    },
    {
      run: "kubectl exec -ti $POD_NAME -- bash",
      typed: ["cat server.js", "curl http://localhost:8080", "exit"],
      prints: `root@kubernetes-bootcamp-66d5c96cb-ggk6z:/# cat server.js
const http = require('http');
const host = process.env.HOSTNAME;
let started;
let requests = 0;

const server = http.createServer((request, response) => {
  response.setHeader('Content-Type', 'text/plain');
  response.write('Hello Kubernetes bootcamp! | Running on: ' + host);
  response.end(' | v=1\\n');
  requests += 1;
  const uptime = (new Date() - started) / 1000;
  console.log('Running On:', host, '| Total Requests:', requests, '| App Uptime:', uptime, 'seconds', '| Log Time:', new Date());
});

server.listen(8080, () => {
  started = new Date();
  console.log('Kubernetes Bootcamp App Started At:', started, '| Running On: ', host, '\\n');
});
root@kubernetes-bootcamp-66d5c96cb-ggk6z:/# curl http://localhost:8080
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-ggk6z | v=1
root@kubernetes-bootcamp-66d5c96cb-ggk6z:/# exit
exit
`,
    },
  ],
});

tutorial({
  title: "Using a Service to Expose Your App",
  source: "kubernetes/website content/en/docs/tutorials/kubernetes-basics/expose/expose-intro.md",
  counts: { commands: 20, shown: 1, deviations: 1, typedOtherwise: 2 },
  steps: [
    {
      run: "kubectl create deployment kubernetes-bootcamp --image=gcr.io/google-samples/kubernetes-bootcamp:v1",
      instead: "left by the page before",
      prints: `deployment.apps/kubernetes-bootcamp created
`,
    },
    {
      run: "kubectl get pods",
      prints: `NAME                                  READY   STATUS    RESTARTS   AGE
kubernetes-bootcamp-66d5c96cb-ggk6z   1/1     Running   0          1s
`,
    },
    {
      run: "kubectl get services",
      prints: `NAME         TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE
kubernetes   ClusterIP   10.96.0.1    <none>        443/TCP   2s
`,
    },
    {
      run: 'kubectl expose deployment/kubernetes-bootcamp --type="NodePort" --port 8080',
      prints: `service/kubernetes-bootcamp exposed
`,
    },
    {
      run: "kubectl describe services/kubernetes-bootcamp",
      prints: `Name:                     kubernetes-bootcamp
Namespace:                default
Labels:                   app=kubernetes-bootcamp
Annotations:              <none>
Selector:                 app=kubernetes-bootcamp
Type:                     NodePort
IP Family Policy:         SingleStack
IP Families:              IPv4
IP:                       10.102.121.225
IPs:                      10.102.121.225
Port:                     <unset>  8080/TCP
TargetPort:               8080/TCP
NodePort:                 <unset>  31813/TCP
Endpoints:                10.244.0.4:8080
Session Affinity:         None
External Traffic Policy:  Cluster
Internal Traffic Policy:  Cluster
Events:                   <none>
`,
    },
    {
      run: `export NODE_PORT="$(kubectl get services/kubernetes-bootcamp -o go-template='{{(index .spec.ports 0).nodePort}}')"
echo "NODE_PORT=$NODE_PORT"`,
      prints: `NODE_PORT=31813
`,
    },
    {
      run: 'curl http://"$(minikube ip):$NODE_PORT"',
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-ggk6z | v=1
`,
    },
    {
      run: "minikube service kubernetes-bootcamp --url",
      shows: `http://127.0.0.1:51082
!  Because you are using a Docker driver on darwin, the terminal needs to be open to run it.
`,
      prints: `http://127.0.0.1:31813
`,
      deviates: "no tunnel has to stay open: the node port is published on this machine",
    },
    {
      run: "curl 127.0.0.1:$NODE_PORT",
      instead: "the port that the command before printed is the node port, and no tunnel's",
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-ggk6z | v=1
`,
    },
    {
      run: "kubectl describe deployment",
      prints: `Name:                   kubernetes-bootcamp
Namespace:              default
CreationTimestamp:      Sun, 22 Nov 2026 15:00:00 +0000
Labels:                 app=kubernetes-bootcamp
Annotations:            deployment.kubernetes.io/revision: 1
Selector:               app=kubernetes-bootcamp
Replicas:               1 desired | 1 updated | 1 total | 1 available | 0 unavailable
StrategyType:           RollingUpdate
MinReadySeconds:        0
RollingUpdateStrategy:  25% max unavailable, 25% max surge
Pod Template:
  Labels:  app=kubernetes-bootcamp
  Containers:
   kubernetes-bootcamp:
    Image:         gcr.io/google-samples/kubernetes-bootcamp:v1
    Port:          <none>
    Host Port:     <none>
    Environment:   <none>
    Mounts:        <none>
  Volumes:         <none>
  Node-Selectors:  <none>
  Tolerations:     <none>
Conditions:
  Type           Status  Reason
  ----           ------  ------
  Available      True    MinimumReplicasAvailable
  Progressing    True    NewReplicaSetAvailable
OldReplicaSets:  <none>
NewReplicaSet:   kubernetes-bootcamp-66d5c96cb (1/1 replicas created)
Events:
  Type    Reason             Age   From                   Message
  ----    ------             ----  ----                   -------
  Normal  ScalingReplicaSet  10s   deployment-controller  Scaled up replica set kubernetes-bootcamp-66d5c96cb from 0 to 1
`,
    },
    {
      run: "kubectl get pods -l app=kubernetes-bootcamp",
      prints: `NAME                                  READY   STATUS    RESTARTS   AGE
kubernetes-bootcamp-66d5c96cb-ggk6z   1/1     Running   0          11s
`,
    },
    {
      run: "kubectl get services -l app=kubernetes-bootcamp",
      prints: `NAME                  TYPE       CLUSTER-IP       EXTERNAL-IP   PORT(S)          AGE
kubernetes-bootcamp   NodePort   10.102.121.225   <none>        8080:31813/TCP   9s
`,
    },
    {
      run: `export POD_NAME="$(kubectl get pods -o go-template --template '{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}')"
echo "Name of the Pod: $POD_NAME"`,
      prints: `Name of the Pod: kubernetes-bootcamp-66d5c96cb-ggk6z
`,
    },
    {
      run: 'kubectl label pods "$POD_NAME" version=v1',
      prints: `pod/kubernetes-bootcamp-66d5c96cb-ggk6z labeled
`,
    },
    {
      run: 'kubectl describe pods "$POD_NAME"',
      has: [
        "Labels:           app=kubernetes-bootcamp",
        "                  pod-template-hash=66d5c96cb",
        "                  version=v1",
      ],
    },
    {
      run: "kubectl get pods -l version=v1",
      prints: `NAME                                  READY   STATUS    RESTARTS   AGE
kubernetes-bootcamp-66d5c96cb-ggk6z   1/1     Running   0          16s
`,
    },
    {
      run: "kubectl delete service -l app=kubernetes-bootcamp",
      prints: `service "kubernetes-bootcamp" deleted from default namespace
`,
    },
    {
      run: "kubectl get services",
      prints: `NAME         TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE
kubernetes   ClusterIP   10.96.0.1    <none>        443/TCP   18s
`,
    },
    {
      run: 'curl http://"$(minikube ip):$NODE_PORT"',
      warns: `curl: (7) Failed to connect to 127.0.0.1 port 31813 after 0 ms: Couldn't connect to server
`,
      exit: 7,
    },
    {
      run: "kubectl exec -ti $POD_NAME -- curl http://localhost:8080",
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-ggk6z | v=1
`,
    },
  ],
});

tutorial({
  title: "Running Multiple Instances of Your App",
  source: "kubernetes/website content/en/docs/tutorials/kubernetes-basics/scale/scale-intro.md",
  counts: { commands: 16, shown: 3, deviations: 1, typedOtherwise: 3 },
  steps: [
    {
      run: "kubectl create deployment kubernetes-bootcamp --image=gcr.io/google-samples/kubernetes-bootcamp:v1",
      instead: "left by the page before",
      prints: `deployment.apps/kubernetes-bootcamp created
`,
    },
    {
      run: 'kubectl expose deployment/kubernetes-bootcamp --type="LoadBalancer" --port 8080',
      prints: `service/kubernetes-bootcamp exposed
`,
    },
    {
      run: "kubectl get deployments",
      shows: `NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
kubernetes-bootcamp   1/1     1            1           11m
`,
      prints: `NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
kubernetes-bootcamp   1/1     1            1           2s
`,
    },
    {
      run: "kubectl get rs",
      prints: `NAME                            DESIRED   CURRENT   READY   AGE
kubernetes-bootcamp-66d5c96cb   1         1         1       3s
`,
    },
    {
      run: "kubectl scale deployments/kubernetes-bootcamp --replicas=4",
      prints: `deployment.apps/kubernetes-bootcamp scaled
`,
    },
    {
      run: "kubectl get deployments",
      prints: `NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
kubernetes-bootcamp   4/4     4            4           5s
`,
    },
    {
      run: "kubectl get pods -o wide",
      prints: `NAME                                  READY   STATUS    RESTARTS   AGE   IP           NODE             NOMINATED NODE   READINESS GATES
kubernetes-bootcamp-66d5c96cb-4kr2h   1/1     Running   0          2s    10.244.0.6   docker-desktop   <none>           <none>
kubernetes-bootcamp-66d5c96cb-brr7h   1/1     Running   0          2s    10.244.0.7   docker-desktop   <none>           <none>
kubernetes-bootcamp-66d5c96cb-ggk6z   1/1     Running   0          6s    10.244.0.4   docker-desktop   <none>           <none>
kubernetes-bootcamp-66d5c96cb-pp5kg   1/1     Running   0          2s    10.244.0.5   docker-desktop   <none>           <none>
`,
    },
    {
      run: "kubectl describe deployments/kubernetes-bootcamp",
      has: [
        "Replicas:               4 desired | 4 updated | 4 total | 4 available | 0 unavailable",
        "NewReplicaSet:   kubernetes-bootcamp-66d5c96cb (4/4 replicas created)",
        "  Normal  ScalingReplicaSet  3s    deployment-controller  Scaled up replica set kubernetes-bootcamp-66d5c96cb from 1 to 4",
      ],
    },
    {
      run: "kubectl describe services/kubernetes-bootcamp",
      prints: `Name:                     kubernetes-bootcamp
Namespace:                default
Labels:                   app=kubernetes-bootcamp
Annotations:              <none>
Selector:                 app=kubernetes-bootcamp
Type:                     LoadBalancer
IP Family Policy:         SingleStack
IP Families:              IPv4
IP:                       10.102.121.225
IPs:                      10.102.121.225
LoadBalancer Ingress:     localhost
Port:                     <unset>  8080/TCP
TargetPort:               8080/TCP
NodePort:                 <unset>  31813/TCP
Endpoints:                10.244.0.4:8080,10.244.0.6:8080,10.244.0.5:8080 + 1 more...
Session Affinity:         None
External Traffic Policy:  Cluster
Internal Traffic Policy:  Cluster
Events:                   <none>
`,
    },
    {
      run: `export NODE_PORT="$(kubectl get services/kubernetes-bootcamp -o go-template='{{(index .spec.ports 0).nodePort}}')"
echo NODE_PORT=$NODE_PORT`,
      prints: `NODE_PORT=31813
`,
    },
    {
      run: 'for i in 1 2 3 4 5; do curl http://"$(minikube ip):$NODE_PORT"; done',
      instead: "the page says to run the command several times",
      shows: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-644c5687f4-wp67j | v=1
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-644c5687f4-hs9dj | v=1
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-644c5687f4-4hjvf | v=1
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-644c5687f4-wp67j | v=1
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-644c5687f4-4hjvf | v=1
`,
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-pp5kg | v=1
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-4kr2h | v=1
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-ggk6z | v=1
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-brr7h | v=1
Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-pp5kg | v=1
`,
    },
    {
      run: "minikube service kubernetes-bootcamp --url",
      shows: `http://127.0.0.1:51082
!  Because you are using a Docker driver on darwin, the terminal needs to be open to run it.
`,
      prints: `http://127.0.0.1:31813
`,
      deviates: "no tunnel has to stay open: the node port is published on this machine",
    },
    {
      run: "curl 127.0.0.1:$NODE_PORT",
      instead: "the port that the command before printed is the node port, and no tunnel's",
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-66d5c96cb-ggk6z | v=1
`,
    },
    {
      run: "kubectl scale deployments/kubernetes-bootcamp --replicas=2",
      prints: `deployment.apps/kubernetes-bootcamp scaled
`,
    },
    {
      run: "kubectl get deployments",
      prints: `NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
kubernetes-bootcamp   2/2     2            2           23s
`,
    },
    {
      run: "kubectl get pods -o wide",
      prints: `NAME                                  READY   STATUS    RESTARTS   AGE   IP           NODE             NOMINATED NODE   READINESS GATES
kubernetes-bootcamp-66d5c96cb-ggk6z   1/1     Running   0          24s   10.244.0.4   docker-desktop   <none>           <none>
kubernetes-bootcamp-66d5c96cb-pp5kg   1/1     Running   0          20s   10.244.0.5   docker-desktop   <none>           <none>
`,
    },
  ],
});

tutorial({
  title: "Performing a Rolling Update",
  source: "kubernetes/website content/en/docs/tutorials/kubernetes-basics/update/update-intro.md",
  counts: { commands: 22, shown: 0, deviations: 0, typedOtherwise: 3 },
  steps: [
    {
      run: "kubectl create deployment kubernetes-bootcamp --image=gcr.io/google-samples/kubernetes-bootcamp:v1 --replicas=2",
      instead: "left by the page before",
      prints: `deployment.apps/kubernetes-bootcamp created
`,
    },
    {
      run: "kubectl get deployments",
      prints: `NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
kubernetes-bootcamp   2/2     2            2           1s
`,
    },
    {
      run: "kubectl get pods",
      prints: `NAME                                  READY   STATUS    RESTARTS   AGE
kubernetes-bootcamp-66d5c96cb-585s9   1/1     Running   0          2s
kubernetes-bootcamp-66d5c96cb-ggk6z   1/1     Running   0          2s
`,
    },
    {
      run: "kubectl describe pods",
      has: ["    Image:          gcr.io/google-samples/kubernetes-bootcamp:v1"],
    },
    {
      run: "kubectl set image deployments/kubernetes-bootcamp kubernetes-bootcamp=docker.io/jocatalin/kubernetes-bootcamp:v2",
      prints: `deployment.apps/kubernetes-bootcamp image updated
`,
    },
    {
      run: "kubectl get pods",
      prints: `NAME                                   READY   STATUS    RESTARTS   AGE
kubernetes-bootcamp-7c5b86fcf9-8wv65   1/1     Running   0          1s
kubernetes-bootcamp-7c5b86fcf9-tcqhm   1/1     Running   0          1s
`,
    },
    {
      run: "kubectl describe services/kubernetes-bootcamp",
      warns: `Error from server (NotFound): services "kubernetes-bootcamp" not found
`,
      exit: 1,
    },
    {
      run: 'kubectl expose deployment/kubernetes-bootcamp --type="NodePort" --port 8080',
      prints: `service/kubernetes-bootcamp exposed
`,
    },
    {
      run: `export NODE_PORT="$(kubectl get services/kubernetes-bootcamp -o go-template='{{(index .spec.ports 0).nodePort}}')"
echo "NODE_PORT=$NODE_PORT"`,
      prints: `NODE_PORT=31813
`,
    },
    {
      run: 'curl http://"$(minikube ip):$NODE_PORT"',
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-7c5b86fcf9-8wv65 | v=2
`,
    },
    {
      run: "kubectl rollout status deployments/kubernetes-bootcamp",
      prints: `deployment "kubernetes-bootcamp" successfully rolled out
`,
    },
    {
      run: "kubectl describe pods",
      has: ["    Image:          docker.io/jocatalin/kubernetes-bootcamp:v2"],
    },
    {
      run: "kubectl set image deployments/kubernetes-bootcamp kubernetes-bootcamp=gcr.io/google-samples/kubernetes-bootcamp:v10",
      prints: `deployment.apps/kubernetes-bootcamp image updated
`,
    },
    {
      run: "kubectl get deployments",
      prints: `NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
kubernetes-bootcamp   2/2     1            2           14s
`,
    },
    {
      run: "kubectl get pods",
      prints: `NAME                                   READY   STATUS             RESTARTS   AGE
kubernetes-bootcamp-7c5b86fcf9-8wv65   1/1     Running            0          11s
kubernetes-bootcamp-7c5b86fcf9-tcqhm   1/1     Running            0          11s
kubernetes-bootcamp-7dbbbdf7b4-5p8tq   0/1     ImagePullBackOff   0          2s
`,
    },
    {
      run: "kubectl describe pods",
      has: ["    Image:          gcr.io/google-samples/kubernetes-bootcamp:v10", "    State:          Waiting"],
    },
    {
      run: "kubectl events --types=Warning",
      instead: "kubectl 1.36 shows no events in a description of several pods",
      has: [],
    },
    {
      run: 'curl http://"$(minikube ip):$NODE_PORT"',
      instead: "added: the old pods go on serving",
      prints: `Hello Kubernetes bootcamp! | Running on: kubernetes-bootcamp-7c5b86fcf9-tcqhm | v=2
`,
    },
    {
      run: "kubectl rollout undo deployments/kubernetes-bootcamp",
      prints: `deployment.apps/kubernetes-bootcamp rolled back
`,
    },
    {
      run: "kubectl get pods",
      prints: `NAME                                   READY   STATUS    RESTARTS   AGE
kubernetes-bootcamp-7c5b86fcf9-8wv65   1/1     Running   0          17s
kubernetes-bootcamp-7c5b86fcf9-tcqhm   1/1     Running   0          17s
`,
    },
    {
      run: "kubectl describe pods",
      has: ["    Image:          docker.io/jocatalin/kubernetes-bootcamp:v2"],
    },
    {
      run: "kubectl delete deployments/kubernetes-bootcamp services/kubernetes-bootcamp",
      prints: `deployment.apps "kubernetes-bootcamp" deleted from default namespace
service "kubernetes-bootcamp" deleted from default namespace
`,
    },
  ],
});
