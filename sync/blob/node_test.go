package blob_test

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"testing"
	"time"

	"cairn/core/fault"
	"cairn/core/id"
	"cairn/sync/blob"
	"cairn/sync/simnet"
)

// hold puts a file into the store of each host.
func hold(ref blob.Ref, manifests, chunks map[blob.Hash][]byte, hosts ...*host) blob.Ref {
	for _, h := range hosts {
		maps.Copy(h.store.objects, manifests)
		maps.Copy(h.store.objects, chunks)
	}
	return ref
}

func same(size, n int) []int { return slices.Repeat([]int{size}, n) }

// tally counts what is sent.
type tally struct {
	bytes map[*host]int // of objects, by who sends them
	wants map[*host]int // by who is asked
	most  int           // that one host was asked for at once
	out   map[*host]int
}

func (p *play) tally() *tally {
	t := &tally{bytes: map[*host]int{}, wants: map[*host]int{}, out: map[*host]int{}}
	p.spy = func(from, to *host, kind byte, payload []byte) {
		switch kind {
		case blob.KindWant:
			t.wants[to]++
			t.out[to]++
			t.most = max(t.most, t.out[to])
		case blob.KindData:
			m, err := blob.DecodeData(payload)
			if err != nil {
				p.t.Fatal(err)
			}
			_, _, last, b := m.Parts()
			t.bytes[from] += len(b)
			if last {
				t.out[from]--
			}
		}
	}
	return t
}

func (h *host) got(ref blob.Ref, content []byte) {
	h.p.t.Helper()
	if h.p.failure != "" {
		h.p.t.Fatal(h.p.failure)
	}
	if got, ok := h.store.joined[ref.Root]; !ok || !bytes.Equal(got, content) {
		progress, _ := h.node.Progress(ref.Root)
		h.p.t.Errorf("host %d has %d of %d bytes, %+v", h.device[0], len(got), len(content), progress)
	}
}

func TestSeveralSourcesShareTheWork(t *testing.T) {
	p := newPlay(t, 1)
	p.faults.Rate = 1_000_000
	a, b, c, d := p.host(honest), p.host(honest), p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 0, same(50_000, 60)...)
	hold(ref, manifests, chunks, b, c, d)
	sent := p.tally()
	for _, h := range []*host{b, c, d} {
		p.connect(a, h)
	}
	a.want(ref)
	p.run(1200 * time.Millisecond) // one alone would need 3 s
	a.got(ref, content)
	total := 0
	for _, h := range []*host{b, c, d} {
		if share := float64(sent.bytes[h]) / float64(len(content)); share < 0.25 || share > 0.42 {
			t.Errorf("host %d sent %.0f %% of it", h.device[0], 100*share)
		}
		total += sent.bytes[h]
	}
	if most := len(content) + 61*40; total > most {
		t.Errorf("%d bytes were sent for a file of %d", total, len(content))
	}
	if sent.most != blob.FlightsMost {
		t.Errorf("a host was asked for %d objects at once, want %d", sent.most, blob.FlightsMost)
	}
}

func TestWhatIsRareComesFirst(t *testing.T) {
	p := newPlay(t, 1)
	a, b, c := p.host(honest), p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 0, same(10_000, 40)...)
	hold(ref, manifests, chunks, b, c)
	rare := blob.HashOf(content[17*10_000 : 18*10_000])
	delete(c.store.objects, rare)
	var order []blob.Hash
	p.spy = func(_, to *host, kind byte, payload []byte) {
		if m, err := blob.DecodeWant(payload); kind == blob.KindWant && err == nil && to == b {
			_, object := m.Parts()
			order = append(order, object)
		}
	}
	p.connect(a, b)
	p.connect(a, c)
	p.run(time.Second) // both have told what they have before it is known what to want
	maps.Copy(a.store.objects, manifests)
	a.want(ref)
	p.run(time.Second)
	a.got(ref, content)
	if at := slices.Index(order, rare); at < 0 || at > blob.FlightsMost {
		t.Errorf("what only one has was asked for as number %d of %d", at, len(order))
	}
}

