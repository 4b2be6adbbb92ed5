package disk

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	badger "github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/pb"
	"google.golang.org/protobuf/proto"
)

// manifestHeader is the magic and the version at the start of a manifest.
const manifestHeader = 8

// struckOff returns the tables that the manifest listed once and lists no more.
// A crash between the end of a compaction and the removal of what went into it
// leaves their files, and what they alone hold was deleted before. Only as far
// as the manifest has not been written anew does it remember them.
func (in *inspection) struckOff() (map[uint64]bool, error) {
	path := filepath.Join(in.d.databaseDir(), badger.ManifestFilename)
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, translate(fmt.Errorf("read %s: %w", path, err), path)
	}
	gone := map[uint64]bool{}
	// readManifest has checked all of it but the end, which a crash may cut.
	for rest := body[min(manifestHeader, len(body)):]; len(rest) > 8; {
		size := uint64(binary.BigEndian.Uint32(rest))
		rest = rest[8:] // with the checksum
		if size > uint64(len(rest)) {
			break
		}
		var set pb.ManifestChangeSet
		if err := proto.Unmarshal(rest[:size], &set); err != nil {
			return nil, damaged(path, err)
		}
		for _, change := range set.Changes {
			gone[change.Id] = change.Op == pb.ManifestChange_DELETE
		}
		rest = rest[size:]
	}
	return gone, nil
}
