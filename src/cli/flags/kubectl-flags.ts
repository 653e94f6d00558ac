export const SETS: Readonly<Record<string, string>> = {
  print: "allow-missing-template-keys:bool=true output/o:string show-managed-fields:bool template:string",
  files: "filename/f:csv kustomize/k:string recursive/R:bool",
  dry: "dry-run:string=none?unchanged",
  record: "record~:bool",
};

/** What pflag says of a deprecated flag after `Flag --<name> has been deprecated, `. */
export const DEPRECATED: Readonly<Record<string, string>> = {
  record: "--record will be removed in the future",
  "cpu-percent":
    "Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).",
  "enable-managedby-label":
    "The flag `enable-managedby-label` has been deprecated. Use the `managedByLabel` option in the `buildMetadata` field instead.",
  reorder: "use the new 'sortOptions' field in kustomization.yaml instead.",
};

/**
 * kubectl 1.36's flags: below each command, in lines that begin with two blanks, its own; below `*` those that every command takes. All
 * in one text, so that a start-up pays for the invoked command's flags alone. Flags are separated by blanks; the form of one:
 *
 *   name[/shorthand][!][~]:type[=default][?value when the flag stands without one]
 *
 * `!` is a required flag, `~` a deprecated one that help does not show. Types: bool, string, int (64 bits), int32, duration, csv
 * (repeated and split at commas), array (repeated), map (`a=b,c=d`, once), pairs (`a=b`, repeated). `@name` stands for a set of SETS.
 * Where no default is written it is the type's zero; a bool without a value is true.
 */
export const KUBECTL_FLAGS = `
*
  as:string as-group:array as-uid:string as-user-extra:array cache-dir:string=$HOME/.kube/cache
  certificate-authority:string client-certificate:string client-key:string cluster:string context:string
  disable-compression:bool insecure-skip-tls-verify:bool kubeconfig:string kuberc:string match-server-version:bool
  namespace/n:string password:string profile:string=none profile-output:string=profile.pprof request-timeout:string=0
  server/s:string tls-server-name:string token:string user:string username:string v/v:int32 vmodule:string
  log-flush-frequency:duration=5s warnings-as-errors:bool
annotate
  @print @files @dry @record all:bool all-namespaces/A:bool field-manager:string=kubectl-annotate
  field-selector:string list:bool local:bool overwrite:bool resource-version:string selector/l:string
api-resources
  api-group:string cached:bool categories:csv namespaced:bool=true no-headers:bool output/o:string
  show-managed-fields:bool sort-by:string verbs:csv
apply
  @print @files @dry @record all:bool cascade:string=background?background
  field-manager:string=kubectl-client-side-apply force:bool force-conflicts:bool grace-period:int=-1
  openapi-patch:bool=true overwrite:bool=true prune:bool prune-allowlist:array selector/l:string server-side:bool
  subresource:string timeout:duration validate:string=strict?strict wait:bool
apply edit-last-applied
  @print @files @record field-manager:string=kubectl-client-side-apply validate:string=strict?strict
  windows-line-endings:bool
apply set-last-applied
  @print @dry create-annotation:bool filename/f:csv
apply view-last-applied
  @files all:bool output/o:string=yaml selector/l:string
attach
  container/c:string detach-keys:string=ctrl-p,ctrl-q pod-running-timeout:duration=1m0s quiet/q:bool stdin/i:bool
  tty/t:bool
auth can-i
  all-namespaces/A:bool list:bool no-headers:bool quiet/q:bool subresource:string
auth reconcile
  @print @files @dry remove-extra-permissions:bool remove-extra-subjects:bool
auth whoami
  @print
autoscale
  @print @files @dry @record cpu:string cpu-percent~:int32=-1 field-manager:string=kubectl-autoscale max!:int32=-1
  memory:string min:int32=-1 name:string save-config:bool
certificate approve
  @print @files force:bool
certificate deny
  @print @files force:bool
cluster-info dump
  all-namespaces/A:bool allow-missing-template-keys:bool=true namespaces:csv output/o:string=json
  output-directory:string pod-running-timeout:duration=20s show-managed-fields:bool template:string
config get-contexts
  no-headers:bool output/o:string
config set
  set-raw-bytes:bool
config set-cluster
  certificate-authority:string embed-certs:bool insecure-skip-tls-verify:bool proxy-url:string server:string
  tls-server-name:string
config set-context
  cluster:string current:bool namespace/n:string user:string
config set-credentials
  auth-provider:string auth-provider-arg:csv client-certificate:string client-key:string embed-certs:bool
  exec-api-version:string exec-arg:csv exec-command:string exec-env:array exec-interactive-mode:string
  exec-provide-cluster-info:bool password:string token:string username:string
config view
  allow-missing-template-keys:bool=true flatten:bool merge:bool=true minify:bool output/o:string=yaml raw:bool
  show-managed-fields:bool template:string
cordon
  @dry selector/l:string
cp
  container/c:string no-preserve:bool retries:int
create
  @print @files @dry @record edit:bool field-manager:string=kubectl-create raw:string save-config:bool
  selector/l:string validate:string=strict?strict windows-line-endings:bool
create clusterrole
  @print @dry aggregation-rule:map field-manager:string=kubectl-create non-resource-url:csv resource:csv
  resource-name:array save-config:bool validate:string=strict?strict verb:csv
create clusterrolebinding
  @print @dry clusterrole!:string field-manager:string=kubectl-create group:array save-config:bool
  serviceaccount:array user:array validate:string=strict?strict
create configmap
  @print @dry append-hash:bool field-manager:string=kubectl-create from-env-file:csv from-file:csv from-literal:array
  save-config:bool validate:string=strict?strict
create cronjob
  @print @dry field-manager:string=kubectl-create image!:string restart:string save-config:bool schedule!:string
  validate:string=strict?strict
create deployment
  @print @dry field-manager:string=kubectl-create image!:csv port:int32=-1 replicas/r:int32=1 save-config:bool
  validate:string=strict?strict
create ingress
  @print @dry annotation:array class:string default-backend:string field-manager:string=kubectl-create rule:array
  save-config:bool validate:string=strict?strict
create job
  @print @dry field-manager:string=kubectl-create from:string image:string save-config:bool
  validate:string=strict?strict
create namespace
  @print @dry field-manager:string=kubectl-create save-config:bool validate:string=strict?strict
create poddisruptionbudget
  @print @dry field-manager:string=kubectl-create max-unavailable:string min-available:string save-config:bool
  selector:string validate:string=strict?strict
create priorityclass
  @print @dry description:string field-manager:string=kubectl-create global-default:bool
  preemption-policy:string=PreemptLowerPriority save-config:bool validate:string=strict?strict value:int32
create quota
  @print @dry field-manager:string=kubectl-create hard:string save-config:bool scopes:string
  validate:string=strict?strict
create role
  @print @dry field-manager:string=kubectl-create resource:csv resource-name:array save-config:bool
  validate:string=strict?strict verb:csv
create rolebinding
  @print @dry clusterrole:string field-manager:string=kubectl-create group:array role:string save-config:bool
  serviceaccount:array user:array validate:string=strict?strict
create secret docker-registry
  @print @dry append-hash:bool docker-email:string docker-password:string
  docker-server:string=https://index.docker.io/v1/ docker-username:string field-manager:string=kubectl-create
  from-file:csv save-config:bool validate:string=strict?strict
create secret generic
  @print @dry append-hash:bool field-manager:string=kubectl-create from-env-file:csv from-file:csv from-literal:array
  save-config:bool type:string validate:string=strict?strict
create secret tls
  @print @dry append-hash:bool cert:string field-manager:string=kubectl-create key:string save-config:bool
  validate:string=strict?strict
create service clusterip
  @print @dry clusterip:string field-manager:string=kubectl-create save-config:bool tcp:csv
  validate:string=strict?strict
create service externalname
  @print @dry external-name!:string field-manager:string=kubectl-create save-config:bool tcp:csv
  validate:string=strict?strict
create service loadbalancer
  @print @dry field-manager:string=kubectl-create save-config:bool tcp:csv validate:string=strict?strict
create service nodeport
  @print @dry field-manager:string=kubectl-create node-port:int save-config:bool tcp:csv validate:string=strict?strict
create serviceaccount
  @print @dry field-manager:string=kubectl-create save-config:bool validate:string=strict?strict
create token
  @print audience:array bound-object-kind:string bound-object-name:string bound-object-uid:string duration:duration
debug
  arguments-only:bool attach:bool container/c:string copy-to:string custom:string env:pairs filename/f:csv
  image:string image-pull-policy:string keep-annotations:bool keep-init-containers:bool=true keep-labels:bool
  keep-liveness:bool keep-readiness:bool keep-startup:bool profile:string=general quiet/q:bool replace:bool
  same-node:bool set-image:pairs share-processes:bool=true stdin/i:bool target:string tty/t:bool
delete
  @files @dry all:bool all-namespaces/A:bool cascade:string=background?background field-selector:string force:bool
  grace-period:int=-1 ignore-not-found:bool interactive/i:bool now:bool output/o:string raw:string selector/l:string
  timeout:duration wait:bool=true
describe
  @files all-namespaces/A:bool chunk-size:int=500 selector/l:string show-events:bool=true
diff
  @files concurrency:int=1 field-manager:string=kubectl-client-side-apply force-conflicts:bool prune:bool
  prune-allowlist:array selector/l:string server-side:bool show-managed-fields:bool show-secrets:bool
drain
  @dry chunk-size:int=500 delete-emptydir-data:bool disable-eviction:bool force:bool grace-period:int=-1
  ignore-daemonsets:bool pod-selector:string selector/l:string skip-wait-for-delete-timeout:int timeout:duration
edit
  @print @files @record field-manager:string=kubectl-edit output-patch:bool save-config:bool subresource:string
  validate:string=strict?strict windows-line-endings:bool
events
  @print all-namespaces/A:bool chunk-size:int=500 for:string no-headers:bool types:csv watch/w:bool
exec
  container/c:string filename/f:csv pod-running-timeout:duration=1m0s quiet/q:bool stdin/i:bool tty/t:bool
explain
  api-version:string output/o:string=plaintext recursive/R:bool
expose
  @print @files @dry @record cluster-ip:string external-ip:string field-manager:string=kubectl-expose labels/l:string
  load-balancer-ip:string name:string override-type:string=merge overrides:string port:string protocol:string
  save-config:bool selector:string session-affinity:string target-port:string type:string
get
  @print @files all-namespaces/A:bool chunk-size:int=500 field-selector:string ignore-not-found:bool
  label-columns/L:csv no-headers:bool output-watch-events:bool raw:string selector/l:string server-print:bool=true
  show-kind:bool show-labels:bool sort-by:string subresource:string watch/w:bool watch-only:bool
kuberc set
  allowlist-entry:array appendarg:array command:string kuberc:string name:string option:array overwrite:bool
  policy:string prependarg:array section!:string
kuberc view
  allow-missing-template-keys:bool=true kuberc:string output/o:string=yaml show-managed-fields:bool template:string
kustomize
  as-current-user:bool enable-alpha-plugins:bool enable-helm:bool enable-managedby-label~:bool env/e:array
  helm-api-versions:array helm-command:string=helm helm-debug:bool helm-kube-version:string
  load-restrictor:string=LoadRestrictionsRootOnly mount:array network:bool network-name:string=bridge output/o:string
  reorder~:string=legacy
label
  @print @files @dry @record all:bool all-namespaces/A:bool field-manager:string=kubectl-label field-selector:string
  list:bool local:bool overwrite:bool resource-version:string selector/l:string
logs
  all-containers:bool all-pods:bool container/c:string follow/f:bool ignore-errors:bool
  insecure-skip-tls-verify-backend:bool limit-bytes:int max-log-requests:int=5 pod-running-timeout:duration=20s
  prefix:bool previous/p:bool selector/l:string since:duration since-time:string tail:int=-1 timestamps:bool
patch
  @print @files @dry @record field-manager:string=kubectl-patch local:bool patch/p:string patch-file:string
  subresource:string type:string=strategic
plugin list
  name-only:bool
port-forward
  address:csv=[localhost] pod-running-timeout:duration=1m0s
proxy
  accept-hosts:string=^localhost$,^127\\.0\\.0\\.1$,^\\[::1\\]$ accept-paths:string=^.* address:string=127.0.0.1
  api-prefix:string=/ append-server-path:bool disable-filter:bool keepalive:duration port/p:int=8001
  reject-methods:string=^$ reject-paths:string=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach unix-socket/u:string
  www/w:string www-prefix/P:string=/static/
replace
  @print @files @dry cascade:string=background?background field-manager:string=kubectl-replace force:bool
  grace-period:int=-1 raw:string save-config:bool subresource:string timeout:duration validate:string=strict?strict
  wait:bool
rollout history
  @print @files revision:int selector/l:string
rollout pause
  @print @files field-manager:string=kubectl-rollout selector/l:string
rollout restart
  @print @files field-manager:string=kubectl-rollout selector/l:string
rollout resume
  @print @files field-manager:string=kubectl-rollout selector/l:string
rollout status
  @files revision:int selector/l:string timeout:duration watch/w:bool=true
rollout undo
  @print @files @dry selector/l:string to-revision:int
run
  @print @files @dry @record annotations:array attach:bool cascade:string=background?background command:bool
  detach-keys:string=ctrl-p,ctrl-q env:array expose:bool field-manager:string=kubectl-run force:bool
  grace-period:int=-1 image!:string image-pull-policy:string labels/l:string leave-stdin-open:bool
  override-type:string=merge overrides:string pod-running-timeout:duration=1m0s port:string privileged:bool
  quiet/q:bool restart:string=Always rm:bool save-config:bool stdin/i:bool timeout:duration tty/t:bool wait:bool
scale
  @print @files @dry @record all:bool current-replicas:int=-1 replicas!:int resource-version:string selector/l:string
  timeout:duration
set env
  @print @files @dry all:bool containers/c:string=* env/e:array field-manager:string=kubectl-set from:string keys:csv
  list:bool local:bool overwrite:bool=true prefix:string resolve:bool selector/l:string
set image
  @print @files @dry @record all:bool field-manager:string=kubectl-set local:bool selector/l:string
set resources
  @print @files @dry @record all:bool containers/c:string=* field-manager:string=kubectl-set limits:string local:bool
  requests:string selector/l:string
set selector
  @print @dry @record all:bool field-manager:string=kubectl-set filename/f:csv local:bool recursive/R:bool=true
  resource-version:string
set serviceaccount
  @print @files @dry @record all:bool field-manager:string=kubectl-set local:bool
set subject
  @print @files @dry all:bool field-manager:string=kubectl-set group:array local:bool selector/l:string
  serviceaccount:array user:array
taint
  @print @dry all:bool field-manager:string=kubectl-taint overwrite:bool selector/l:string
  validate:string=strict?strict
top node
  no-headers:bool selector/l:string show-capacity:bool show-swap:bool sort-by:string use-protocol-buffers:bool=true
top pod
  all-namespaces/A:bool containers:bool field-selector:string no-headers:bool selector/l:string show-swap:bool
  sort-by:string sum:bool use-protocol-buffers:bool=true
uncordon
  @dry selector/l:string
version
  client:bool output/o:string
wait
  @print all:bool all-namespaces/A:bool field-selector:string filename/f:csv for:array local:bool
  recursive/R:bool=true selector/l:string timeout:duration=30s
`;
