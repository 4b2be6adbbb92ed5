package link_test

import (
	"context"
	"fmt"
	"net"

	"cairn/sync/link"
)

// Two laptops of one team. One listens; the other is told where, and from then on
// both have what either writes.
func Example() {
	team := exampleTeam()
	var hosts [2]*link.Host
	var stores [2]*memory
	for i := range hosts {
		stores[i] = newMemory(team.ws, team.acts...)
		host, err := link.Open(link.Config{Key: team.actors[i].Key, Workspace: team.ws, Store: stores[i]})
		if err != nil {
			fmt.Println(err)
			return
		}
		defer func() { _ = host.Close() }()
		hosts[i] = host
	}
	socket, err := net.Listen("tcp", "127.0.0.1:0")
	if err == nil {
		err = hosts[0].Listen(socket)
	}
	if err != nil {
		fmt.Println(err)
		return
	}

	device, err := hosts[1].Try(context.Background(), socket.Addr().String())
	fmt.Println(device == hosts[0].Device(), err)

	arrived := stores[1].has(team.actors[0], 3)
	stores[0].add(team.written(3))
	hosts[0].Wrote()
	<-arrived
	fmt.Println(hosts[1].Peers()[0].State)
	// Output:
	// true <nil>
	// connected
}