func TestWhatHasComeStays(t *testing.T) {
	p := newPlay(t, 1)
	p.faults.Rate = 100_000
	a, b := p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 10, same(10_000, 100)...)
	hold(ref, manifests, chunks, b)
	a.wanted = append(a.wanted, ref)
	a.want(ref)
	sent := p.tally()
	for range 5 {
		l := p.connect(a, b)
		p.run(2500 * time.Millisecond)
		l.close()
		a.stop()
		a.start()
		p.run(time.Second)
	}
	a.got(ref, content)
	// At the end of each connection some are on their way.
	if most := len(content) + 5*(blob.FlightsMost+1)*10_000 + 30_000; sent.bytes[b] > most {
		t.Errorf("%d bytes were sent for a file of %d, over five connections", sent.bytes[b], len(content))
	}
	for object, times := range a.store.puts {
		if times > 1 {
			t.Errorf("object %s was kept %d times", object, times)
		}
	}
}

func TestEqualChunksAreSentOnce(t *testing.T) {
	p := newPlay(t, 1)
	a, b := p.host(honest), p.host(honest)
	ref := b.store.add(t, make([]byte, 9<<20))
	sent := p.tally()
	p.connect(a, b)
	a.want(ref)
	p.run(time.Second)
	a.got(ref, make([]byte, 9<<20))
	if sent.bytes[b] > 1<<20+1000 {
		t.Errorf("%d bytes were sent of nine equal chunks of a mebibyte", sent.bytes[b])
	}
}

func TestWhoSendsWrongBytesIsNotAskedAgain(t *testing.T) {
	for _, l := range []lie{wrong, endless} {
		p := newPlay(t, 1)
		a, b, liar := p.host(honest), p.host(honest), p.host(l)
		ref, manifests, chunks, content := file(1, 0, same(10_000, 100)...)
		other, otherManifests, otherChunks, otherContent := file(2, 0, same(10_000, 5)...)
		hold(ref, manifests, chunks, liar)
		sent := p.tally()
		p.connect(a, liar)
		a.want(ref)
		p.run(5 * time.Minute)
		if n := sent.wants[liar]; n != 1 { // for the manifest
			t.Errorf("lie %d: it was asked for %d objects", l, n)
		}
		hold(ref, manifests, chunks, b)
		hold(other, otherManifests, otherChunks, b, liar)
		p.connect(a, b)
		p.run(time.Minute)
		a.got(ref, content)
		a.want(other)
		p.run(time.Minute)
		a.got(other, otherContent)
		if n := sent.wants[liar]; n > 2 {
			t.Errorf("lie %d: it was asked for %d objects, one of another file", l, n)
		}
	}
}

func TestASilentPeerRests(t *testing.T) {
	p := newPlay(t, 1)
	a, mute := p.host(honest), p.host(silent)
	ref, manifests, chunks, _ := file(1, 0, same(10, 3)...)
	hold(ref, manifests, chunks, mute)
	var asked []time.Duration
	began := p.w.Now()
	p.spy = func(_, _ *host, kind byte, _ []byte) {
		if kind == blob.KindWant {
			asked = append(asked, p.w.Now().Sub(began).Round(time.Second))
		}
	}
	p.connect(a, mute)
	a.want(ref)
	p.run(3 * time.Minute)
	// It gets five seconds each time, and then a rest of 1, 2, 4, 8, … seconds.
	if len(asked) < 5 || asked[1] > 8*time.Second || asked[4]-asked[3] < 12*time.Second {
		t.Errorf("asked after %v", asked)
	}
	if len(asked) > 8 {
		t.Errorf("asked %d times in three minutes", len(asked))
	}
}

func TestASlowPeerIsHelped(t *testing.T) {
	p := newPlay(t, 1)
	a, quick, crawl := p.host(honest), p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 0, same(100_000, 40)...)
	hold(ref, manifests, chunks, quick, crawl)
	l := p.connect(a, crawl)
	l.out[1].Set(simnet.Faults{Rate: 10_000, Ordered: true})
	a.want(ref)
	p.run(2 * time.Second)
	l = p.connect(a, quick)
	l.out[1].Set(simnet.Faults{Rate: 1_000_000, Ordered: true})
	p.run(12 * time.Second) // the slow one alone would need 400
	a.got(ref, content)
}

