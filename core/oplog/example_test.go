package oplog_test

import (
	"fmt"

	"cairn/core/oplog"
)

// A device seals a batch; another verifies it, sees that it is the next of its
// log, and takes note.
func Example() {
	key := keyOf(1)
	sealed, err := oplog.Seal(oneOp(logOf(key, 1), "running"), key)
	if err != nil {
		fmt.Println(err)
		return
	}

	have := oplog.Vector{}
	header, err := oplog.ReadHeader(sealed.Raw)
	if err != nil {
		fmt.Println(err)
		return
	}
	hash, err := oplog.Verify(sealed.Raw, publicOf(key))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("follows:", oplog.Follows(header, have[header.Log]))
	have[header.Log] = header.Head(hash)

	batch, err := oplog.Open(sealed.Raw)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("operation %d says %q\n", batch.Ops[0].ID.Seq, batch.Ops[0].Payload)
	fmt.Println("next is", have[header.Log].Next)
	// Output:
	// follows: <nil>
	// operation 0 says "running"
	// next is 1
}
