// What kube-proxy's own rules do with packets, and the rules themselves. It uses the packet tracer of the package's tests: copy it
// into pkg/proxy/iptables of kubernetes v1.36.2 and run
//
//	GOLDEN_IN=situations.json GOLDEN_OUT=verdicts.json go test -run TestGoldenSituations
package iptables

import (
	"bytes"
	"encoding/json"
	"net"
	"os"
	"strconv"
	"strings"
	"testing"

	v1 "k8s.io/api/core/v1"
	discovery "k8s.io/api/discovery/v1"
	"k8s.io/kubernetes/pkg/proxy"
	proxyutil "k8s.io/kubernetes/pkg/proxy/util"
	proxyutiltest "k8s.io/kubernetes/pkg/proxy/util/testing"
	utiliptables "k8s.io/kubernetes/pkg/util/iptables"
	iptablestest "k8s.io/kubernetes/pkg/util/iptables/testing"
	netutils "k8s.io/utils/net"
)

type goldenNode struct {
	Name   string            `json:"name"`
	IP     string            `json:"ip"`
	Bridge string            `json:"bridge"`
	Labels map[string]string `json:"labels"`
}

type goldenPacket struct {
	Source   string `json:"source"`
	FromNode bool   `json:"fromNode"`
	To       string `json:"to"`
	Port     int    `json:"port"`
	Protocol string `json:"protocol"`
}

type goldenSituation struct {
	Name     string                     `json:"name"`
	Node     goldenNode                 `json:"node"`
	Services []*v1.Service              `json:"services"`
	Slices   []*discovery.EndpointSlice `json:"slices"`
	Packets  []goldenPacket             `json:"packets"`
}

// [verdict, endpoints, masquerade]; verdict: endpoint, REJECT, DROP, "" (no rule of kube-proxy's has it).
type goldenAnswer struct {
	Name     string   `json:"name"`
	Verdicts [][3]any `json:"verdicts"`
	Rules    string   `json:"rules,omitempty"`
}

func TestGoldenSituations(t *testing.T) {
	data, err := os.ReadFile(os.Getenv("GOLDEN_IN"))
	if err != nil {
		t.Skip(err)
	}
	var situations []goldenSituation
	if err := json.Unmarshal(data, &situations); err != nil {
		t.Fatal(err)
	}
	var answers []goldenAnswer
	for _, s := range situations {
		ipt := iptablestest.NewFake()
		p := NewFakeProxier(ipt)
		network := proxyutiltest.NewFakeNetwork()
		loopback := net.Interface{Index: 0, Name: "lo"}
		network.AddInterfaceAddr(&loopback, []net.Addr{&net.IPNet{IP: netutils.ParseIPSloppy("127.0.0.1"), Mask: net.CIDRMask(8, 32)}})
		eth := net.Interface{Index: 1, Name: "eth0"}
		network.AddInterfaceAddr(&eth, []net.Addr{&net.IPNet{IP: netutils.ParseIPSloppy(s.Node.IP), Mask: net.CIDRMask(24, 32)}})
		p.networkInterfacer = network
		p.nodeName = s.Node.Name
		p.nodeIP = netutils.ParseIPSloppy(s.Node.IP)
		p.topologyLabels = s.Node.Labels
		p.localDetector = proxyutil.NewDetectLocalByCIDR("10.244.0.0/16")
		p.endpointsChanges = proxy.NewEndpointsChangeTracker(v1.IPv4Protocol, s.Node.Name, newEndpointInfo, nil)
		makeServiceMap(p, s.Services...)
		populateEndpointSlices(p, s.Slices...)
		p.endpointSlicesSynced = true
		p.syncProxyRules()

		answer := goldenAnswer{Name: s.Name}
		for _, packet := range s.Packets {
			answer.Verdicts = append(answer.Verdicts, goldenVerdict(t, ipt, s.Node, packet))
		}
		if strings.HasPrefix(s.Name, "rules") {
			var buffer bytes.Buffer
			_ = ipt.SaveInto(utiliptables.TableNAT, &buffer)
			_ = ipt.SaveInto(utiliptables.TableFilter, &buffer)
			answer.Rules = buffer.String()
		}
		answers = append(answers, answer)
	}
	out, _ := json.Marshal(answers)
	if err := os.WriteFile(os.Getenv("GOLDEN_OUT"), out, 0o644); err != nil {
		t.Fatal(err)
	}
}

func goldenVerdict(t *testing.T, ipt *iptablestest.FakeIPTables, node goldenNode, packet goldenPacket) [3]any {
	local := []string{node.IP}
	if node.Bridge != "" {
		local = append(local, node.Bridge)
	}
	protocol := strings.ToLower(packet.Protocol)
	port := strconv.Itoa(packet.Port)
	tracer := newIPTablesTracer(t, ipt, local)
	tracer.runChain(utiliptables.TableNAT, utiliptables.ChainPrerouting, packet.Source, protocol, packet.To, port)
	to := packet.To
	if len(tracer.outputs) > 0 {
		return [3]any{"endpoint", tracer.outputs, tracer.markMasq}
	}
	tracer.runChain(utiliptables.TableFilter, kubeServicesChain, packet.Source, protocol, to, port)
	// What the node itself sends elsewhere passes OUTPUT, which knows no external services.
	if !packet.FromNode || tracer.localIPs.Has(to) {
		tracer.runChain(utiliptables.TableFilter, kubeExternalServicesChain, packet.Source, protocol, to, port)
	}
	tracer.runChain(utiliptables.TableFilter, kubeNodePortsChain, packet.Source, protocol, to, port)
	tracer.runChain(utiliptables.TableFilter, kubeProxyFirewallChain, packet.Source, protocol, to, port)
	if len(tracer.outputs) == 0 {
		return [3]any{"", []string{}, false}
	}
	return [3]any{tracer.outputs[0], []string{}, tracer.markMasq}
}
