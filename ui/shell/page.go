package shell

import (
	"slices"

	"cairn/ui/theme"
	"cairn/ui/words"
)

// Page is one of the pages that there are.
type Page string

// The pages. Those of the design phase have the names that the lifecycle knows
// them by.
const (
	Overview     Page = "overview"
	Charter      Page = "charter"
	Value        Page = "value"
	Requirements Page = "requirements"
	Metrics      Page = "metrics"
	Sources      Page = "sources"
	Roles        Page = "roles"
	SignOff      Page = "sign-off"
	Worksheets   Page = "worksheets"
	Thread       Page = "thread"
	Activity     Page = "activity"
	Templates    Page = "templates"
	TeamSync     Page = "team"
	Reviewing    Page = "reviews"
)

// InDesign lists the pages of the design phase in their order.
var InDesign = []Page{Charter, Value, Requirements, Metrics, Sources, Roles, SignOff}

// elsewhere are the other pages, by where the side bar has them.
var elsewhere = []Page{Overview, Thread, Worksheets, TeamSync, Reviewing, Activity, Templates}

// OfWorkspace reports whether a page is about the workspace, whatever project is
// open.
func (p Page) OfWorkspace() bool { return p == Templates || p == TeamSync || p == Reviewing }

// known reports whether this version has the page.
func known(p Page) bool { return slices.Contains(InDesign, p) || slices.Contains(elsewhere, p) }

// Route is where the window is. Every page but the overview and those of the
// workspace is of a project.
type Route struct {
	Page     Page
	Project  string // ID
	Document string // to show on the page, or nothing
}

// Mark says how far a page is.
type Mark string

// The marks.
const (
	NotStarted Mark = ""
	Started    Mark = "started"
	Ready      Mark = "ready"
	InReview   Mark = "in review"
	Approved   Mark = "approved"
	Changed    Mark = "changed since approval"
	Rejected   Mark = "rejected"
	NotNeeded  Mark = "not needed"
)

// Icon returns what stands for a mark, and its colour.
func (m Mark) Icon() (string, theme.Role) {
	switch m {
	case Started:
		return "circle-dot", theme.Accent
	case Ready:
		return "circle", theme.OK
	case InReview:
		return "circle-dot", theme.Warn
	case Approved:
		return "circle-check", theme.OK
	case Changed:
		return "triangle-alert", theme.Warn
	case Rejected:
		return "circle-x", theme.Error
	case NotNeeded:
		return "circle-minus", theme.Text3
	default:
		return "circle-dashed", theme.Text3
	}
}

// Name returns what a mark is called.
func (m Mark) Name() string {
	switch m {
	case Started:
		return words.T("Started")
	case Ready:
		return words.T("Ready to sign")
	case InReview:
		return words.T("In review")
	case Approved:
		return words.T("Approved")
	case Changed:
		return words.T("Changed since approval")
	case Rejected:
		return words.T("Rejected")
	case NotNeeded:
		return words.T("Not needed")
	default:
		return words.T("Not started")
	}
}

// Done reports whether nothing is left to do on a page but to sign it.
func (m Mark) Done() bool { return slices.Contains([]Mark{Ready, InReview, Approved, NotNeeded}, m) }

// Name returns what a page is called.
func (p Page) Name() string {
	switch p {
	case Charter:
		return words.T("Charter")
	case Value:
		return words.T("Value")
	case Requirements:
		return words.T("Requirements")
	case Metrics:
		return words.T("Key metrics")
	case Sources:
		return words.T("Data sources")
	case Roles:
		return words.T("Roles")
	case SignOff:
		return words.T("Sign-off")
	case Worksheets:
		return words.T("Worksheets")
	case Thread:
		return words.T("Thread")
	case TeamSync:
		return words.T("Team and sync")
	case Reviewing:
		return words.T("Reviews")
	case Activity:
		return words.T("Activity")
	case Templates:
		return words.T("Templates")
	default:
		return words.T("Overview")
	}
}

// icon returns the picture of a page in lists.
func (p Page) icon() string {
	icons := map[Page]string{
		Overview: "layout-dashboard", Charter: "scroll-text", Value: "coins", Requirements: "clipboard-list", Metrics: "target",
		Sources: "database", Roles: "users", SignOff: "signature", Worksheets: "layers", Thread: "waypoints", Activity: "activity",
		Templates: "layout-template", TeamSync: "laptop", Reviewing: "inbox",
	}
	return icons[p]
}

// part returns the part of the side bar that a page belongs to.
func (p Page) part() string {
	switch {
	case slices.Contains(InDesign, p), p == Worksheets:
		return words.T("Design")
	case p == Activity, p == TeamSync, p == Reviewing:
		return words.T("Team")
	case p == Templates:
		return words.T("Practice")
	default:
		return ""
	}
}