func TestOnlySmallFilesComeUnasked(t *testing.T) {
	p := newPlay(t, 1)
	a, b := p.host(honest), p.host(honest)
	a.node = blob.NewNode(blob.Config{Device: a.device, Auto: 1000})
	small, m1, c1, smallContent := file(1, 0, 600, 400)
	large, m2, c2, largeContent := file(2, 0, 600, 401)
	hold(small, m1, c1, b)
	hold(large, m2, c2, b)
	p.connect(a, b)
	for _, ref := range []blob.Ref{small, large} {
		if err := a.node.Refer(ref); err != nil {
			t.Fatal(err)
		}
	}
	a.pump()
	p.run(time.Second)
	a.got(small, smallContent)
	if _, fetching := a.node.Progress(large.Root); fetching || a.store.joined[large.Root] != nil {
		t.Error("a large file comes unasked")
	}
	a.want(large)
	p.run(time.Second)
	a.got(large, largeContent)
}

func TestProgressAndCancel(t *testing.T) {
	p := newPlay(t, 1)
	p.faults.Rate = 100_000
	a, b := p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 3, same(10_000, 50)...)
	hold(ref, manifests, chunks, b)
	p.connect(a, b)
	a.want(ref)
	p.run(3 * time.Second)
	got, ok := a.node.Progress(ref.Root)
	if !ok || got.Total != 500_000 || got.Done < 200_000 || got.Done > 320_000 || got.Sources != 1 || got.Err != nil || got.Waiting {
		t.Errorf("after 3 s of 5: %+v, %v", got, ok)
	}
	a.node.Cancel(ref.Root)
	a.pump()
	p.run(time.Second)
	kept := len(a.store.objects)
	p.run(time.Minute)
	if _, ok := a.node.Progress(ref.Root); ok || len(a.store.objects) != kept || a.node.Burden().Pool != 0 {
		t.Errorf("after it was cancelled, %d objects became %d, and %+v is held", kept, len(a.store.objects), a.node.Burden())
	}
	a.want(ref)
	p.run(5 * time.Second)
	a.got(ref, content)
}

func TestOnlySomeFilesAreFetchedAtOnce(t *testing.T) {
	p := newPlay(t, 1)
	a, b := p.host(honest), p.host(honest)
	p.connect(a, b)
	var refs []blob.Ref
	for i := range 30 {
		ref, manifests, chunks, _ := file(byte(i), 0, 100)
		if i >= 9 {
			hold(ref, manifests, chunks, b)
		}
		refs = append(refs, ref)
		if err := a.node.Refer(ref); err != nil {
			t.Fatal(err)
		}
	}
	a.pump()
	p.run(time.Second)
	if got, _ := a.node.Progress(refs[20].Root); !got.Waiting {
		t.Errorf("behind eight that nobody has the twentieth is %+v", got)
	}
	a.want(refs[20])
	if got, _ := a.node.Progress(refs[20].Root); !got.Waiting {
		t.Errorf("an urgent one is %+v while there is no room", got)
	}
	a.node.Cancel(refs[0].Root)
	a.pump()
	p.run(time.Second)
	a.got(refs[20], random(20, 100))
}

func TestAFullDiskOnlyDelays(t *testing.T) {
	p := newPlay(t, 1)
	a, b := p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 0, same(1000, 20)...)
	hold(ref, manifests, chunks, b)
	full := fault.New(fault.Full, "No room.", "")
	a.store.refuse = full
	p.connect(a, b)
	a.want(ref)
	p.run(time.Minute)
	if got, _ := a.node.Progress(ref.Root); !errors.Is(got.Err, full) {
		t.Errorf("with a full disk: %+v", got)
	}
	a.store.refuse = nil
	p.run(15 * time.Second)
	a.got(ref, content)
}

