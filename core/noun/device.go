package noun

import "cairn/core/id"

// Device is what people call a device of the workspace: one document for each,
// named by DeviceDoc. Whether it may write is the membership's matter.
type Device struct {
	Device   string `cairn:"2"` // its name, as id.Device writes it
	Person   id.Doc `cairn:"3"` // whose it is
	Name     string `cairn:"4,title"`
	Platform string `cairn:"5"` // as Go calls the operating system
}

// Devices is the kind of devices.
var Devices = Define[Device](16, "device")

// DeviceDoc returns the name of the document about a device of a person.
func DeviceDoc(person id.Person, device id.Device) id.Doc {
	return id.Derive(person, Devices.Name, device.String())
}
