package network

import (
	"cairn/app/journal"
	"cairn/sync/link"
	"cairn/sync/relay"
)

// The journal is a store of both ways on which batches come.
var (
	_ link.Store  = journal.Replica{}
	_ relay.Store = journal.Replica{}
)
