package disk

import (
	"encoding/binary"

	"cairn/core/id"
)

// The first byte of every key says what the record is. FORMAT.md describes the
// records; the bytes are stored for ever.
const (
	kindBatch      = 'L' // log, first sequence → batch
	kindHead       = 'H' // log → head
	kindGroup      = 'G' // → number of the latest write
	kindGeneration = 'D' // → generation of the derived state
	kindState      = 'S' // generation, document → state
	kindApplied    = 'A' // generation, log → next sequence to fold in
	kindParked     = 'Q' // log, first sequence → batch that waits
	kindMeta       = 'M' // name → anything
	kindChunk      = 'C' // series, number → chunk
	kindSalvaged   = 'T' // log, first sequence → batch, while Salvage runs
)

// kinds are all of them.
const kinds = "LHGDSAQMCT"

func logPrefix(kind byte, log id.Log) []byte { return log.Append([]byte{kind}) }

func batchKey(log id.Log, first uint64) []byte {
	return binary.BigEndian.AppendUint64(logPrefix(kindBatch, log), first)
}

func headKey(log id.Log) []byte { return logPrefix(kindHead, log) }

func parkedKey(log id.Log, first uint64) []byte {
	return binary.BigEndian.AppendUint64(logPrefix(kindParked, log), first)
}

func groupKey() []byte { return []byte{kindGroup} }

func generationKey() []byte { return []byte{kindGeneration} }

func generationPrefix(kind byte, generation uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte{kind}, generation)
}

func stateKey(generation uint32, doc id.Doc) []byte {
	return append(generationPrefix(kindState, generation), doc[:]...)
}

func appliedKey(generation uint32, log id.Log) []byte {
	return log.Append(generationPrefix(kindApplied, generation))
}

func metaKey(name string) []byte { return append([]byte{kindMeta}, name...) }

func seriesPrefix(series [16]byte) []byte { return append([]byte{kindChunk}, series[:]...) }

func chunkKey(series [16]byte, n uint32) []byte {
	return binary.BigEndian.AppendUint32(seriesPrefix(series), n)
}

// number is the value of a record that is a number.
func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }
