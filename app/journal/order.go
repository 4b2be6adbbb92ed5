package journal

import (
	"slices"

	"cairn/core/id"
	"cairn/core/member"
	"cairn/core/oplog"
)

// Logs returns the names of the stored logs in an order in which another
// journal can take them in: that of the founding first, every membership log
// after one that names its device, then the others.
func (j *Journal) Logs() []id.Log {
	j.mu.RLock()
	defer j.mu.RUnlock()
	logs := j.controlInOrder()
	for _, log := range j.sortedLogs() {
		if !j.controlLogs[log] {
			logs = append(logs, log)
		}
	}
	return logs
}

// controlInOrder returns the membership logs. The caller holds mu.
func (j *Journal) controlInOrder() []id.Log {
	batches := map[id.Log][]oplog.Batch{}
	var order []id.Log
	for _, b := range j.control {
		batches[b.Log] = append(batches[b.Log], b)
		if id.Workspace(b.Hash) == j.workspace {
			order = []id.Log{b.Log}
		}
	}
	rest := slices.DeleteFunc(j.sortedLogs(), func(log id.Log) bool {
		return !j.controlLogs[log] || slices.Contains(order, log)
	})
	known := map[id.ShortDevice]bool{}
	for done := 0; done < len(order); done++ {
		known[order[done].Device] = true
		for _, device := range named(batches[order[done]]) {
			known[device] = true
		}
		rest = slices.DeleteFunc(rest, func(log id.Log) bool {
			if known[log.Device] {
				order = append(order, log)
			}
			return known[log.Device]
		})
	}
	return append(order, rest...)
}

// named returns the devices that membership batches admit, or try to.
func named(batches []oplog.Batch) []id.ShortDevice {
	var devices []id.ShortDevice
	for _, b := range batches {
		for _, op := range b.Ops {
			if act, err := member.Decode(op); err == nil {
				if add, ok := act.(member.AddDevice); ok {
					devices = append(devices, id.DeviceOf(add.Key).Short())
				}
			}
		}
	}
	return devices
}
