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
	kindPart       = 'P' // generation, document, start of the state's hash, number → part of a long state
	kindApplied    = 'A' // generation, log → next sequence to fold in
	kindParked     = 'Q' // log, first sequence → batch that waits
	kindMeta       = 'M' // name → anything
	kindChunk      = 'C' // series, number → chunk
	kindSalvaged   = 'T' // log, first sequence → batch, while Salvage runs
)

// kinds are all of them.
const kinds = "LHGDSPAQMCT"

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

func partPrefix(generation uint32, doc id.Doc) []byte {
	return append(generationPrefix(kindPart, generation), doc[:]...)
}

// partKey names a part by the state it belongs to, so that writing a new state
// leaves the parts of the old one as they are until it is whole.
func partKey(generation uint32, doc id.Doc, hash [32]byte, n uint64) []byte {
	b := append(partPrefix(generation, doc), hash[:partHash]...)
	return binary.BigEndian.AppendUint32(b, uint32(n))
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
