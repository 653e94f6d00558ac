import { tutorial } from "./page.ts";

tutorial({
  title: "Example: Deploying PHP Guestbook application with Redis",
  source: "kubernetes/website content/en/docs/tutorials/stateless-application/guestbook.md",
  counts: { commands: 25, shown: 12, deviations: 3, typedOtherwise: 4 },
  steps: [
    {
      run: "kubectl apply -f https://k8s.io/examples/application/guestbook/redis-leader-deployment.yaml",
      prints: `deployment.apps/redis-leader created
`,
    },
    {
      run: "kubectl get pods",
      shows: `NAME READY STATUS RESTARTS AGE
redis-leader-fb76b4755-xjr2n 1/1 Running 0 13s
`,
      prints: `NAME                            READY   STATUS    RESTARTS   AGE
redis-leader-5c85885985-jvrx4   1/1     Running   0          1s
`,
    },
    {
      run: "kubectl logs deployment/redis-leader",
      instead: "without -f, which would go on",
      prints: `1:C 22 Nov 2026 15:00:00.000 * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo
1:C 22 Nov 2026 15:00:00.000 * Redis version=8.4.0, bits=64, commit=00000000, modified=1, pid=1, just started
1:C 22 Nov 2026 15:00:00.000 # Warning: no config file specified, using the default config. In order to specify a config file use redis-server /path/to/redis.conf
1:M 22 Nov 2026 15:00:00.000 * monotonic clock: POSIX clock_gettime
1:M 22 Nov 2026 15:00:00.000 * Running mode=standalone, port=6379.
1:M 22 Nov 2026 15:00:00.000 * Server initialized
1:M 22 Nov 2026 15:00:00.000 * Ready to accept connections tcp
`,
    },
    {
      run: "kubectl apply -f https://k8s.io/examples/application/guestbook/redis-leader-service.yaml",
      prints: `service/redis-leader created
`,
    },
    {
      run: "kubectl get service",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
kubernetes ClusterIP 10.0.0.1 <none> 443/TCP 1m
redis-leader ClusterIP 10.103.78.24 <none> 6379/TCP 16s
`,
      prints: `NAME           TYPE        CLUSTER-IP      EXTERNAL-IP   PORT(S)    AGE
kubernetes     ClusterIP   10.96.0.1       <none>        443/TCP    4s
redis-leader   ClusterIP   10.110.238.42   <none>        6379/TCP   1s
`,
    },
    {
      run: "kubectl apply -f https://k8s.io/examples/application/guestbook/redis-follower-deployment.yaml",
      prints: `deployment.apps/redis-follower created
`,
    },
    {
      run: "kubectl get pods",
      shows: `NAME READY STATUS RESTARTS AGE
redis-follower-dddfbdcc9-82sfr 1/1 Running 0 37s
redis-follower-dddfbdcc9-qrt5k 1/1 Running 0 38s
redis-leader-fb76b4755-xjr2n 1/1 Running 0 11m
`,
      prints: `NAME                             READY   STATUS    RESTARTS   AGE
redis-follower-bd49c8f9d-2c8l7   1/1     Running   0          1s
redis-follower-bd49c8f9d-z7vvg   1/1     Running   0          1s
redis-leader-5c85885985-jvrx4    1/1     Running   0          6s
`,
    },
    {
      run: "kubectl apply -f https://k8s.io/examples/application/guestbook/redis-follower-service.yaml",
      prints: `service/redis-follower created
`,
    },
    {
      run: "kubectl get service",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
kubernetes ClusterIP 10.96.0.1 <none> 443/TCP 3d19h
redis-follower ClusterIP 10.110.162.42 <none> 6379/TCP 9s
redis-leader ClusterIP 10.103.78.24 <none> 6379/TCP 6m10s
`,
      prints: `NAME             TYPE        CLUSTER-IP      EXTERNAL-IP   PORT(S)    AGE
kubernetes       ClusterIP   10.96.0.1       <none>        443/TCP    8s
redis-follower   ClusterIP   10.96.66.133    <none>        6379/TCP   1s
redis-leader     ClusterIP   10.110.238.42   <none>        6379/TCP   5s
`,
    },
    {
      run: "kubectl apply -f https://k8s.io/examples/application/guestbook/frontend-deployment.yaml",
      prints: `deployment.apps/frontend created
`,
    },
    {
      run: "kubectl get pods -l app=guestbook -l tier=frontend",
      shows: `NAME READY STATUS RESTARTS AGE
frontend-85595f5bf9-5tqhb 1/1 Running 0 47s
frontend-85595f5bf9-qbzwm 1/1 Running 0 47s
frontend-85595f5bf9-zchwc 1/1 Running 0 47s
`,
      prints: `NAME                        READY   STATUS    RESTARTS   AGE
frontend-554798b4bb-h4hq8   1/1     Running   0          1s
frontend-554798b4bb-kwp99   1/1     Running   0          1s
frontend-554798b4bb-w9ccg   1/1     Running   0          1s
`,
    },
    {
      run: "kubectl apply -f https://k8s.io/examples/application/guestbook/frontend-service.yaml",
      prints: `service/frontend created
`,
    },
    {
      run: "kubectl get services",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
frontend ClusterIP 10.97.28.230 <none> 80/TCP 19s
kubernetes ClusterIP 10.96.0.1 <none> 443/TCP 3d19h
redis-follower ClusterIP 10.110.162.42 <none> 6379/TCP 5m48s
redis-leader ClusterIP 10.103.78.24 <none> 6379/TCP 11m
`,
      prints: `NAME             TYPE        CLUSTER-IP       EXTERNAL-IP   PORT(S)    AGE
frontend         ClusterIP   10.109.204.224   <none>        80/TCP     1s
kubernetes       ClusterIP   10.96.0.1        <none>        443/TCP    12s
redis-follower   ClusterIP   10.96.66.133     <none>        6379/TCP   5s
redis-leader     ClusterIP   10.110.238.42    <none>        6379/TCP   9s
`,
    },
    {
      run: "kubectl port-forward svc/frontend 8080:80",
      stays: true,
    },
    {
      run: "curl http://localhost:8080",
      instead: "the page loads it in a browser",
      prints: `<html ng-app="redis">
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
`,
    },
    {
      run: "curl 'http://localhost:8080/guestbook.php?cmd=set&key=messages&value=,hello'",
      instead: "what the page's script asks when a visitor submits an entry",
      prints: '{"message": "Updated"}',
    },
    {
      run: "curl 'http://localhost:8080/guestbook.php?cmd=get&key=messages'",
      instead: "what the page's script asks when it is loaded",
      prints: '{"data": ",hello"}',
    },
    {
      run: "(Ctrl-C in the second terminal)",
      ends: true,
      shows: `Forwarding from 127.0.0.1:8080 -> 80
Forwarding from [::1]:8080 -> 80
`,
      prints: `Forwarding from 127.0.0.1:8080 -> 80
Forwarding from [::1]:8080 -> 80
Handling connection for 8080
Handling connection for 8080
Handling connection for 8080
`,
      deviates: "the connections of the requests are told of as well",
    },
    {
      run: "kubectl get service frontend",
      shows: `NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE
frontend LoadBalancer 10.51.242.136 109.197.92.229 80:32372/TCP 1m
`,
      prints: `NAME       TYPE        CLUSTER-IP       EXTERNAL-IP   PORT(S)   AGE
frontend   ClusterIP   10.109.204.224   <none>        80/TCP    3s
`,
      deviates: "the manifest makes a ClusterIP; the page shows the other way that it tells of",
    },
    {
      run: "kubectl scale deployment frontend --replicas=5",
      prints: `deployment.apps/frontend scaled
`,
    },
    {
      run: "kubectl get pods",
      shows: `NAME READY STATUS RESTARTS AGE
frontend-85595f5bf9-5df5m 1/1 Running 0 83s
frontend-85595f5bf9-7zmg5 1/1 Running 0 83s
frontend-85595f5bf9-cpskg 1/1 Running 0 15m
frontend-85595f5bf9-l2l54 1/1 Running 0 14m
frontend-85595f5bf9-l9c8z 1/1 Running 0 14m
redis-follower-dddfbdcc9-82sfr 1/1 Running 0 97m
redis-follower-dddfbdcc9-qrt5k 1/1 Running 0 97m
redis-leader-fb76b4755-xjr2n 1/1 Running 0 108m
`,
      prints: `NAME                             READY   STATUS    RESTARTS   AGE
frontend-554798b4bb-9mgdb        1/1     Running   0          1s
frontend-554798b4bb-h4hq8        1/1     Running   0          7s
frontend-554798b4bb-jl47n        1/1     Running   0          1s
frontend-554798b4bb-kwp99        1/1     Running   0          7s
frontend-554798b4bb-w9ccg        1/1     Running   0          7s
redis-follower-bd49c8f9d-2c8l7   1/1     Running   0          11s
redis-follower-bd49c8f9d-z7vvg   1/1     Running   0          11s
redis-leader-5c85885985-jvrx4    1/1     Running   0          16s
`,
    },
    {
      run: "kubectl scale deployment frontend --replicas=2",
      prints: `deployment.apps/frontend scaled
`,
    },
    {
      run: "kubectl get pods",
      shows: `NAME READY STATUS RESTARTS AGE
frontend-85595f5bf9-cpskg 1/1 Running 0 16m
frontend-85595f5bf9-l9c8z 1/1 Running 0 15m
redis-follower-dddfbdcc9-82sfr 1/1 Running 0 98m
redis-follower-dddfbdcc9-qrt5k 1/1 Running 0 98m
redis-leader-fb76b4755-xjr2n 1/1 Running 0 109m
`,
      prints: `NAME                             READY   STATUS    RESTARTS   AGE
frontend-554798b4bb-h4hq8        1/1     Running   0          9s
frontend-554798b4bb-w9ccg        1/1     Running   0          9s
redis-follower-bd49c8f9d-2c8l7   1/1     Running   0          13s
redis-follower-bd49c8f9d-z7vvg   1/1     Running   0          13s
redis-leader-5c85885985-jvrx4    1/1     Running   0          18s
`,
    },
    {
      run: `kubectl delete deployment -l app=redis
kubectl delete service -l app=redis
kubectl delete deployment frontend
kubectl delete service frontend`,
      shows: `deployment.apps "redis-follower" deleted
deployment.apps "redis-leader" deleted
deployment.apps "frontend" deleted
service "frontend" deleted
`,
      prints: `deployment.apps "redis-follower" deleted from default namespace
deployment.apps "redis-leader" deleted from default namespace
service "redis-follower" deleted from default namespace
service "redis-leader" deleted from default namespace
deployment.apps "frontend" deleted from default namespace
service "frontend" deleted from default namespace
`,
      deviates: "kubectl 1.36 names the namespace, and the page forgets the Services of Redis",
    },
    {
      run: "kubectl get pods",
      shows: `No resources found in default namespace.
`,
      warns: `No resources found in default namespace.
`,
    },
  ],
});
