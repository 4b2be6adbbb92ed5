package branch

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"slices"

	"cairn/core/id"
	"cairn/core/oplog"
)

// The kinds of frames that belong to this channel. They are sent between
// devices: add at the end, never reorder.
const (
	firstKind byte = 0x30
	kindAsk   byte = 0x30
	kindTail  byte = 0x31
	lastKind  byte = 0x37
)

// Kinds returns the kinds of frames that are the channel's.
func (x *Exchange) Kinds() (first, last byte) { return firstKind, lastKind }

// Bind takes what is called when there is something for a peer.
func (x *Exchange) Bind(wake func(peer id.Device)) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.wake = wake
}

// Connect asks a peer for what it has.
func (x *Exchange) Connect(device id.Device) {
	x.mu.Lock()
	x.peers[device] = &peer{coming: map[id.Log]*incoming{}}
	x.mu.Unlock()
	x.look(device)
}

// Disconnect forgets a peer, and takes what had come until then.
func (x *Exchange) Disconnect(device id.Device) {
	x.mu.Lock()
	p := x.peers[device]
	delete(x.peers, device)
	x.mu.Unlock()
	if p == nil {
		return
	}
	for log, in := range p.coming {
		x.take(log, in)
	}
}

// Receive takes in a question or an answer. The error is for what no device
// sends.
func (x *Exchange) Receive(device id.Device, kind byte, payload []byte) error {
	switch kind {
	case kindAsk:
		return x.asked(device, payload)
	case kindTail:
		return x.came(device, payload)
	default:
		return nil // of a later version
	}
}

// asked looks for what a peer lacks of a log that is its own.
func (x *Exchange) asked(device id.Device, payload []byte) error {
	f, err := decodeAsk(payload)
	if err != nil {
		return err
	}
	if f.Log.Device != device.Short() {
		return fmt.Errorf("device %v asks for log %v of another: %w", device, f.Log, ErrMalformed)
	}
	x.mu.Lock()
	p, wake := x.peers[device], x.wake
	answer := p != nil && p.questions < questionsMost
	if answer {
		p.questions++
	}
	x.mu.Unlock()
	if !answer || !x.has(f) {
		return nil
	}
	x.mu.Lock()
	p.serving = slices.DeleteFunc(p.serving, func(s serving) bool { return s.log == f.Log })
	p.serving = append(p.serving, serving{f.Log, f.At})
	x.mu.Unlock()
	wake(device)
	return nil
}

// has reports whether there is more here of a history behind a fork than is known
// where it was asked for.
func (x *Exchange) has(f Fork) bool {
	h, hash, ok := x.batchAt(f.Log, f.At)
	if !ok || h.First != f.At {
		return false
	}
	i := slices.IndexFunc(f.Known, func(e End) bool { return e.First == hash })
	if i < 0 {
		return true
	}
	_, _, more := x.batchAt(f.Log, f.Known[i].Next)
	return more
}

// batchAt returns the batch that holds an operation.
func (x *Exchange) batchAt(log id.Log, at uint64) (h oplog.Header, hash oplog.Hash, ok bool) {
	raws, err := x.store.Batches(log, at, 1)
	if err != nil {
		x.log.Warn("what another device has written can't be read", "log", log, "cause", err)
	}
	if err != nil || len(raws) == 0 {
		return h, hash, false
	}
	h, err = oplog.ReadHeader(raws[0])
	if err != nil || at >= h.End() {
		return h, hash, false
	}
	return h, sha256.Sum256(raws[0][:len(raws[0])-ed25519.SignatureSize]), true
}

// came takes in a part of what a peer was asked for.
func (x *Exchange) came(device id.Device, payload []byte) error {
	log, raws, err := decodeTail(payload)
	if err != nil {
		return err
	}
	x.mu.Lock()
	p := x.peers[device]
	if p == nil || p.coming[log] == nil {
		x.mu.Unlock()
		return nil // not asked for, or enough
	}
	in := p.coming[log]
	for _, raw := range raws {
		in.raws, in.bytes = append(in.raws, raw), in.bytes+len(raw)
	}
	whole := len(raws) == 0 || in.bytes >= bytesMost
	if whole {
		delete(p.coming, log)
	}
	x.mu.Unlock()
	if whole {
		x.take(log, in)
	}
	return nil
}

// Next returns the next question or part of an answer.
func (x *Exchange) Next(device id.Device) (kind byte, payload []byte, ok bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	p := x.peers[device]
	if p == nil {
		return 0, nil, false
	}
	if len(p.asks) > 0 {
		f := p.asks[0]
		p.asks = p.asks[1:]
		return kindAsk, appendAsk(nil, f), true
	}
	if len(p.serving) == 0 {
		return 0, nil, false
	}
	s := &p.serving[0]
	raws, err := x.store.Batches(s.log, s.next, tailBytes)
	if err == nil && len(raws) > 0 {
		var h oplog.Header
		if h, err = oplog.ReadHeader(raws[len(raws)-1]); err == nil && h.End() > s.next {
			s.next = h.End()
			return kindTail, appendTail(nil, s.log, raws), true
		}
	}
	if err != nil {
		x.log.Warn("what another device has written can't be read", "log", s.log, "cause", err)
	}
	log := s.log
	p.serving = p.serving[1:]
	return kindTail, appendTail(nil, log, nil), true
}