func TestAManifestThatLiesIsTheEnd(t *testing.T) {
	p := newPlay(t, 1)
	a, b := p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 0, 1000, 1000)
	hold(ref, manifests, chunks, b)
	p.connect(a, b)
	for name, edit := range map[string]func(r *blob.Ref){
		"another size":    func(r *blob.Ref) { r.Size++ },
		"another content": func(r *blob.Ref) { r.Content[0]++ },
	} {
		bad := ref
		edit(&bad)
		a.want(bad)
		p.run(time.Second)
		if got, _ := a.node.Progress(ref.Root); fault.KindOf(got.Err) != fault.Damaged {
			t.Errorf("%s: %+v", name, got)
		}
	}
	a.want(ref) // what has failed is begun anew
	p.run(time.Second)
	a.got(ref, content)

	entry := blob.Entry{Hash: blob.HashOf(content[:1000]), Size: 1000}
	forged := blob.EncodeRoot(true, blob.Hash{1}, []blob.Entry{entry})
	bad := blob.Ref{Root: blob.HashOf(forged), Content: blob.Hash{1}, Size: 1000}
	b.store.objects[bad.Root] = forged
	a.want(bad)
	p.run(time.Second)
	if got, _ := a.node.Progress(bad.Root); fault.KindOf(got.Err) != fault.Damaged {
		t.Errorf("a content that is not what it says: %+v", got)
	}
	if err := a.node.Fetch(blob.Ref{Size: blob.SizeMost + 1}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a file that is too large: %v", err)
	}
}

func TestWhoAskedIsToldAtOnce(t *testing.T) {
	p := newPlay(t, 1)
	a, b := p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 0, 1000)
	p.connect(a, b)
	a.want(ref)
	p.run(10 * time.Second)
	hold(ref, manifests, chunks, b)
	b.node.Stored(ref)
	b.pump()
	p.run(time.Second)
	a.got(ref, content)
}

// Two who fetch the same from a slow one help each other meanwhile.
func TestWhoFetchesServes(t *testing.T) {
	p := newPlay(t, 1)
	a, b, c := p.host(honest), p.host(honest), p.host(honest)
	ref, manifests, chunks, content := file(1, 0, same(10_000, 100)...)
	hold(ref, manifests, chunks, c)
	sent := p.tally()
	p.connect(a, b)
	for _, h := range []*host{a, b} {
		l := p.connect(h, c)
		l.out[1].Set(simnet.Faults{Rate: 100_000, Ordered: true})
		h.want(ref)
	}
	p.run(8 * time.Second) // without each other it takes ten
	a.got(ref, content)
	b.got(ref, content)
	if sent.bytes[c] > len(content)*7/5 {
		t.Errorf("the slow one sent %d bytes of a file of %d", sent.bytes[c], len(content))
	}
}

func TestAFloodIsBounded(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	n := blob.NewNode(blob.Config{})
	for i := range 100 {
		peer := id.Device{byte(i)}
		n.Connect(peer, now)
		for k := range 500 {
			h := blob.Hash{byte(k), byte(k >> 8), byte(i)}
			for kind, payload := range map[byte][]byte{
				blob.KindAsk: blob.EncodeAsk(slices.Repeat([]blob.Hash{h}, 64)), blob.KindWant: blob.EncodeWant(blob.NewWant(uint32(k), h)),
				blob.KindHas: blob.EncodeHas(blob.NewHas(h, 2)), blob.KindData: blob.EncodeData(blob.NewData(uint32(k), 0, true, []byte{1})),
				blob.KindNone: blob.EncodeNumber(uint32(k)), blob.KindCancel: blob.EncodeNumber(uint32(k + 7)), 0x2f: nil,
			} {
				if err := n.Receive(peer, kind, payload, now); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	store := newShelf()
	for tasks := n.Tasks(); len(tasks) > 0; tasks = n.Tasks() {
		if len(tasks) > 100+blob.LoadsMost {
			t.Fatalf("%d tasks", len(tasks))
		}
		for _, task := range tasks {
			n.Done(task, task.Run(store), now)
		}
	}
	if b := n.Burden(); b.Pool != 0 || b.Loads != 0 || b.Waiting > 64+64+32 {
		t.Errorf("it holds %+v", b)
	}
}
