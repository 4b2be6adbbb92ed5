package noun

// Workspace is what a team shares: one document that names it.
type Workspace struct {
	Name  string `cairn:"2,multi,title"`
	About string `cairn:"3,text"`
}

// Workspaces is the kind of the workspace's own document.
var Workspaces = Define[Workspace](1, "workspace")
