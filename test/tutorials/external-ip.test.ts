import { tutorial } from "./page.ts";

tutorial({
  title: "Exposing an External IP Address to Access an Application in a Cluster",
  source: "kubernetes/website content/en/docs/tutorials/stateless-application/expose-external-ip-address.md",
  profile: "cloud",
  counts: { commands: 13, shown: 4, deviations: 4, typedOtherwise: 1 },
  steps: [
    {
      run: "kubectl apply -f https://k8s.io/examples/service/load-balancer-example.yaml",
      prints: `deployment.apps/hello-world created
`,
    },
    {
      run: "kubectl get deployments hello-world",
      prints: `NAME          READY   UP-TO-DATE   AVAILABLE   AGE
hello-world   5/5     5            5           1s
`,
    },
    {
      run: "kubectl describe deployments hello-world",
      has: [
        "Labels:                 app.kubernetes.io/name=load-balancer-example",
        "Replicas:               5 desired | 5 updated | 5 total | 5 available | 0 unavailable",
        "    Image:         gcr.io/google-samples/hello-app:2.0",
      ],
    },
    {
      run: "kubectl get replicasets",
      prints: `NAME                    DESIRED   CURRENT   READY   AGE
hello-world-54fc497d9   5         5         5       3s
`,
    },
    {
      run: "kubectl describe replicasets",
      has: ["Controlled By:  Deployment/hello-world", "Pods Status:    5 Running / 0 Waiting / 0 Succeeded / 0 Failed"],
    },
    {
      run: "kubectl expose deployment hello-world --type=LoadBalancer --name=my-service",
      prints: `service/my-service exposed
`,
    },
    {
      run: "kubectl get services my-service",
      prints: `NAME         TYPE           CLUSTER-IP       EXTERNAL-IP   PORT(S)          AGE
my-service   LoadBalancer   10.101.198.192   <pending>     8080:31986/TCP   1s
`,
    },
    {
      run: "kubectl get services my-service",
      after: 60,
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
my-service LoadBalancer 10.3.245.137 104.198.205.71 8080/TCP 54s
`,
      prints: `NAME         TYPE           CLUSTER-IP       EXTERNAL-IP                                                              PORT(S)          AGE
my-service   LoadBalancer   10.101.198.192   a2832cb3b82efbf0a734b93a0164e0d7-674417467.us-east-1.elb.amazonaws.com   8080:31986/TCP   62s
`,
      deviates: "this cloud's load balancers have names, and the column shows the node port as well",
    },
    {
      run: "kubectl describe services my-service",
      shows: `Name: my-service
Namespace: default
Labels: app.kubernetes.io/name=load-balancer-example
Annotations: <none>
Selector: app.kubernetes.io/name=load-balancer-example
Type: LoadBalancer
IP: 10.3.245.137
LoadBalancer Ingress: 104.198.205.71
Port: <unset> 8080/TCP
NodePort: <unset> 32377/TCP
Endpoints: 10.0.0.6:8080,10.0.1.6:8080,10.0.1.7:8080 + 2 more...
Session Affinity: None
Events: <none>
`,
      prints: `Name:                     my-service
Namespace:                default
Labels:                   app.kubernetes.io/name=load-balancer-example
Annotations:              <none>
Selector:                 app.kubernetes.io/name=load-balancer-example
Type:                     LoadBalancer
IP Family Policy:         SingleStack
IP Families:              IPv4
IP:                       10.101.198.192
IPs:                      10.101.198.192
LoadBalancer Ingress:     a2832cb3b82efbf0a734b93a0164e0d7-674417467.us-east-1.elb.amazonaws.com
Port:                     <unset>  8080/TCP
TargetPort:               8080/TCP
NodePort:                 <unset>  31986/TCP
Endpoints:                10.244.0.3:8080,10.244.1.4:8080,10.244.1.3:8080 + 2 more...
Session Affinity:         None
External Traffic Policy:  Cluster
Internal Traffic Policy:  Cluster
Events:                   <none>
`,
      deviates:
        "kubectl 1.36 shows IP families, target port and traffic policies as well, and the load balancer has a name",
    },
    {
      run: "kubectl get pods --output=wide",
      shows: `NAME ... IP NODE
hello-world-2895499144-1jaz9 ... 10.0.1.6 gke-cluster-1-default-pool-e0b8d269-1afc
`,
      prints: `NAME                          READY   STATUS    RESTARTS   AGE   IP           NODE                        NOMINATED NODE   READINESS GATES
hello-world-54fc497d9-cfcmp   1/1     Running   0          69s   10.244.0.3   ip-10-0-1-11.ec2.internal   <none>           <none>
hello-world-54fc497d9-qkqqc   1/1     Running   0          69s   10.244.1.4   ip-10-0-1-12.ec2.internal   <none>           <none>
hello-world-54fc497d9-r8qlg   1/1     Running   0          69s   10.244.1.3   ip-10-0-1-12.ec2.internal   <none>           <none>
hello-world-54fc497d9-wrvs2   1/1     Running   0          69s   10.244.2.3   ip-10-0-1-13.ec2.internal   <none>           <none>
hello-world-54fc497d9-x9skx   1/1     Running   0          69s   10.244.0.2   ip-10-0-1-11.ec2.internal   <none>           <none>
`,
      deviates: "the page leaves columns out",
    },
    {
      run: "curl -s http://$(kubectl get svc my-service -o jsonpath='{.status.loadBalancer.ingress[0].hostname}'):8080",
      instead: "<external-ip>:<port> filled in",
      shows: `Hello, world!
Version: 2.0.0
Hostname: 0bd46b45f32f
`,
      prints: `Hello, world!
Version: 2.0.0
Hostname: hello-world-54fc497d9-cfcmp
`,
      deviates: "the page shows a container's name, a pod has its own",
    },
    {
      run: "kubectl delete services my-service",
      prints: `service "my-service" deleted from default namespace
`,
    },
    {
      run: "kubectl delete deployment hello-world",
      prints: `deployment.apps "hello-world" deleted from default namespace
`,
    },
  ],
});
